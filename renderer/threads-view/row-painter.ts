import type { ThreadState, ThreadView } from '../../shared/threading/view.ts'
import { News } from './news.ts'
import type { ProcessModel } from './process-model.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { heldBy, waitingFact } from './thread-facts.ts'
import { processOf, type Scene, type ThreadKey } from './threads-model.ts'
import { glyphOf } from './timeline/glyphs.ts'
import { elapsed, nothing } from './words.ts'

/**
 * A new state is shown at once; how long it lasts is written this often, in ms: faster cannot be read. From ten
 * seconds on whole seconds are shown.
 */
const tick = 200
const slowTick = 1000
const slowFrom = 10_000

/** Keeps one row of the grid true. */
export class RowPainter {
  readonly #row: HTMLElement
  readonly #key: ThreadKey
  readonly #glyph: SVGElement
  readonly #state: TextCell
  readonly #object: TextCell
  readonly #operation: TextCell
  readonly #held: TextCell
  readonly #sinceCell: TextCell
  readonly #news = new News()
  #shown: ThreadState | undefined
  #shape = ''
  #since = Number.NaN
  #ticked = -1

  constructor(row: HTMLElement, key: ThreadKey) {
    this.#row = row
    this.#key = key
    this.#glyph = part<SVGElement>(row, 'glyph')
    this.#state = textPart(row, 'state')
    this.#object = textPart(row, 'object')
    this.#operation = textPart(row, 'operation')
    this.#held = textPart(row, 'held')
    this.#sinceCell = textPart(row, 'since')
  }

  paint(scene: Scene): void {
    const process = processOf(scene, this.#key.process)
    const thread = process?.thread(this.#key.id)
    if (!process || !thread) return
    if (this.#news.of(process)) this.#paintFacts(process, thread)
    this.#paintSince(thread.since, scene.at)
  }

  #paintFacts(process: ProcessModel, thread: ThreadView): void {
    this.#paintState(thread.state)
    this.#paintGlyph(glyphOf(thread, process.object(thread.waiting?.object ?? 0)?.kind))
    this.#row.toggleAttribute('data-held', thread.gate !== undefined || thread.control === 'paused')
    if (thread.state === 'Terminated') {
      const why = thread.error ?? 'ended by returning'
      this.#object.setWithTitle(why)
      this.#operation.set('')
      this.#held.set('')
      this.#row.toggleAttribute('data-error', thread.error !== undefined)
    } else {
      const { object, operation } = waitingFact(process, thread)
      this.#object.setWithTitle(object === '' ? nothing : object)
      this.#operation.set(operation)
      this.#held.setWithTitle(heldBy(process, thread))
    }
  }

  #paintState(state: ThreadState): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#row.dataset.state = state
    this.#state.set(state)
  }

  #paintGlyph(shape: string): void {
    if (shape === this.#shape) return
    this.#shape = shape
    this.#glyph.setAttribute('d', shape)
  }

  #paintSince(since: number, at: number): void {
    const step = at - since < slowFrom ? tick : slowTick
    // Counted from 1970, so that all rows tick in the same frame.
    const ticked = Math.floor(at / step) * step
    if (since === this.#since && ticked === this.#ticked) return
    this.#since = since
    this.#ticked = ticked
    this.#sinceCell.set(elapsed((step === slowTick ? Math.max(ticked, since + slowFrom) : at) - since))
  }
}
