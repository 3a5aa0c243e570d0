import { load, store } from './atomic.ts'
import { type Existing, type NameOptions, Primitive, receivable } from './primitive.ts'
import { patience } from './timeout.ts'
import { grantAll } from './waiting.ts'

const waiters = 0

/**
 * A flag that threads can wait for, down at first. Who waits is woken by `set` itself and does not look at the flag
 * again: a `clear` that follows takes nothing from it.
 */
export class Event extends Primitive {
  constructor(options: NameOptions | Existing = {}) {
    super('Event', options)
  }

  /** Whether the flag is up. */
  isSet(): boolean {
    return load(this.word) === 1
  }

  /** Sets the flag and releases all who wait at this moment, even if `clear` follows at once. */
  set(): void {
    this.enter()
    store(this.word, 1)
    grantAll(this.id, waiters)
    this.leave()
  }

  /** Takes the flag down: who waits from now on sleeps until the next `set`. */
  clear(): void {
    this.enter()
    store(this.word, 0)
    this.leave()
  }

  /**
   * Waits until the flag is set, `timeout` milliseconds at the most (undefined: for ever; 0 or less: not at all).
   * Returns whether it was. Throws TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    return this.isSet() || this.waitUnless(() => this.isSet(), waiters, 'wait', patience(timeout))
  }

  /** As `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    return this.isSet() || this.waitUnlessAsync(() => this.isSet(), waiters, 'wait', patience(timeout))
  }
}
receivable('Event', Event)
