import type { ThreadHistory } from './history.ts'
import { LaneColumns, noState } from './lane-columns.ts'
import { stateCode } from './states.ts'

export interface Lane {
  readonly history: ThreadHistory
  /** Distance of the lane from the canvas's top, in CSS pixels. */
  readonly top: number
}

/** Colours as the canvas takes them. */
export interface LanePalette {
  readonly running: string
  readonly blocked: string
  readonly waiting: string
  readonly timed: string
  readonly quiet: string
  readonly ended: string
  readonly wake: string
}

/** Height of a lane, the same as a row's, in CSS pixels. */
export const laneHeight = 28

const barTop = 11
const barHeight = 8
const lineTop = 14
const wakeTop = 5
const wakeHeight = 4
/** Size of the cross where a thread ended. */
const crossSize = 7

/** Columns of the canvas beyond those that are shown. */
const spare = 64

/**
 * Draws lanes that move to the left. The canvas is wider than what is shown of it and moved by its style, and only
 * the columns that are new, or whose history changed, are drawn; when the spare columns are used up, the picture is
 * moved within the canvas. Every mark is a function of its column's number, so all ways give the same picture.
 */
export class LanePainter {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #columns = new LaneColumns()
  #palette: LanePalette
  #scale = 1
  /** Columns that fit beside each other. */
  #count = 1
  /** The column at the canvas's left edge. */
  #left = 0
  #lanes: readonly Lane[] = []
  #span = 0
  /** The newest column drawn. */
  #column = 0
  #whole = true
  /** The picture would look the same if it moved. */
  #still = false

