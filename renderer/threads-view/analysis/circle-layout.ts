export interface Point {
  readonly x: number
  readonly y: number
}

/** An arrow from one box of a circle to the next. */
export interface Arrow {
  readonly points: readonly Point[]
  /** The middle of its label. */
  readonly label: Point
}

export interface CircleLayout {
  readonly width: number
  readonly height: number
  /** The middles of the boxes. */
  readonly boxes: readonly Point[]
  /** From each box to the next; from the last to the first. */
  readonly arrows: readonly Arrow[]
}

export const boxSize = { width: 104, height: 28 } as const

/** A label's room beside its arrow. */
const label = { width: 96, height: 32 } as const

/** Between an arrow's ends and its boxes. */
const gap = 4
const steps = 48

/** Where `count` boxes stand in a circle, and the arrows that bend round it from each to the next. */
export function circleLayout(count: number): CircleLayout {
  const radius = count < 3 ? { x: 140, y: 36 } : { x: 150, y: 28 + 24 * count }
  const width = 2 * radius.x + boxSize.width + (count < 3 ? 8 : label.width)
  const height = 2 * radius.y + boxSize.height + 2 * label.height
  const middle = { x: width / 2, y: height / 2 }
  const at = (angle: number, times = 1): Point => ({
    x: middle.x + radius.x * times * Math.cos(angle),
    y: middle.y + radius.y * times * Math.sin(angle),
  })
  // The first stands on the left, the others follow clockwise.
  const angle = (place: number) => Math.PI + (2 * Math.PI * place) / count
  if (count === 1) return { width, height, boxes: [middle], arrows: [loopAt(middle)] }
  const boxes = Array.from({ length: count }, (_, place) => at(angle(place)))
  const arrows = boxes.map((from, place) => {
    const to = boxes[(place + 1) % count] ?? from
    const bend = at(angle(place + 0.5), count < 3 ? 2 : 1.3)
    const points = Array.from({ length: steps + 1 }, (_, step) => curve(from, bend, to, step / steps))
    return {
      points: points.filter((point) => isClear(point, from) && isClear(point, to)),
      label: points[steps / 2]!,
    }
  })
  return { width, height, boxes, arrows }
}

/** A thread that waits for what it holds itself. */
function loopAt(middle: Point): Arrow {
  const start = { x: middle.x, y: middle.y - boxSize.height / 2 - gap }
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const turn = (Math.PI * step) / steps
    return { x: start.x - 60 * Math.cos(turn), y: start.y - 32 * Math.sin(turn) }
  })
  return { points, label: { x: start.x, y: start.y - 32 } }
}

/** A quadratic Bézier curve. */
function curve(from: Point, bend: Point, to: Point, t: number): Point {
  const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c
  return { x: mix(from.x, bend.x, to.x), y: mix(from.y, bend.y, to.y) }
}

const isClear = (point: Point, box: Point): boolean =>
  Math.abs(point.x - box.x) > boxSize.width / 2 + gap || Math.abs(point.y - box.y) > boxSize.height / 2 + gap
