import { m } from '../../../shared/i18n/messages.js'
import { formatNumber } from '../../ui/utils/format.ts'
import { findProcess, type Scene } from '../model/threads-model.ts'
import { findPart, findTextCell, TextCell } from '../painting/text-cell.ts'
import { AxisPainter } from './axis-painter.ts'
import type { SegmentPredicate } from './lane-columns.ts'
import { LaneHover } from './lane-hover.ts'
import type { LanePosition } from './lane-layout.ts'
import { type Lane, LanePainter, type LanePalette } from './lane-painter.ts'
import { readPalette } from './lane-palette.ts'
import { OverlayPainter, type OverlayPalette } from './overlay-painter.ts'
import type { DrawnCount } from './thinning.ts'
import type { Timeline } from './timeline.ts'
import { formatSpan } from './viewport.ts'

/** Segments that grow can begin to match the filter, so a filtered picture is drawn again this often, in ms. */
const filterInterval = 250

/** The numbers of omitted marks are updated this often while the picture moves, in ms, so that they can be read. */
const thinningInterval = 500

type PredicateFor = (process: string) => SegmentPredicate | undefined

/** Paints the timeline: axis, states, marks, arrows and the tip. */
export class TimelinePainter {
  readonly hover: LaneHover
  readonly #timeline: Timeline
  readonly #window: HTMLElement
  readonly #canvas: HTMLElement
  readonly #axis: AxisPainter
  readonly #states: LanePainter
  readonly #overlay: OverlayPainter
  readonly #thinned: TextCell
  readonly #announcement: TextCell
  #positions: readonly LanePosition[] = []
  #predicateFor: PredicateFor = () => undefined
  #processes: Scene['processes'] | undefined
  #isFiltered = false
  #filteredAt = 0
  #thinningShownAt = 0
  #labelledSpan = Number.NaN
  #isLabelledMoving = false
  #width = 0
  #announcesCursor = false

  constructor(root: HTMLElement, timeline: Timeline) {
    this.#timeline = timeline
    this.#window = findPart(root, 'window')
    this.#canvas = findPart(root, 'lanes')
    const palette = readPalette(this.#window)
    this.hover = new LaneHover(root)
    this.#axis = new AxisPainter(findPart(root, 'axis'), findPart(root, 'plot'))
    this.#states = new LanePainter(findPart<HTMLElement>(root, 'lanes') as HTMLCanvasElement, palette)
    this.#overlay = new OverlayPainter(findPart<HTMLElement>(root, 'marks') as HTMLCanvasElement, palette)
    this.#thinned = findTextCell(root, 'thinned')
    this.#announcement = new TextCell(findPart(root, 'said'))
  }

  setPalette(palette: LanePalette & OverlayPalette): void {
    this.#states.setPalette(palette)
    this.#overlay.setPalette(palette)
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#width = width
    this.#states.resize(width, height, pixelRatio)
    this.#overlay.resize(width, height, pixelRatio)
  }

  /** Sets the lanes and the filter. The same arguments as before mean that nothing changed. */
  show(positions: readonly LanePosition[], predicateFor: PredicateFor): void {
    if (positions === this.#positions && predicateFor === this.#predicateFor) return
    this.#positions = positions
    this.#predicateFor = predicateFor
    this.#processes = undefined
  }

  /** Lets screen readers speak what is at the cursor, with the next picture. */
  announceCursor(): void {
    this.#announcesCursor = true
  }

  paint(scene: Scene): number {
    if (scene.processes !== this.#processes) this.#setLanes(scene)
    const { span } = this.#timeline.state()
    const extent = this.#timeline.extent()
    const moves = !this.#timeline.isFrozen
    this.#repaintFiltered(scene.at, moves)
    this.#setLabel(span, moves)
    this.#axis.paint(extent, span, scene.at, this.#width)
    const states = this.#states.paint(extent.to, span, scene.at, moves)
    const overlay = this.#overlay.paint(extent.to, span, scene.at, moves)
    this.hover.paint(scene, this.#positions, this.#window, extent)
    if (this.#announcesCursor && this.hover.cursor) this.#announcement.set(this.hover.text())
    this.#announcesCursor = false
    this.#showThinning(scene.at, moves)
    return Math.min(states, overlay)
  }

  #setLanes(scene: Scene): void {
    this.#processes = scene.processes
    const lanes = this.#positions.flatMap(({ key, top }): Lane[] => {
      const process = findProcess(scene, key.process)
      const history = process?.history(key.id)
      if (!process || !history) return []
      const matches = this.#predicateFor(key.process)
      return [{ thread: key.id, history, activity: process.activity, matches, top }]
    })
    this.#isFiltered = lanes.some(({ matches }) => matches !== undefined)
    this.#states.setLanes(lanes)
    this.#overlay.setLanes(lanes)
  }

  #repaintFiltered(at: number, moves: boolean): void {
    if (!this.#isFiltered || !moves || at - this.#filteredAt < filterInterval) return
    this.#filteredAt = at
    this.#states.invalidate()
  }

  #setLabel(span: number, moves: boolean): void {
    if (span === this.#labelledSpan && moves === this.#isLabelledMoving) return
    this.#labelledSpan = span
    this.#isLabelledMoving = moves
    const text = formatSpan(span)
    this.#canvas.setAttribute(
      'aria-label',
      moves ? m.threads_timeline_last({ span: text }) : m.threads_timeline_span({ span: text }),
    )
  }

  #showThinning(at: number, moves: boolean): void {
    if (moves && at - this.#thinningShownAt < thinningInterval) return
    this.#thinningShownAt = at
    const { marks, arrows } = this.#overlay.countDrawn()
    this.#thinned.setWithTitle(thinningText(marks, arrows), m.threads_thinned_title())
  }
}

/** Returns how many marks and wakes are drawn; empty if all of them are. */
function thinningText(marks: DrawnCount, wakes: DrawnCount): string {
  const areMarksThinned = marks.drawn < marks.total
  const areWakesThinned = wakes.drawn < wakes.total
  if (areMarksThinned && areWakesThinned)
    return m.threads_thinned_both({
      marks: formatNumber(marks.drawn),
      totalMarks: formatNumber(marks.total),
      wakes: formatNumber(wakes.drawn),
      totalWakes: formatNumber(wakes.total),
    })
  if (areMarksThinned) return m.threads_thinned_marks(formatCounts(marks))
  return areWakesThinned ? m.threads_thinned_wakes(formatCounts(wakes)) : ''
}

const formatCounts = ({ drawn, total }: DrawnCount) => ({
  drawn: formatNumber(drawn),
  total: formatNumber(total),
})