  constructor(canvas: HTMLCanvasElement, palette: LanePalette) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser has no canvas to draw on.')
    this.#canvas = canvas
    this.#context = context
    this.#palette = palette
  }

  setPalette(palette: LanePalette): void {
    this.#palette = palette
    this.#whole = true
  }

  /** Sizes in CSS pixels. A column is as wide as one. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#scale = Math.max(1, Math.round(pixelRatio))
    this.#count = Math.max(1, Math.floor(width))
    const wide = (this.#count + spare) * this.#scale
    const high = Math.max(1, Math.round(height * this.#scale))
    if (this.#canvas.width === wide && this.#canvas.height === high) return
    this.#canvas.width = wide
    this.#canvas.height = high
    this.#canvas.style.width = `${this.#count + spare}px`
    this.#whole = true
  }

  /** Which lanes there are. The same array as before means that nothing changed. */
  setLanes(lanes: readonly Lane[]): void {
    if (lanes === this.#lanes) return
    this.#lanes = lanes
    this.#whole = true
  }

  /** Shows the `span` ms up to `now`. Answers how often the picture moves, in ms; Infinity while it is still. */
  paint(now: number, span: number): number {
    const width = span / this.#count
    const column = Math.floor(now / width)
    const still = this.#lanes.every(({ history }) =>
      isStill(history, (column - this.#count - crossSize) * width),
    )
    if (still && this.#still && !this.#whole && span === this.#span) return Number.POSITIVE_INFINITY
    // What a still picture did not draw is missing when it moves again.
    if (this.#still) this.#whole = true
    this.#still = still
    this.#paintLanes(now, span, width, column)
    return still ? Number.POSITIVE_INFINITY : width
  }

  #paintLanes(now: number, span: number, width: number, column: number): void {
    const shift = column - this.#column
    if (span !== this.#span || shift < 0 || shift >= this.#count) this.#whole = true
    this.#span = span
    if (this.#whole || shift > 0) this.#makeRoom(column - this.#count + 1)
    for (const lane of this.#lanes) {
      const changed = Math.floor(lane.history.takeChangedFrom() / width)
      // The newest column was not over yet when it was drawn.
      const from = this.#whole ? Number.NEGATIVE_INFINITY : Math.min(changed, this.#column)
      if (this.#whole || shift > 0 || changed <= column) this.#paintLane(lane, from, column, width, now)
    }
    this.#column = column
    this.#whole = false
  }

  /** Has the canvas show the columns from `oldest` on. */
  #makeRoom(oldest: number): void {
    const context = this.#context
    if (this.#whole) {
      context.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
      this.#left = oldest
    } else if (oldest > this.#left + spare) {
      context.globalCompositeOperation = 'copy'
      context.drawImage(this.#canvas, (this.#left - oldest) * this.#scale, 0)
      context.globalCompositeOperation = 'source-over'
      this.#left = oldest
    }
    this.#canvas.style.transform = `translateX(${this.#left - oldest}px)`
  }

  #paintLane(lane: Lane, from: number, to: number, width: number, now: number): void {
    const oldest = to - this.#count + 1
    const begin = Math.max(from, oldest)
    const count = to - begin + 1
    if (count <= 0) return
    const context = this.#context
    context.setTransform(this.#scale, 0, 0, this.#scale, 0, lane.top * this.#scale)
    const x = begin - this.#left
    context.clearRect(x, 0, count, laneHeight)
    this.#columns.read(lane.history, begin, count, width, now)
    this.#paintQuiet(x, begin, count)
    this.#paintBars(x, begin, count)
    this.#paintEnd(lane.history, x, begin, count, width)
    context.setTransform(1, 0, 0, 1, 0, 0)
  }

  /** The states that take no time of a processor, as lines: neighbours of one state in one stroke. */
  #paintQuiet(x: number, begin: number, count: number): void {
    const { quiet } = this.#columns
    for (let column = 0; column < count; ) {
      const state = quiet[column] ?? noState
      let next = column + 1
      while (next < count && quiet[next] === state) next++
      if (state === stateCode.Waiting) this.#fill(this.#palette.waiting, x + column, next - column)
      else if (state === stateCode['Timed waiting'])
        this.#dash(this.#palette.timed, x, begin, column, next, 8, 5)
      else if (state === stateCode.New) this.#dash(this.#palette.quiet, x, begin, column, next, 4, 1)
      else if (state === stateCode.unknown) this.#dash(this.#palette.quiet, x, begin, column, next, 6, 2)
      column = next
    }
  }

  #fill(colour: string, x: number, width: number): void {
    this.#context.fillStyle = colour
    this.#context.fillRect(x, lineTop, width, 2)
  }

  #dash(
    colour: string,
    x: number,
    begin: number,
    from: number,
    to: number,
    period: number,
    on: number,
  ): void {
    this.#context.fillStyle = colour
    for (let column = from; column < to; column++) {
      if ((begin + column) % period < on) this.#context.fillRect(x + column, lineTop, 1, 2)
    }
  }

  #paintBars(x: number, begin: number, count: number): void {
    const { running, blocked, wakes } = this.#columns
    const context = this.#context
    for (let column = 0; column < count; column++) {
      const ran = running[column] ?? 0
      const stuck = blocked[column] ?? 0
      if (stuck > 0) this.#paintBlocked(x + column, begin + column, stuck, ran > 0)
      if (ran > 0) {
        context.globalAlpha = strength(ran)
        context.fillStyle = this.#palette.running
        context.fillRect(x + column, barTop, 1, stuck > 0 ? barHeight / 2 : barHeight)
        context.globalAlpha = 1
      }
      if ((wakes[column] ?? 0) > 0) {
        context.fillStyle = this.#palette.wake
        context.fillRect(x + column, wakeTop, 1, wakeHeight)
      }
    }
  }

  /** Solid with slanted cuts, so that it is not told by its colour alone. */
  #paintBlocked(x: number, column: number, share: number, half: boolean): void {
    const context = this.#context
    context.globalAlpha = strength(share)
    context.fillStyle = this.#palette.blocked
    const top = half ? barTop + barHeight / 2 : barTop
    context.fillRect(x, top, 1, barTop + barHeight - top)
    context.globalAlpha = 1
    for (let cut = barTop + (column % 6); cut < barTop + barHeight; cut += 6) {
      if (cut >= top) context.clearRect(x, cut, 1, 1.5)
    }
  }

  /** A cross in the columns behind the thread's end. */
  #paintEnd(history: ThreadHistory, x: number, begin: number, count: number, width: number): void {
    const endedAt = history.endedAt()
    if (endedAt === undefined) return
    const first = Math.floor(endedAt / width) + 1
    const context = this.#context
    context.fillStyle = this.#palette.ended
    for (let step = 0; step < crossSize; step++) {
      const column = first + step - begin
      if (column < 0 || column >= count) continue
      context.fillRect(x + column, lineTop - 3 + step, 1, 2)
      context.fillRect(x + column, lineTop + 3 - step, 1, 2)
    }
  }
}

/** How strongly a share of a column shows: never so weak that it is lost. */
const strength = (share: number): number => 0.45 + 0.55 * Math.sqrt(Math.min(share, 1))

/** Whether one state fills all that is shown from a time on. (Its dashes need not move: they tell nothing.) */
function isStill(history: ThreadHistory, from: number): boolean {
  const newest = history.end - 1
  return newest < history.first || history.start(newest) < from
}
