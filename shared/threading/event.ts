import { load, store } from './atomic.ts'
import { type Existing, type NameOptions, Primitive, receivable } from './primitive.ts'
import { patience } from './timeout.ts'
import { noSuccess } from './view.ts'
import { grantAll } from './waiting.ts'
import { afterAct, beforeAct, isWatched } from './watch.ts'

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
    if (isWatched()) beforeAct(this.id, 'set')
    this.enter()
    store(this.word, 1)
    if (isWatched()) afterAct(this.id, 'set', 1)
    grantAll(this.id, waiters)
    this.leave()
  }

  /** Takes the flag down: who waits from now on sleeps until the next `set`. */
  clear(): void {
    if (isWatched()) beforeAct(this.id, 'clear')
    this.enter()
    store(this.word, 0)
    this.leave()
    if (isWatched()) afterAct(this.id, 'clear', 0)
  }

  /**
   * Waits until the flag is set, `timeout` milliseconds at the most (undefined: for ever; 0 or less: not at all).
   * Returns whether it was. Throws TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    const time = patience(timeout)
    if (isWatched()) beforeAct(this.id, 'wait')
    return this.tell(this.isSet() || this.waitUnless(() => this.isSet(), waiters, 'wait', time))
  }

  /** As `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    const time = patience(timeout)
    return this.tell(this.isSet() || (await this.waitUnlessAsync(() => this.isSet(), waiters, 'wait', time)))
  }

  private tell(wasSet: boolean): boolean {
    if (isWatched()) afterAct(this.id, 'wait', wasSet ? 1 : noSuccess)
    return wasSet
  }
}
receivable('Event', Event)
