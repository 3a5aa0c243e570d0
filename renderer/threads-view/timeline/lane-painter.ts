import { type ActivityLog, controlCode } from '../model/activity-log.ts'
import { stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import type { TimedEntries } from '../model/timed-entries.ts'
import { LaneColumns, noState, type SegmentPredicate } from './lane-columns.ts'
import { ScrollingCanvas } from './scrolling-canvas.ts'
import { indexInPeriod, TimeColumns } from './time-columns.ts'

export interface Lane {
  readonly thread: number
  readonly history: ThreadHistory
  /** What the threads of its process did. */
  readonly activity: ActivityLog
  /** Selects the segments that are not faded; all without it. */
  readonly matches: SegmentPredicate | undefined
  /** Distance of the lane from the canvas's top, in CSS pixels. */
  readonly top: number
}

/** Colours for the canvas. */
export interface LanePalette {
  readonly running: string
  readonly blocked: string
  readonly waiting: string
  readonly timed: string
  readonly quiet: string
  readonly ended: string
  readonly wake: string
  readonly held: string
}

/** The height of a lane and of its row, in CSS pixels. */
export const laneHeight = 28

export const barTop = 11
export const barHeight = 8
const lineTop = 14
const wakeTop = 5
const wakeHeight = 4
/** The distance of the lines of the hatching. */
const hatchSpacing = 4
/** The size of the cross where a thread ended. */
const crossSize = 7

/** The opacity of segments that do not match the filter. */
const dimmedAlpha = 0.28

/**
 * Draws lanes that move to the left. Only columns that are new, or whose history changed, are drawn. Each column depends
 * only on its number, so the picture is the same however it was drawn.
 */
export class LanePainter {
  readonly #surface: ScrollingCanvas
  readonly #columns = new LaneColumns()
  #palette: LanePalette
  #lanes: readonly Lane[] = []
  #to = 0
  #span = 0
  /** The newest column drawn. */
  #column = 0
  #needsFullRepaint = true
  /** Whether the picture stays the same when it moves. */
  #wasStill = false
  #alpha = 1

  constructor(canvas: HTMLCanvasElement, palette: LanePalette) {
    this.#surface = new ScrollingCanvas(canvas)
    this.#palette = palette
  }

  setPalette(palette: LanePalette): void {
    this.#palette = palette
    this.#needsFullRepaint = true
  }

  /** Takes sizes in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    if (this.#surface.resize(width, height, pixelRatio)) this.#needsFullRepaint = true
  }

  /** Sets the lanes. The same array as before means that nothing changed. */
  setLanes(lanes: readonly Lane[]): void {
    if (lanes === this.#lanes) return
    this.#lanes = lanes
    this.#needsFullRepaint = true
  }

  /** Draws everything again with the next picture, because growing segments can begin to match the filter. */
  invalidate(): void {
    this.#needsFullRepaint = true
  }

  /**
   * Shows the `span` ms up to `to`, of which nothing later than `now` is known. A picture that `moves` follows the
   * present. Returns the time until the next step, in ms; Infinity while nothing moves.
   */
  paint(to: number, span: number, now: number, moves: boolean): number {
    const columns = new TimeColumns(to, span, this.#surface.columnCount)
    const isNew = this.#needsFullRepaint || span !== this.#span
    this.#span = span
    const still = !moves || this.#isStill(columns)
    if (still && this.#wasStill && !isNew && (moves || to === this.#to)) return Number.POSITIVE_INFINITY
    // A still picture leaves out parts, which are missing when it moves again.
    if (isNew || this.#wasStill || !moves) this.#needsFullRepaint = true
    this.#wasStill = still
    this.#to = to
    this.#paintLanes(columns, now)
    return still ? Number.POSITIVE_INFINITY : columns.width
  }

  #isStill(columns: TimeColumns): boolean {
    const from = columns.start(columns.oldest - crossSize)
    return this.#lanes.every(
      ({ history, activity, thread }) =>
        isStill(history, from) && isControlStill(activity.controlChanges(thread), from),
    )
  }

  #paintLanes(columns: TimeColumns, now: number): void {
    const shift = columns.newest - this.#column
    if (shift < 0 || shift >= this.#surface.columnCount) this.#needsFullRepaint = true
    if (this.#needsFullRepaint) this.#surface.clear(columns.oldest)
    else if (shift > 0) this.#surface.scroll(columns.oldest)
    for (const lane of this.#lanes) {
      const changed = columns.columnAt(lane.history.takeChangedFrom())
      // The newest column was not complete when it was drawn.
      const from = this.#needsFullRepaint
        ? columns.oldest
        : Math.max(columns.oldest, Math.min(changed, this.#column))
      if (this.#needsFullRepaint || shift > 0 || changed <= columns.newest)
        this.#paintLane(lane, from, columns, now)
    }
    this.#column = columns.newest
    this.#needsFullRepaint = false
  }

  #paintLane(lane: Lane, from: number, columns: TimeColumns, now: number): void {
    const count = columns.newest - from + 1
    if (count <= 0) return
    const range = { begin: columns.start(from), count, width: columns.width, now }
    const x = this.#surface.x(from)
    this.#surface.begin(lane.top)
    this.#surface.context.clearRect(x, 0, count, laneHeight)
    const { matches } = lane
    if (matches) {
      this.#alpha = dimmedAlpha
      this.#columns.read(lane.history, range, (...segment) => !matches(...segment))
      this.#paintColumns(x, from, count)
      this.#alpha = 1
    }
    this.#columns.read(lane.history, range, matches)
    const changes = lane.activity.controlChanges(lane.thread)
    if (changes) this.#columns.readControlChanges(changes, range)
    this.#paintColumns(x, from, count)
    this.#paintEnd(lane.history, x, from, count, columns)
  }

  #paintColumns(x: number, begin: number, count: number): void {
    this.#surface.context.globalAlpha = this.#alpha
    this.#paintQuiet(x, begin, count)
    this.#paintBars(x, begin, count)
    this.#surface.context.globalAlpha = 1
  }

  /** Draws the states without processor time as lines. Neighbours with the same state are one stroke. */
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
    this.#surface.context.fillStyle = colour
    this.#surface.context.fillRect(x, lineTop, width, 2)
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
    this.#surface.context.fillStyle = colour
    for (let column = from; column < to; column++) {
      if (indexInPeriod(begin + column, period) < on)
        this.#surface.context.fillRect(x + column, lineTop, 1, 2)
    }
  }

  #paintBars(x: number, begin: number, count: number): void {
    const { running, blocked, wakes, controlCodes: held } = this.#columns
    const { context } = this.#surface
    for (let column = 0; column < count; column++) {
      const ran = running[column] ?? 0
      const stuck = blocked[column] ?? 0
      const how = held[column] ?? controlCode.none
      if (stuck > 0) this.#paintBlocked(x + column, begin + column, stuck, ran > 0)
      if (ran > 0) {
        if (how === controlCode.held) this.#paintParked(x + column, begin + column)
        else this.#paintRunning(x + column, ran, stuck > 0)
      }
      if (how === controlCode.paused || how === controlCode.slowed)
        this.#underline(x + column, begin + column, how)
      if ((wakes[column] ?? 0) > 0) {
        context.fillStyle = this.#palette.wake
        context.fillRect(x + column, wakeTop, 1, wakeHeight)
      }
    }
  }

  #paintRunning(x: number, share: number, half: boolean): void {
    const { context } = this.#surface
    context.globalAlpha = this.#alpha * alphaOf(share)
    context.fillStyle = this.#palette.running
    context.fillRect(x, barTop, 1, half ? barHeight / 2 : barHeight)
    context.globalAlpha = this.#alpha
  }

  /** Draws a thread that is held before an operation: two rails with slanted hatching between them. */
  #paintParked(x: number, column: number): void {
    const { context } = this.#surface
    context.fillStyle = this.#palette.held
    context.fillRect(x, barTop, 1, 1)
    context.fillRect(x, barTop + barHeight - 1, 1, 1)
    for (let line = -indexInPeriod(column, hatchSpacing); line < barHeight; line += hatchSpacing) {
      const top = barTop + Math.max(0, line)
      const bottom = barTop + Math.min(barHeight, line + 2)
      if (bottom > top) context.fillRect(x, top, 1, bottom - top)
    }
  }

  /** Draws a thread that is slowed, dashed, or will be held at its next operation, dotted. */
  #underline(x: number, column: number, how: number): void {
    const [period, on] = how === controlCode.slowed ? [8, 5] : [4, 2]
    if (indexInPeriod(column, period) >= on) return
    this.#surface.context.fillStyle = this.#palette.held
    this.#surface.context.fillRect(x, barTop + barHeight + 1, 1, 1)
  }

  /** Draws a solid bar with slanted cuts, so that not only its colour distinguishes it. */
  #paintBlocked(x: number, column: number, share: number, half: boolean): void {
    const { context } = this.#surface
    context.globalAlpha = this.#alpha * alphaOf(share)
    context.fillStyle = this.#palette.blocked
    const top = half ? barTop + barHeight / 2 : barTop
    context.fillRect(x, top, 1, barTop + barHeight - top)
    context.globalAlpha = this.#alpha
    for (let cut = barTop + indexInPeriod(column, 6); cut < barTop + barHeight; cut += 6) {
      if (cut >= top) context.clearRect(x, cut, 1, 1.5)
    }
  }

  /** Draws a cross in the columns after the thread's end. */
  #paintEnd(history: ThreadHistory, x: number, begin: number, count: number, columns: TimeColumns): void {
    const endedAt = history.endedAt()
    if (endedAt === undefined) return
    const first = columns.columnAt(endedAt) + 1
    const { context } = this.#surface
    context.fillStyle = this.#palette.ended
    for (let step = 0; step < crossSize; step++) {
      const column = first + step - begin
      if (column < 0 || column >= count) continue
      context.fillRect(x + column, lineTop - 3 + step, 1, 2)
      context.fillRect(x + column, lineTop + 3 - step, 1, 2)
    }
  }
}

/** Returns the opacity for a share of a column. Small shares stay visible. */
const alphaOf = (share: number): number => 0.45 + 0.55 * Math.sqrt(Math.min(share, 1))

/** Whether one state fills the time shown from a time on. (Its dashes need not move: they carry no meaning.) */
export function isStill(history: ThreadHistory, from: number): boolean {
  const newest = history.end - 1
  return newest < history.first || history.start(newest) < from
}

function isControlStill(changes: TimedEntries | undefined, from: number): boolean {
  return changes === undefined || changes.end === changes.first || changes.at(changes.end - 1) < from
}
