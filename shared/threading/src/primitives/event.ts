import { load, store } from '../core/atomic.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { type HandleRef, registerKind, registerRepair, registerSnapshot } from '../core/kind-registry.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { grantAll } from '../core/wait-list.ts'
import { attemptOrWait, attemptOrWaitAsync, type WaitStep } from '../core/waits/waiting.ts'

/**
 * CPython's Event. Its word is the flag: 1 while it is set. Any thread writes it, in the object's guard.
 *
 * `set` ends the waits itself: a waiter that is woken does not read the flag again, so a `clear` that follows at once does
 * not send it back to sleep. Outside of the guard no thread waits while the flag is set. If it is set and threads wait,
 * the thread that set it died before it had granted all: recovery grants the others.
 */

const waiterList = 0

/** A flag that threads can wait for. It is not set at first. */
export class Event extends Primitive {
  static {
    registerRepair('Event', (event: Event) => event.#repair())
  }

  constructor(options: NameOptions | HandleRef = {}) {
    super('Event', options)
  }

  /** Whether the flag is set. */
  isSet(): boolean {
    return load(this.word) === 1
  }

  /** Sets the flag and wakes all threads that wait, even if `clear` follows at once. */
  set(): void {
    beforeOperation(this.id, 'set')
    this.enter()
    store(this.word, 1)
    afterOperation(this.id, 'set', 1)
    grantAll(this.id, waiterList)
    this.leave()
  }

  /** Clears the flag: a thread that waits from now on sleeps until the next `set`. */
  clear(): void {
    beforeOperation(this.id, 'clear')
    this.enter()
    store(this.word, 0)
    this.leave()
    afterOperation(this.id, 'clear', 0)
  }

  /**
   * Waits until the flag is set, at most `timeout` milliseconds (undefined: without limit; 0 or less: not at all).
   * Returns whether it was set. Throws TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    const limit = normalizeTimeout(timeout)
    beforeOperation(this.id, 'wait')
    return this.#recordWait(attemptOrWait(this.id, this.#waiting, limit))
  }

  /** Like `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    const limit = normalizeTimeout(timeout)
    return this.#recordWait(await attemptOrWaitAsync(this.id, this.#waiting, limit))
  }

  #repair(): void {
    if (this.isSet()) grantAll(this.id, waiterList)
  }

  readonly #waiting: WaitStep = { list: waiterList, operation: 'wait', attempt: () => this.isSet() }

  #recordWait(wasSet: boolean): boolean {
    afterOperation(this.id, 'wait', wasSet ? 1 : operationFailed)
    return wasSet
  }
}
registerKind('Event', Event)
registerSnapshot('Event', (event: Event) => ({ flag: event.isSet() }))
