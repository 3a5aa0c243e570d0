import { load, store } from '../core/atomic.ts'
import { words } from '../core/memory.ts'

/**
 * How many items a queue holds: two counters, which only grow and wrap.
 *
 *   word    what it counts       who writes it
 *   ------  -------------------  --------------------------------------------------------
 *   added   items that were put  the thread that is in the producers' guard
 *   taken   items that were got  the thread that is in the consumers' guard, and recovery
 *
 * An item is in the queue from the step that raises `added` to the step that raises `taken`.
 */
export class QueueCounters {
  readonly #addedWord: number
  readonly #takenWord: number
  /** What this thread last read of each counter. It never exceeds the counter, so most calls do not read the other side's cache line. */
  #knownAdded: number
  #knownTaken: number

  constructor(addedWord: number, takenWord: number) {
    this.#addedWord = addedWord
    this.#takenWord = takenWord
    this.#knownAdded = this.#knownTaken = load(takenWord)
  }

  get added(): number {
    return load(this.#addedWord)
  }

  get taken(): number {
    return load(this.#takenWord)
  }

  get size(): number {
    // `taken` is read first: it cannot exceed an `added` that is read later.
    const taken = this.taken
    return (this.added - taken) | 0
  }

  /** Whether the queue holds fewer than `limit` items. The producers' guard must be held. */
  isBelow(limit: number): boolean {
    const added = words[this.#addedWord]!
    if (((added - this.#knownTaken) | 0) < limit) return true
    this.#knownTaken = this.taken
    return ((added - this.#knownTaken) | 0) < limit
  }

  /** Whether the queue holds an item. The consumers' guard must be held. */
  hasItem(): boolean {
    const taken = words[this.#takenWord]!
    if (((this.#knownAdded - taken) | 0) > 0) return true
    this.#knownAdded = this.added
    return ((this.#knownAdded - taken) | 0) > 0
  }

  /** Counts an item that was written. The producers' guard must be held. */
  countPut(): void {
    store(this.#addedWord, (words[this.#addedWord]! + 1) | 0)
  }

  /** Counts an item that was read. The consumers' guard must be held. */
  countGet(): void {
    store(this.#takenWord, (words[this.#takenWord]! + 1) | 0)
  }

  /** For recovery: counts all but `size` items as got. Both guards must be held. */
  shrinkTo(size: number): void {
    store(this.#takenWord, (this.added - size) | 0)
  }
}
