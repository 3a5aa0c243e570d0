import { actNames, noSuccess } from '../../../shared/threading/view.ts'
import type { Happenings } from '../happenings/happenings.ts'
import type { Ring } from '../happenings/ring.ts'
import { barHeight, barTop, isStill, type Lane } from '../lane-painter.ts'
import { operationOf, stateCode } from '../states.ts'
import { Columns } from './columns.ts'
import { type MarkShape, markGlyphs, type WaitKind, waitGlyphs, waitKindOf } from './glyphs.ts'
import { ScrollingCanvas } from './scrolling-canvas.ts'
import { Slots } from './slots.ts'
import { wokenAt } from './wake-arrow.ts'

/** Colours as the canvas takes them. */
export interface OverlayPalette {
  readonly mark: string
  readonly wake: string
  readonly ground: string
  readonly blocked: string
  readonly waiting: string
  readonly timed: string
  readonly held: string
}

/** Where marks stand in a lane, and how far apart at least, in CSS pixels. */
const markTop = 20
const markSize = 7
const markSlot = 9

/** Arrows from one thread to another stand at least this far apart, in CSS pixels. */
const arrowSlot = 6
const arrowHead = 4

const waitSize = 10
/** A wait is named where it is at least this wide, and again after so many columns. */
const leastNamed = 20
const namedEvery = 192

/** What was drawn of what there is. */
export interface Thinned {
  readonly marks: Slots
  readonly arrows: Slots
}

interface Wake {
  readonly from: Lane
  readonly target: Lane
  readonly at: number
}

/** A number for the way from one lane to another. */
const pairOf = (from: Lane, target: Lane): number => from.top * 100_000 + target.top

/** A lane and how far of it was drawn. */
interface Drawn {
  readonly lane: Lane
  act: number
  /** The wait that is named next, its start, and from which column on. */
  segment: number
  start: number
  column: number
}

/**
 * Draws over the lanes: marks for what threads did, arrows from who woke to who was woken, and what kind of wait each
 * is. While the picture moves only what is new is drawn.
 */
export class OverlayPainter {
  readonly #surface: ScrollingCanvas
  readonly #marks = new Slots()
  readonly #arrows = new Slots()
  readonly #wakes = new Map<Ring, number>()
  #lanes: readonly Drawn[] = []
  /** The lanes of each process, by thread. */
  #processes = new Map<Happenings, Map<number, Lane>>()
  #palette: OverlayPalette
  #to = 0
  #span = 0
  #column = 0
  /** The picture would look the same if it moved. */
  #still = false
  #whole = true

  constructor(canvas: HTMLCanvasElement, palette: OverlayPalette) {
    this.#surface = new ScrollingCanvas(canvas)
    this.#palette = palette
  }

