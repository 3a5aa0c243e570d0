export interface Point {
  readonly x: number
  readonly y: number
}

/** An arrow from one box of the circle to the next. */
export interface Arrow {
  readonly points: readonly Point[]
  readonly label: Label
}

/** Two lines of text outside an arrow: the baseline of the first, and its text anchor. */
export interface Label extends Point {
  readonly anchor: 'start' | 'middle' | 'end'
}

export interface CircleLayout {
  readonly width: number
  readonly height: number
  /** The centres of the boxes. */
  readonly boxes: readonly Point[]
  /** The arrows from each box to the next, and from the last to the first. */
  readonly arrows: readonly Arrow[]
}

export const boxSize = { width: 104, height: 28 } as const

export const lineHeight = 14

/** The size of a label. */
const labelSize = { width: 136, height: 2 * lineHeight + 8 } as const

/** The gaps between an arrow's ends and its boxes, and between an arrow and its label. */
const gap = 4
const labelGap = 8
const steps = 48

/** Returns the positions of `count` boxes in a circle, and of the curved arrows between them. */
export function circleLayout(count: number): CircleLayout {
  const { bendFactor, ...radius } = radiiOf(count)
  /** The radius that contains the arrows. */
  const arrowRadius = count < 3 ? 1 : (Math.cos(Math.PI / count) + bendFactor) / 2
  const side = count < 3 ? boxSize.width / 2 + gap : labelSize.width + labelGap
  const width = 2 * (arrowRadius * radius.x + side)
  const height = 2 * (arrowRadius * radius.y + labelSize.height) + boxSize.height / 2
  const middle = { x: width / 2, y: height / 2 }
  if (count === 1) return { width, height, boxes: [middle], arrows: [loopAt(middle)] }
  const at = (angle: number, factor = 1): Point => ({
    x: middle.x + radius.x * factor * Math.cos(angle),
    y: middle.y + radius.y * factor * Math.sin(angle),
  })
  // The first box is on the left; the others follow clockwise.
  const angleOf = (index: number) => Math.PI + (2 * Math.PI * index) / count
  const boxes = Array.from({ length: count }, (_, index) => at(angleOf(index)))
  const arrows = boxes.map((from, index) => {
    const angle = angleOf(index + 0.5)
    return arrow(from, at(angle, bendFactor), boxes[(index + 1) % count] ?? from, angle)
  })
  return { width, height, boxes, arrows }
}

/** Returns the radii, and how far the arrows bend outwards, so that texts and boxes do not overlap. */
function radiiOf(count: number): Point & { readonly bendFactor: number } {
  if (count < 3) return { x: 140, y: 32, bendFactor: 2 }
  const y = 20 + 18 * count
  return count < 6 ? { x: 130, y, bendFactor: 1.4 } : { x: 110 + 30 * count, y, bendFactor: 1.5 }
}

function arrow(from: Point, control: Point, to: Point, angle: number): Arrow {
  const points = Array.from({ length: steps + 1 }, (_, step) => curve(from, control, to, step / steps))
  return {
    points: points.filter((point) => isClear(point, from) && isClear(point, to)),
    label: labelAt(curve(from, control, to, 0.5), angle),
  }
}

/** Returns the position of a label outside an arrow, whose middle is in the direction `angle`. */
function labelAt({ x, y }: Point, angle: number): Label {
  const [right, down] = [Math.cos(angle), Math.sin(angle)]
  const anchor = Math.abs(right) < 0.4 ? 'middle' : right > 0 ? 'start' : 'end'
  const offsetX = anchor === 'middle' ? 0 : Math.sign(right) * labelGap
  if (down < -0.5) return { x: x + offsetX, y: y - labelGap - lineHeight, anchor }
  return { x: x + offsetX, y: down > 0.5 ? y + labelGap + 10 : y - 2, anchor }
}

/** Returns the arrow of a thread that waits for a lock that it holds itself. */
function loopAt(middle: Point): Arrow {
  const start = { x: middle.x, y: middle.y - boxSize.height / 2 - gap }
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const turn = (Math.PI * step) / steps
    return { x: start.x - 40 * Math.cos(turn), y: start.y - 24 * Math.sin(turn) }
  })
  return { points, label: labelAt({ x: start.x, y: start.y - 16 }, -Math.PI / 2) }
}

/** Returns a point of a quadratic Bézier curve. */
function curve(from: Point, control: Point, to: Point, t: number): Point {
  const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c
  return { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) }
}

const isClear = (point: Point, box: Point): boolean =>
  Math.abs(point.x - box.x) > boxSize.width / 2 + gap || Math.abs(point.y - box.y) > boxSize.height / 2 + gap
