export interface Point {
  readonly x: number
  readonly y: number
}

/** An arrow from one box of a circle to the next. */
export interface Arrow {
  readonly points: readonly Point[]
  readonly label: Label
}

/** Two lines of text outside of an arrow: the first one's baseline, and from which end it is written. */
export interface Label extends Point {
  readonly anchor: 'start' | 'middle' | 'end'
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

export const lineHeight = 14

/** The room of a label. */
const labelSize = { width: 136, height: 2 * lineHeight + 8 } as const

/** Between an arrow's ends and its boxes, and between an arrow and its label. */
const gap = 4
const labelGap = 8
const steps = 48

/** Where `count` boxes stand in a circle, and the arrows that bend round it from each to the next. */
export function circleLayout(count: number): CircleLayout {
  const { bent, ...radius } = radiiOf(count)
  /** How far out the arrows reach. */
  const reach = count < 3 ? 1 : (Math.cos(Math.PI / count) + bent) / 2
  const side = count < 3 ? boxSize.width / 2 + gap : labelSize.width + labelGap
  const width = 2 * (reach * radius.x + side)
  const height = 2 * (reach * radius.y + labelSize.height) + boxSize.height / 2
  const middle = { x: width / 2, y: height / 2 }
  if (count === 1) return { width, height, boxes: [middle], arrows: [loopAt(middle)] }
  const at = (angle: number, times = 1): Point => ({
    x: middle.x + radius.x * times * Math.cos(angle),
    y: middle.y + radius.y * times * Math.sin(angle),
  })
  // The first stands on the left, the others follow clockwise.
  const angleOf = (place: number) => Math.PI + (2 * Math.PI * place) / count
  const boxes = Array.from({ length: count }, (_, place) => at(angleOf(place)))
  const arrows = boxes.map((from, place) => {
    const angle = angleOf(place + 0.5)
    return arrow(from, at(angle, bent), boxes[(place + 1) % count] ?? from, angle)
  })
  return { width, height, boxes, arrows }
}

/** The radii, and how far the arrows bend out of the circle: so that words and boxes stand clear of each other. */
function radiiOf(count: number): Point & { readonly bent: number } {
  if (count < 3) return { x: 140, y: 32, bent: 2 }
  const y = 20 + 18 * count
  return count < 6 ? { x: 130, y, bent: 1.4 } : { x: 110 + 30 * count, y, bent: 1.5 }
}

function arrow(from: Point, bend: Point, to: Point, angle: number): Arrow {
  const points = Array.from({ length: steps + 1 }, (_, step) => curve(from, bend, to, step / steps))
  return {
    points: points.filter((point) => isClear(point, from) && isClear(point, to)),
    label: labelAt(curve(from, bend, to, 0.5), angle),
  }
}

/** Outside of an arrow whose middle lies in the direction `angle`. */
function labelAt({ x, y }: Point, angle: number): Label {
  const [right, down] = [Math.cos(angle), Math.sin(angle)]
  const anchor = Math.abs(right) < 0.4 ? 'middle' : right > 0 ? 'start' : 'end'
  const aside = anchor === 'middle' ? 0 : Math.sign(right) * labelGap
  if (down < -0.5) return { x: x + aside, y: y - labelGap - lineHeight, anchor }
  return { x: x + aside, y: down > 0.5 ? y + labelGap + 10 : y - 2, anchor }
}

/** A thread that waits for what it holds itself. */
function loopAt(middle: Point): Arrow {
  const start = { x: middle.x, y: middle.y - boxSize.height / 2 - gap }
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const turn = (Math.PI * step) / steps
    return { x: start.x - 40 * Math.cos(turn), y: start.y - 24 * Math.sin(turn) }
  })
  return { points, label: labelAt({ x: start.x, y: start.y - 16 }, -Math.PI / 2) }
}

/** A quadratic Bézier curve. */
function curve(from: Point, bend: Point, to: Point, t: number): Point {
  const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c
  return { x: mix(from.x, bend.x, to.x), y: mix(from.y, bend.y, to.y) }
}

const isClear = (point: Point, box: Point): boolean =>
  Math.abs(point.x - box.x) > boxSize.width / 2 + gap || Math.abs(point.y - box.y) > boxSize.height / 2 + gap
