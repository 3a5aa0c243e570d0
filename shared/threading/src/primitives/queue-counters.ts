import { load, store } from '../core/atomic.ts'
import { words } from '../core/memory.ts'

/** The words of a queue's counters. */
export interface CounterWords {
  readonly added: number
  readonly taken: number
  readonly knownAdded: number
  readonly knownTaken: number
}

/**
 * How many items a queue holds: two counters, which only grow and wrap.
 *
 *   word        what it counts                         who writes it
 *   ----------  -------------------------------------  ------------------------------------------
 *   added       items that were put                    the thread that is in the producers' guard
 *   taken       items that were got                    the thread that is in the consumers' guard
 *   knownTaken  `taken`, when a producer last read it  the thread that is in the producers' guard
 *   knownAdded  `added`, when a consumer last read it  the thread that is in the consumers' guard
 *
 * An item is in the queue from the step that raises `added` to the step that raises `taken`. What one side knows of the
 * other's counter never exceeds it, so most operations do not read the other side's cache line. It is at most one ring
 * behind, whichever threads operate on the queue: so the differences cannot overflow.
 */
export class QueueCounters {
  readonly #fields: CounterWords

  constructor(counterWords: CounterWords) {
    this.#fields = counterWords
  }

  get added(): number {
    return load(this.#fields.added)
  }

  get taken(): number {
    return load(this.#fields.taken)
  }

  /** The number of items. Both guards must be held. */
  get guardedSize(): number {
    return (words[this.#fields.added]! - words[this.#fields.taken]!) | 0
  }

  /** The number of items at one moment. */
  get size(): number {
    // Items that pass the queue between the two reads are not in it: they would be counted.
    for (let taken = this.taken; ; ) {
      const size = (this.added - taken) | 0
      const takenAfter = this.taken
      if (taken === takenAfter) return size
      taken = takenAfter
    }
  }

  /** Whether the queue holds fewer than `limit` items. The producers' guard must be held. */
  isBelow(limit: number): boolean {
    const added = words[this.#fields.added]!
    if (((added - words[this.#fields.knownTaken]!) | 0) < limit) return true
    const taken = this.taken
    words[this.#fields.knownTaken] = taken
    return ((added - taken) | 0) < limit
  }

  /** Whether the queue holds an item. The consumers' guard must be held. */
  hasItem(): boolean {
    return this.hasMoreThan(0)
  }

  /** Whether the queue holds more than `limit` items. The consumers' guard must be held. */
  hasMoreThan(limit: number): boolean {
    const taken = words[this.#fields.taken]!
    if (((words[this.#fields.knownAdded]! - taken) | 0) > limit) return true
    const added = this.added
    words[this.#fields.knownAdded] = added
    return ((added - taken) | 0) > limit
  }

  /** Counts an item that was written. The producers' guard must be held. */
  countPut(): void {
    store(this.#fields.added, (words[this.#fields.added]! + 1) | 0)
  }

  /** Counts an item that was read. The consumers' guard must be held. */
  countGet(): void {
    store(this.#fields.taken, (words[this.#fields.taken]! + 1) | 0)
  }
}
