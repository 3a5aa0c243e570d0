import type { ThreadState } from '../../shared/threading/view.ts'
import { stateGlyphs } from './states.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { heldBy, waitingFact } from './thread-facts.ts'
import { processOf, type Scene, type ThreadKey } from './threads-model.ts'
import { elapsed, nothing } from './words.ts'

/** A new state is shown at once; how long it lasts is written this often, in ms: faster cannot be read. */
const tick = 100

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
  #shown: ThreadState | undefined
  #since = Number.NaN
  #ticks = -1

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
    this.#paintState(thread.state)
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
    this.#paintSince(thread.since, scene.at)
  }

  #paintState(state: ThreadState): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#row.dataset.state = state
    this.#state.set(state)
    this.#glyph.setAttribute('d', stateGlyphs[state])
  }

  #paintSince(since: number, at: number): void {
    // Counted from 1970, so that all rows tick in the same frame.
    const ticks = Math.floor(at / tick)
    if (since === this.#since && ticks === this.#ticks) return
    this.#since = since
    this.#ticks = ticks
    this.#sinceCell.set(elapsed(at - since))
  }
}
