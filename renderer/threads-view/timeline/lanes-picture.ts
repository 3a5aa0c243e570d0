import type { Meant } from '../lane-columns.ts'
import { LaneHover } from '../lane-hover.ts'
import type { LanePlace } from '../lane-layout.ts'
import { type Lane, LanePainter, type LanePalette } from '../lane-painter.ts'
import { readPalette } from '../lane-palette.ts'
import { part, TextCell, textPart } from '../text-cell.ts'
import { processOf, type Scene } from '../threads-model.ts'
import { AxisPainter } from './axis-painter.ts'
import { OverlayPainter, type OverlayPalette } from './overlay-painter.ts'
import type { Timeline } from './timeline.ts'
import { spanWords } from './viewport.ts'

/** Segments that go on become longer than what is looked for: a filtered picture is drawn anew this often, in ms. */
const filterStep = 250

/** How much was left out is told this often while the picture moves, in ms: faster cannot be read. */
const toldStep = 500

type MeantBy = (process: string) => Meant | undefined

/** All that is painted of the lanes: axis, states, marks and arrows, and the tip. */
export class LanesPicture {
  readonly hover: LaneHover
  readonly #timeline: Timeline
  readonly #window: HTMLElement
  readonly #canvas: HTMLElement
  readonly #axis: AxisPainter
  readonly #states: LanePainter
  readonly #overlay: OverlayPainter
  readonly #thinned: TextCell
  readonly #said: TextCell
  #places: readonly LanePlace[] = []
  #meant: MeantBy = () => undefined
  #processes: Scene['processes'] | undefined
  #filtered = false
  #filteredAt = 0
  #toldAt = 0
  #label = ''
  #width = 0
  #tellsCursor = false

  constructor(root: HTMLElement, timeline: Timeline) {
    this.#timeline = timeline
    this.#window = part(root, 'window')
    this.#canvas = part(root, 'lanes')
    const palette = readPalette(this.#window)
    this.hover = new LaneHover(root)
    this.#axis = new AxisPainter(part(root, 'axis'), part(root, 'plot'))
    this.#states = new LanePainter(part<HTMLElement>(root, 'lanes') as HTMLCanvasElement, palette)
    this.#overlay = new OverlayPainter(part<HTMLElement>(root, 'marks') as HTMLCanvasElement, palette)
    this.#thinned = textPart(root, 'thinned')
    this.#said = new TextCell(part(root, 'said'))
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

  /** Which lanes there are, and what is meant in them. The same as before means that nothing changed. */
  show(places: readonly LanePlace[], meant: MeantBy): void {
    if (places === this.#places && meant === this.#meant) return
    this.#places = places
    this.#meant = meant
    this.#processes = undefined
  }

  /** Has what the cursor stands on be said, once it is known. */
  tellCursor(): void {
    this.#tellsCursor = true
  }

  paint(scene: Scene): number {
    if (scene.processes !== this.#processes) this.#setLanes(scene)
    const { span } = this.#timeline.state()
    const extent = this.#timeline.extent()
    const moves = !this.#timeline.isFrozen
    this.#renewFiltered(scene.at, moves)
    this.#setLabel(span, moves)
    this.#axis.paint(extent, span, scene.at, this.#width)
    const states = this.#states.paint(extent.to, span, scene.at, moves)
    const overlay = this.#overlay.paint(extent.to, span, scene.at, moves)
    this.hover.paint(scene, this.#places, this.#window, extent)
    if (this.#tellsCursor && this.hover.cursor) this.#said.set(this.hover.words())
    this.#tellsCursor = false
    this.#tellThinned(scene.at, moves)
    return Math.min(states, overlay)
  }

  #setLanes(scene: Scene): void {
    this.#processes = scene.processes
    const lanes = this.#places.flatMap(({ key, top }): Lane[] => {
      const process = processOf(scene, key.process)
      const history = process?.history(key.id)
      if (!process || !history) return []
      const meant = this.#meant(key.process)
      return [{ thread: key.id, history, happenings: process.happenings, meant, top }]
    })
    this.#filtered = lanes.some(({ meant }) => meant !== undefined)
    this.#states.setLanes(lanes)
    this.#overlay.setLanes(lanes)
  }

  #renewFiltered(at: number, moves: boolean): void {
    if (!this.#filtered || !moves || at - this.#filteredAt < filterStep) return
    this.#filteredAt = at
    this.#states.renew()
  }

  #setLabel(span: number, moves: boolean): void {
    const label = `The states of each thread over ${moves ? 'the last ' : ''}${spanWords(span)}`
    if (label === this.#label) return
    this.#label = label
    this.#canvas.setAttribute('aria-label', label)
  }

  #tellThinned(at: number, moves: boolean): void {
    if (moves && at - this.#toldAt < toldStep) return
    this.#toldAt = at
    const { marks, arrows } = moves ? this.#overlay.count() : this.#overlay.thinned
    const parts = [
      marks.drawn < marks.all && `${figure(marks.drawn)} of ${figure(marks.all)} marks`,
      arrows.drawn < arrows.all && `${figure(arrows.drawn)} of ${figure(arrows.all)} wakes`,
    ].filter(Boolean)
    this.#thinned.setWithTitle(
      parts.length === 0 ? '' : `${parts.join(', ')} drawn`,
      'Zoom in to see each: there is no room for more',
    )
  }
}

const figure = (number: number): string => number.toLocaleString('en')
