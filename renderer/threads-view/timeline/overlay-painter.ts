import { operationFailed, operationNames } from '@skein/threading/inspect'
import type { ActivityLog } from '../model/activity-log.ts'
import type { WaitSign } from '../model/object-kinds/wait-sign.ts'
import { operationFromCode, stateCode } from '../model/state-codes.ts'
import type { TimedEntries } from '../model/timed-entries.ts'
import { type MarkShape, markGlyphs, waitSignOf } from './glyphs.ts'
import { barHeight, barTop, isStill, type Lane } from './lane-painter.ts'
import { ScrollingCanvas } from './scrolling-canvas.ts'
import { type DrawnCount, Thinning } from './thinning.ts'
import { TimeColumns } from './time-columns.ts'
import { resumeTime } from './wake-arrow.ts'

/** Colours for the canvas. */
export interface OverlayPalette {
  readonly mark: string
  readonly wake: string
  readonly ground: string
  readonly blocked: string
  readonly waiting: string
  readonly timed: string
  readonly held: string
}

/** The position of marks in a lane, and their minimum distance, in CSS pixels. */
const markTop = 20
const markSize = 7
const markSlot = 9

/** The minimum distance of two arrows between the same threads, in CSS pixels. */
const arrowSlot = 6
const arrowHead = 4

const waitSize = 10
/** The minimum width of a wait with a sign, and the distance of its signs, in columns. */
const minLabelledWidth = 20
const labelSpacing = 192

/** How many of the marks and arrows were drawn. */
export interface DrawnCounts {
  readonly marks: DrawnCount
  readonly arrows: DrawnCount
}

interface Wake {
  readonly from: Lane
  readonly target: Lane
  readonly at: number
}

/** A number for a pair of lanes. */
const lanePairKey = (from: Lane, target: Lane): number => from.top * 100_000 + target.top

/** A lane and the progress of its drawing. */
interface LaneProgress {
  readonly lane: Lane
  operation: number
  /** The next wait to get a sign, its start, and the column of the sign. */
  segment: number
  start: number
  labelColumn: number
}

/**
 * Draws over the lanes: marks for operations, arrows from wakers to the threads that they woke, and the sign of each wait.
 * While the picture moves, only new parts are drawn.
 */
export class OverlayPainter {
  readonly #surface: ScrollingCanvas
  readonly #marks = new Thinning()
  readonly #arrows = new Thinning()
  readonly #wakes = new Map<TimedEntries, number>()
  #lanes: readonly LaneProgress[] = []
  /** The lanes of each process, by thread. */
  #processes = new Map<ActivityLog, Map<number, Lane>>()
  #palette: OverlayPalette
  #to = 0
  #span = 0
  #column = 0
  /** Whether the picture stays the same when it moves. */
  #wasStill = false
  #needsFullRepaint = true

  constructor(canvas: HTMLCanvasElement, palette: OverlayPalette) {
    this.#surface = new ScrollingCanvas(canvas)
    this.#palette = palette
  }

