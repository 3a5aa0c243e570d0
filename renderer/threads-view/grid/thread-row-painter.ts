import type { ThreadState, ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { describeWait, holderText } from '../descriptions/thread-text.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { stateCode, stateText } from '../model/state-codes.ts'
import { formatElapsed, noValueText } from '../model/text-format.ts'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'
import { ChangeTracker } from '../painting/change-tracker.ts'
import { findPart, findTextCell, type TextCell } from '../painting/text-cell.ts'
import { glyphOf } from '../timeline/glyphs.ts'

/**
 * Milliseconds between two updates of the time since the last change: it could not be read if it changed more
 * often. From ten seconds on it is in whole seconds. A new state is shown immediately.
 */
const sinceInterval = 200
const slowSinceInterval = 1000
const slowSinceThreshold = 10_000

/** The maximum lengths of texts that fit their cells in the narrowest layout. */
const maxWaitLength = 20
const maxHolderLength = 8

/** Updates one row of the grid. */
export class ThreadRowPainter {
  readonly #row: HTMLElement
  readonly #key: ThreadKey
  readonly #glyph: SVGElement
  readonly #state: TextCell
  readonly #object: TextCell
  readonly #operation: TextCell
  readonly #holder: TextCell
  readonly #sinceCell: TextCell
  readonly #changeTracker = new ChangeTracker()
  #shown: ThreadState | undefined
  #shape = ''
  #since = Number.NaN
  #ticked = -1

  constructor(row: HTMLElement, key: ThreadKey) {
    this.#row = row
    this.#key = key
    this.#glyph = findPart<SVGElement>(row, 'glyph')
    this.#state = findTextCell(row, 'state')
    this.#object = findTextCell(row, 'object')
    this.#operation = findTextCell(row, 'operation')
    this.#holder = findTextCell(row, 'held')
    this.#sinceCell = findTextCell(row, 'since')
  }

  paint(scene: Scene): void {
    const process = findProcess(scene, this.#key.process)
    const thread = process?.thread(this.#key.id)
    if (!process || !thread) return
    if (this.#changeTracker.takeChange(process)) this.#paintFacts(process, thread)
    this.#paintSince(thread.since, scene.at)
  }

  #paintFacts(process: ProcessModel, thread: ThreadView): void {
    this.#paintState(thread.state)
    this.#paintGlyph(glyphOf(thread, process.object(thread.waiting?.object ?? 0)?.kind))
    this.#row.toggleAttribute('data-held', thread.gate !== undefined || thread.control === 'paused')
    if (thread.state === 'Terminated') {
      const reason = thread.error ?? m.threads_ended_returning()
      this.#object.setWithTitle(reason)
      this.#operation.set('')
      this.#holder.set('')
      this.#row.toggleAttribute('data-error', thread.error !== undefined)
    } else {
      const { object, operation } = describeWait(process, thread)
      this.#object.setWithTitle(object === '' ? noValueText : shortenList(object), object)
      this.#operation.set(operation)
      this.#holder.setWithTitle(holderText(process, thread))
    }
    this.#row.toggleAttribute('data-long', this.#isLong())
  }

  /** Returns whether a text may not fit its cell. */
  #isLong(): boolean {
    const wait = this.#object.text.length + this.#operation.text.length
    return wait > maxWaitLength || this.#holder.text.length > maxHolderLength
  }

  #paintState(state: ThreadState): void {
    if (state === this.#shown) return
    this.#shown = state
    this.#row.dataset.state = state
    this.#state.set(stateText(stateCode[state]))
  }

  #paintGlyph(shape: string): void {
    if (shape === this.#shape) return
    this.#shape = shape
    this.#glyph.setAttribute('d', shape)
  }

  #paintSince(since: number, at: number): void {
    const step = at - since < slowSinceThreshold ? sinceInterval : slowSinceInterval
    // Counted from 1970, so that all rows change in the same frame.
    const ticked = Math.floor(at / step) * step
    if (since === this.#since && ticked === this.#ticked) return
    this.#since = since
    this.#ticked = ticked
    this.#sinceCell.set(
      formatElapsed((step === slowSinceInterval ? Math.max(ticked, since + slowSinceThreshold) : at) - since),
    )
  }
}

/** Returns the first of several objects and the number of the others. The title lists all of them. */
function shortenList(objects: string): string {
  const [first = '', ...others] = objects.split(', ')
  return others.length === 0 ? first : `${first} +${others.length}`
}
