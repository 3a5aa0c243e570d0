import { add, load, store } from './atomic.ts'
import { me, words } from './memory.ts'
import { Existing, type NameOptions, Primitive, receivable } from './primitive.ts'
import { afterAct, beforeAct, isWatched } from './watch.ts'

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
  #seen: number | undefined
  #reader = 0

  /** Throws TypeError for a value that is no 32-bit whole number. */
  constructor(options: CellOptions | Existing = {}) {
    if (!(options instanceof Existing)) check(options.value ?? 0)
    super('Cell', options)
    if (!(options instanceof Existing)) words[this.word] = options.value ?? 0
  }

  get value(): number {
    if (isWatched()) beforeAct(this.id, 'read')
    // Seen first: a write that comes between the two counts as one that was not seen.
    this.#seen = load(this.field(writesField))
    this.#reader = me
    const value = load(this.word)
    if (isWatched()) afterAct(this.id, 'read', value)
    return value
  }

  /** Throws TypeError for what is no 32-bit whole number. */
  set value(value: number) {
    check(value)
    if (isWatched()) beforeAct(this.id, 'write')
    store(this.word, value)
    const writes = add(this.field(writesField), 1)
    if (this.#reader === me && this.#seen !== undefined && this.#seen !== writes)
      add(this.field(lostField), 1)
    this.#seen = undefined
    if (isWatched()) afterAct(this.id, 'write', value)
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
receivable('Cell', Cell)

function check(value: number): void {
  if ((value | 0) !== value) throw new TypeError('a cell holds a 32-bit whole number')
}