  /** Counts what the picture shows. */
  countDrawn(): DrawnCounts {
    const { oldest } = new TimeColumns(this.#to, this.#span, this.#surface.columnCount)
    return {
      marks: this.#marks.countFrom(Math.floor(oldest / markSlot)),
      arrows: this.#arrows.countFrom(Math.floor(oldest / arrowSlot)),
    }
  }

  setPalette(palette: OverlayPalette): void {
    this.#palette = palette
    this.#needsFullRepaint = true
  }

  resize(width: number, height: number, pixelRatio: number): void {
    if (this.#surface.resize(width, height, pixelRatio)) this.#needsFullRepaint = true
  }

  setLanes(lanes: readonly Lane[]): void {
    this.#processes = new Map()
    for (const lane of lanes) {
      const known = this.#processes.get(lane.activity) ?? new Map()
      this.#processes.set(lane.activity, known.set(lane.thread, lane))
    }
    this.#lanes = lanes.map((lane) => ({ lane, operation: 0, segment: 0, start: 0, labelColumn: 0 }))
    this.#needsFullRepaint = true
  }

  /** Paints like `LanePainter.paint`. */
  paint(to: number, span: number, now: number, moves: boolean): number {
    const columns = new TimeColumns(to, span, this.#surface.columnCount)
    const isNew = this.#needsFullRepaint || span !== this.#span
    const still = !moves || this.#isStill(columns)
    if (still && this.#wasStill && !isNew && (moves || to === this.#to)) return Number.POSITIVE_INFINITY
    const shift = columns.newest - this.#column
    const jumped = shift < 0 || shift >= this.#surface.columnCount
    if (isNew || this.#wasStill || !moves || jumped || this.#hasCorrectedWait()) this.#begin(columns)
    else if (shift > 0) this.#surface.scroll(columns.oldest)
    this.#wasStill = still
    this.#to = to
    this.#span = span
    this.#column = columns.newest
    this.#needsFullRepaint = false
    this.#paintAll(columns, to, now)
    return still ? Number.POSITIVE_INFINITY : columns.width
  }

  /** Whether nothing that is shown changes its position when the picture moves. */
  #isStill(columns: TimeColumns): boolean {
    const from = columns.start(columns.oldest - markSlot)
    return this.#lanes.every(({ lane: { history, activity, thread } }) => {
      const rings = [activity.operations(thread), activity.wakesByThread().get(thread)]
      return isStill(history, from) && rings.every((ring) => !ring || ring.firstAtOrAfter(from) === ring.end)
    })
  }

  #paintAll(columns: TimeColumns, to: number, now: number): void {
    this.#paintArrows(columns, to)
    for (const drawn of this.#lanes) {
      this.#paintWaits(drawn, columns, now)
      this.#paintMarks(drawn, columns, to)
    }
  }

  /** Whether a wait that has signs was corrected since. */
  #hasCorrectedWait(): boolean {
    return this.#lanes.some(({ lane, segment, start }) => {
      const { history } = lane
      return (
        segment >= history.first && segment < history.end && start !== history.start(segment) && start !== 0
      )
    })
  }

  #begin(columns: TimeColumns): void {
    this.#surface.clear(columns.oldest)
    this.#marks.clear()
    this.#arrows.clear()
    this.#wakes.clear()
    const from = columns.start(columns.oldest)
    for (const drawn of this.#lanes) {
      const { history, activity, thread } = drawn.lane
      // A mark that is half outside is drawn too.
      drawn.operation = activity.operations(thread)?.firstAtOrAfter(from - markSize * columns.width) ?? 0
      drawn.segment = Math.max(history.segmentAt(from), history.first)
      drawn.start = 0
    }
  }

  #paintMarks(drawn: LaneProgress, columns: TimeColumns, to: number): void {
    const { activity, thread, top } = drawn.lane
    const ring = activity.operations(thread)
    if (!ring || ring.end === drawn.operation) return
    this.#surface.begin(top + markTop)
    for (
      drawn.operation = Math.max(drawn.operation, ring.first);
      drawn.operation < ring.end;
      drawn.operation++
    ) {
      if (ring.at(drawn.operation) > to) return
      const column = columns.columnAt(ring.at(drawn.operation))
      const slot = Math.floor(column / markSlot)
      if (this.#marks.claim(top, slot)) this.#paintMark(markShapeAt(ring, drawn.operation), column, slot)
      else this.#paintMore(slot)
    }
  }

  /** Draws a mark in its slot, as near to its column as possible. */
  #paintMark(shape: MarkShape, column: number, slot: number): void {
    const { context } = this.#surface
    const left = Math.max(
      slot * markSlot,
      Math.min((slot + 1) * markSlot - markSize - 1, column - markSize / 2),
    )
    context.save()
    context.translate(this.#surface.x(Math.round(left)), 0)
    context.scale(markSize / 8, markSize / 8)
    context.fillStyle = this.#palette.mark
    context.fill(pathOf(markGlyphs[shape]), 'evenodd')
    context.restore()
  }

  /** Draws a line below a mark that stands for several. */
  #paintMore(slot: number): void {
    this.#surface.context.fillStyle = this.#palette.mark
    this.#surface.context.fillRect(this.#surface.x(slot * markSlot) + 1, markSize + 0.5, markSize, 0.5)
  }

  /** Draws the wakes between lanes, of each waker from its cursor on. */
  #paintArrows(columns: TimeColumns, to: number): void {
    for (const [activity, lanes] of this.#processes) {
      for (const [waker, ring] of activity.wakesByThread()) {
        const from = lanes.get(waker)
        const begin = this.#wakes.get(ring) ?? ring.firstAtOrAfter(columns.start(columns.oldest))
        let wake = Math.max(begin, ring.first)
        for (; wake < ring.end && ring.at(wake) <= to; wake++) {
          const target = lanes.get(ring.value(wake))
          if (from && target && target !== from) this.#paintWake({ from, target, at: ring.at(wake) }, columns)
        }
        this.#wakes.set(ring, wake)
      }
    }
  }

  #paintWake({ from, target, at }: Wake, columns: TimeColumns): void {
    const column = columns.columnAt(at)
    if (!this.#arrows.claim(lanePairKey(from, target), Math.floor(column / arrowSlot))) return
    const end = columns.columnAt(resumeTime(target.history, from.thread, at))
    this.#paintArrow(this.#surface.x(column), from.top, this.#surface.x(end), target.top)
  }

  #paintArrow(fromX: number, fromTop: number, toX: number, toTop: number): void {
    const { context } = this.#surface
    const down = toTop > fromTop
    const fromY = fromTop + barTop + barHeight / 2
    const toY = toTop + (down ? barTop - 1 : barTop + barHeight + 1)
    const head = down ? -arrowHead : arrowHead
    this.#surface.begin(0)
    context.strokeStyle = this.#palette.wake
    context.fillStyle = this.#palette.wake
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(fromX + 0.5, fromY)
    context.lineTo(toX + 0.5, toY + head)
    context.stroke()
    context.fillRect(fromX - 1, fromY - 1.5, 3, 3)
    context.beginPath()
    context.moveTo(toX + 0.5, toY)
    context.lineTo(toX + 0.5 - 3, toY + head)
    context.lineTo(toX + 0.5 + 3, toY + head)
    context.fill()
  }

  #paintWaits(drawn: LaneProgress, columns: TimeColumns, now: number): void {
    const { lane } = drawn
    const { history } = lane
    for (; drawn.segment < history.end; drawn.segment++) {
      const start = columns.columnAt(history.start(drawn.segment))
      if (drawn.start === 0) drawn.labelColumn = nextLabelColumn(Math.max(start, columns.oldest), start)
      drawn.start = history.start(drawn.segment)
      const end = Math.min(columns.columnAt(history.endTime(drawn.segment, now)), columns.newest)
      const sign = waitSignAt(lane, drawn.segment)
      for (
        ;
        drawn.labelColumn + minLabelledWidth / 2 <= end;
        drawn.labelColumn = nextLabelColumn(drawn.labelColumn + 1, start)
      ) {
        if (sign) this.#paintWait(lane, drawn.segment, sign, drawn.labelColumn)
      }
      // A wait that goes on gets its sign later, when it is wide enough.
      if (drawn.segment === history.end - 1) return
      drawn.start = 0
    }
  }

  #paintWait(lane: Lane, segment: number, sign: WaitSign, column: number): void {
    const { context } = this.#surface
    const x = this.#surface.x(column) - waitSize / 2
    this.#surface.begin(lane.top + barTop + (barHeight - waitSize) / 2)
    context.fillStyle = this.#palette.ground
    context.fillRect(x - 2, -1, waitSize + 4, waitSize + 2)
    context.translate(x, 0)
    context.scale(waitSize / 12, waitSize / 12)
    context.fillStyle = this.#colourOf(lane.history.state(segment))
    context.fill(pathOf(sign.shape), 'evenodd')
  }

  #colourOf(state: number): string {
    if (state === stateCode.Blocked) return this.#palette.blocked
    if (state === stateCode.Runnable) return this.#palette.held
    return state === stateCode['Timed waiting'] ? this.#palette.timed : this.#palette.waiting
  }
}

/** Signs of a wait are near its start and then at regular columns. */
function nextLabelColumn(from: number, start: number): number {
  const first = start + minLabelledWidth / 2
  if (from <= first) return first
  const next = Math.ceil(from / labelSpacing) * labelSpacing
  return next - first < 2 * minLabelledWidth ? next + labelSpacing : next
}

/** Returns the sign of the wait that a segment shows; undefined if it shows none. */
function waitSignAt({ history, activity }: Lane, segment: number): WaitSign | undefined {
  const state = history.state(segment)
  if (state < stateCode.Blocked || state > stateCode['Timed waiting']) return undefined
  const operation = operationFromCode(history.operation(segment))
  return waitSignOf(activity.kindOf(history.object(segment)), operation)
}

export function markShapeAt(ring: TimedEntries, entry: number): MarkShape {
  return ring.value(entry) === operationFailed ? 'failed' : (operationNames[ring.code(entry)] ?? 'begin')
}

const paths = new Map<string, Path2D>()

function pathOf(shape: string): Path2D {
  const known = paths.get(shape)
  if (known) return known
  const path = new Path2D(shape)
  paths.set(shape, path)
  return path
}
