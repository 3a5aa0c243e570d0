import { add, load, store } from '../core/atomic.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { HandleRef, registerKind, registerSnapshot } from '../core/kind-registry.ts'
import { me, words } from '../core/memory.ts'
import { checkInteger } from '../core/numbers.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'

/**
 * A number, and how often an update of it was lost.
 *
 *   word or field  what it holds             who writes it
 *   -------------  ------------------------  -----------------------------------------------------
 *   word           the number                any thread, without regard to the others
 *   writes         how often it was written  every writer, by an atomic add
 *   lost           updates that were lost    a writer that had read before another thread wrote
 */

const writesField = 0
const lostField = 1

export interface CellOptions extends NameOptions {
  /** The number at the start; 0 by default. */
  readonly value?: number
}

/**
 * A number in shared memory that any thread reads and writes without mutual exclusion, like a plain variable of Python's
 * threads. Its reads and writes can be watched. It counts lost updates: a thread writes after it read the number, and
 * another thread has written in between.
 */
export class Cell extends Primitive {
  /** How often the number had been written when this thread last read it; undefined after a write of this thread. */
  #seenWrites: number | undefined
  #reader = 0

  /** Throws TypeError for a value that is not an integer, ValueError for one that does not fit 32 bits. */
  constructor(options: CellOptions | HandleRef = {}) {
    if (!(options instanceof HandleRef)) checkInteger(options.value ?? 0, 'the value of a cell')
    super('Cell', options)
    if (!(options instanceof HandleRef)) words[this.word] = options.value ?? 0
  }

  get value(): number {
    beforeOperation(this.id, 'read')
    // Read before the number: a write between the two counts as one that this thread has not seen.
    this.#seenWrites = load(this.field(writesField))
    this.#reader = me
    const value = load(this.word)
    afterOperation(this.id, 'read', value)
    return value
  }

  /** Throws TypeError for a value that is not an integer, ValueError for one that does not fit 32 bits. */
  set value(value: number) {
    checkInteger(value, 'the value of a cell')
    beforeOperation(this.id, 'write')
    store(this.word, value)
    const writes = add(this.field(writesField), 1)
    if (this.#reader === me && this.#seenWrites !== undefined && this.#seenWrites !== writes)
      add(this.field(lostField), 1)
    this.#seenWrites = undefined
    afterOperation(this.id, 'write', value)
  }

  /** Returns the number for a view. This does not count as a read. */
  peek(): number {
    return load(this.word)
  }

  /** Updates that were overwritten by a thread that had read the number before them. */
  get lost(): number {
    this.checkLive()
    return load(this.field(lostField)) >>> 0
  }
}
registerKind('Cell', Cell)
registerSnapshot('Cell', (cell: Cell) => ({ value: cell.peek(), lost: cell.lost }))