  get thinned(): Thinned {
    return { marks: this.#marks, arrows: this.#arrows }
  }

  /** What a picture that is drawn bit by bit shows now. */
  count(): Thinned {
    const columns = new Columns(this.#to, this.#span, this.#surface.count)
    const from = columns.start(columns.oldest)
    const marks = new Slots()
    const arrows = new Slots()
    for (const { lane } of this.#lanes) {
      const acts = lane.happenings.acts(lane.thread)
      for (let act = acts?.firstFrom(from) ?? 0; acts && act < acts.end; act++)
        marks.take(lane.top, Math.floor(columns.of(acts.at(act)) / markSlot))
    }
    this.#eachWake(new Map(), columns, this.#to, ({ from, target, at }) =>
      arrows.take(pairOf(from, target), Math.floor(columns.of(at) / arrowSlot)),
    )
    return { marks, arrows }
  }

  setPalette(palette: OverlayPalette): void {
    this.#palette = palette
    this.#whole = true
  }

  resize(width: number, height: number, pixelRatio: number): void {
    if (this.#surface.resize(width, height, pixelRatio)) this.#whole = true
  }

  setLanes(lanes: readonly Lane[]): void {
    this.#processes = new Map()
    for (const lane of lanes) {
      const known = this.#processes.get(lane.happenings) ?? new Map()
      this.#processes.set(lane.happenings, known.set(lane.thread, lane))
    }
    this.#lanes = lanes.map((lane) => ({ lane, act: 0, segment: 0, start: 0, column: 0 }))
    this.#whole = true
  }

  renew(): void {
    this.#whole = true
  }

  /** As the lanes are painted. */
  paint(to: number, span: number, now: number, moves: boolean): number {
    const columns = new Columns(to, span, this.#surface.count)
    const isNew = this.#whole || span !== this.#span
    const still = !moves || this.#isStill(columns)
    if (still && this.#still && !isNew && (moves || to === this.#to)) return Number.POSITIVE_INFINITY
    const shift = columns.newest - this.#column
    const jumped = shift < 0 || shift >= this.#surface.count
    if (isNew || this.#still || !moves || jumped || this.#wasRewritten()) this.#begin(columns)
    else if (shift > 0) this.#surface.scroll(columns.oldest)
    this.#still = still
    this.#to = to
    this.#span = span
    this.#column = columns.newest
    this.#whole = false
    this.#paintAll(columns, to, now)
    return still ? Number.POSITIVE_INFINITY : columns.width
  }

  /** Whether nothing that is shown would be elsewhere if the picture moved. */
  #isStill(columns: Columns): boolean {
    const from = columns.start(columns.oldest - markSlot)
    return this.#lanes.every(({ lane: { history, happenings, thread } }) => {
      const rings = [happenings.acts(thread), happenings.wakers().get(thread)]
      return isStill(history, from) && rings.every((ring) => !ring || ring.firstFrom(from) === ring.end)
    })
  }

  #paintAll(columns: Columns, to: number, now: number): void {
    this.#paintArrows(columns, to)
    for (const drawn of this.#lanes) {
      this.#paintWaits(drawn, columns, now)
      this.#paintMarks(drawn, columns, to)
    }
  }

  /** Whether a wait that is being named was corrected since. */
  #wasRewritten(): boolean {
    return this.#lanes.some(({ lane, segment, start }) => {
      const { history } = lane
      return (
        segment >= history.first && segment < history.end && start !== history.start(segment) && start !== 0
      )
    })
  }

  #begin(columns: Columns): void {
    this.#surface.clear(columns.oldest)
    this.#marks.clear()
    this.#arrows.clear()
    this.#wakes.clear()
    const from = columns.start(columns.oldest)
    for (const drawn of this.#lanes) {
      const { history, happenings, thread } = drawn.lane
      // A mark half outside is drawn as well.
      drawn.act = happenings.acts(thread)?.firstFrom(from - markSize * columns.width) ?? 0
      drawn.segment = Math.max(history.segmentAt(from), history.first)
      drawn.start = 0
    }
  }

  #paintMarks(drawn: Drawn, columns: Columns, to: number): void {
    const { happenings, thread, top } = drawn.lane
    const ring = happenings.acts(thread)
    if (!ring || ring.end === drawn.act) return
    this.#surface.begin(top + markTop)
    for (drawn.act = Math.max(drawn.act, ring.first); drawn.act < ring.end; drawn.act++) {
      if (ring.at(drawn.act) > to) return
      const column = columns.of(ring.at(drawn.act))
      const slot = Math.floor(column / markSlot)
      if (this.#marks.take(top, slot)) this.#paintMark(shapeOf(ring, drawn.act), column, slot)
      else this.#paintMore(slot)
    }
  }

  /** As near to its column as it can stand within its slot. */
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

  /** A line below a mark: it stands for several. */
  #paintMore(slot: number): void {
    this.#surface.context.fillStyle = this.#palette.mark
    this.#surface.context.fillRect(this.#surface.x(slot * markSlot) + 1, markSize + 0.5, markSize, 0.5)
  }

  #paintArrows(columns: Columns, to: number): void {
    this.#eachWake(this.#wakes, columns, to, ({ from, target, at }) => {
      const column = columns.of(at)
      if (!this.#arrows.take(pairOf(from, target), Math.floor(column / arrowSlot))) return
      const end = columns.of(wokenAt(target.history, from.thread, at))
      this.#paintArrow(this.#surface.x(column), from.top, this.#surface.x(end), target.top)
    })
  }

  /** Visits the wakes from lane to lane, of each waker from its cursor on, which is moved behind them. */
  #eachWake(cursors: Map<Ring, number>, columns: Columns, to: number, visit: (wake: Wake) => void): void {
    for (const [happenings, lanes] of this.#processes) {
      for (const [waker, ring] of happenings.wakers()) {
        const from = lanes.get(waker)
        let wake = Math.max(cursors.get(ring) ?? ring.firstFrom(columns.start(columns.oldest)), ring.first)
        for (; wake < ring.end && ring.at(wake) <= to; wake++) {
          const target = lanes.get(ring.value(wake))
          if (from && target && target !== from) visit({ from, target, at: ring.at(wake) })
        }
        cursors.set(ring, wake)
      }
    }
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

  #paintWaits(drawn: Drawn, columns: Columns, now: number): void {
    const { lane } = drawn
    const { history } = lane
    for (; drawn.segment < history.end; drawn.segment++) {
      const start = columns.of(history.start(drawn.segment))
      if (drawn.start === 0) drawn.column = nextNamed(Math.max(start, columns.oldest), start)
      drawn.start = history.start(drawn.segment)
      const end = Math.min(columns.of(history.finish(drawn.segment, now)), columns.newest)
      const kind = kindOf(lane, drawn.segment)
      for (; drawn.column + leastNamed / 2 <= end; drawn.column = nextNamed(drawn.column + 1, start)) {
        if (kind) this.#paintWait(lane, drawn.segment, kind, drawn.column)
      }
      // One that goes on is named later, when it is wide enough.
      if (drawn.segment === history.end - 1) return
      drawn.start = 0
    }
  }

  #paintWait(lane: Lane, segment: number, kind: WaitKind, column: number): void {
    const { context } = this.#surface
    const x = this.#surface.x(column) - waitSize / 2
    this.#surface.begin(lane.top + barTop + (barHeight - waitSize) / 2)
    context.fillStyle = this.#palette.ground
    context.fillRect(x - 2, -1, waitSize + 4, waitSize + 2)
    context.translate(x, 0)
    context.scale(waitSize / 12, waitSize / 12)
    context.fillStyle = this.#colourOf(lane.history.state(segment))
    context.fill(pathOf(waitGlyphs[kind]), 'evenodd')
  }

  #colourOf(state: number): string {
    if (state === stateCode.Blocked) return this.#palette.blocked
    if (state === stateCode.Runnable) return this.#palette.held
    return state === stateCode['Timed waiting'] ? this.#palette.timed : this.#palette.waiting
  }
}

/** Names of a wait stand near its start and then at regular columns. */
function nextNamed(from: number, start: number): number {
  const first = start + leastNamed / 2
  if (from <= first) return first
  const next = Math.ceil(from / namedEvery) * namedEvery
  return next - first < 2 * leastNamed ? next + namedEvery : next
}

/** What kind of wait a segment is; undefined for one that is none. */
function kindOf({ history, happenings }: Lane, segment: number): WaitKind | undefined {
  const state = history.state(segment)
  if (state < stateCode.Blocked || state > stateCode['Timed waiting']) return undefined
  const operation = operationOf(history.operation(segment))
  return waitKindOf(happenings.kindOf(history.object(segment)), operation)
}

export function shapeOf(ring: Ring, entry: number): MarkShape {
  return ring.value(entry) === noSuccess ? 'failed' : (actNames[ring.code(entry)] ?? 'begin')
}

const paths = new Map<string, Path2D>()

function pathOf(shape: string): Path2D {
  const known = paths.get(shape)
  if (known) return known
  const path = new Path2D(shape)
  paths.set(shape, path)
  return path
}
