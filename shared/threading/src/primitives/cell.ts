import { add, load, store } from '../core/atomic.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { HandleRef, registerKind, registerSnapshot } from '../core/kind-registry.ts'
import { me, words } from '../core/memory.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'

const writesField = 0
const lostField = 1

export interface CellOptions extends NameOptions {
  /** Its number at the start, 0 where it is not given. */
  readonly value?: number
}

/**
 * A number in shared memory that any thread reads and writes, with nothing that keeps them apart: what a plain
 * variable is to Python's threads. It can be watched, and it counts its lost updates: writes by a thread that had read
 * the number before another wrote it.
 */
export class Cell extends Primitive {
  /** How often it had been written when this thread read it, undefined once it has written itself. */
  #seenWrites: number | undefined
  #reader = 0

  /** Throws TypeError for a value that is no 32-bit whole number. */
  constructor(options: CellOptions | HandleRef = {}) {
    if (!(options instanceof HandleRef)) checkInt32(options.value ?? 0)
    super('Cell', options)
    if (!(options instanceof HandleRef)) words[this.word] = options.value ?? 0
  }

  get value(): number {
    beforeOperation(this.id, 'read')
    // Seen first: a write that comes between the two counts as one that was not seen.
    this.#seenWrites = load(this.field(writesField))
    this.#reader = me
    const value = load(this.word)
    afterOperation(this.id, 'read', value)
    return value
  }

  /** Throws TypeError for what is no 32-bit whole number. */
  set value(value: number) {
    checkInt32(value)
    beforeOperation(this.id, 'write')
    store(this.word, value)
    const writes = add(this.field(writesField), 1)
    if (this.#reader === me && this.#seenWrites !== undefined && this.#seenWrites !== writes)
      add(this.field(lostField), 1)
    this.#seenWrites = undefined
    afterOperation(this.id, 'write', value)
  }

  /** The number, for who only watches: it is no reading. */
  peek(): number {
    return load(this.word)
  }

  /** Updates that were overwritten by a thread that had read the number before them. */
  get lost(): number {
    return load(this.field(lostField))
  }
}
registerKind('Cell', Cell)
registerSnapshot('Cell', (cell: Cell) => ({ value: cell.peek(), lost: cell.lost }))

function checkInt32(value: number): void {
  if ((value | 0) !== value) throw new TypeError('a cell holds a 32-bit whole number')
}
