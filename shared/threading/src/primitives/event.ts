import { load, store } from '../core/atomic.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import { type HandleRef, type NameOptions, Primitive, registerKind } from '../core/primitive.ts'
import { operationFailed } from '../core/process-view.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { grantAll } from '../core/wait-list.ts'

const waiterList = 0

/**
 * A flag that threads can wait for, down at first. Who waits is woken by `set` itself and does not look at the flag
 * again: a `clear` that follows takes nothing from it.
 */
export class Event extends Primitive {
  constructor(options: NameOptions | HandleRef = {}) {
    super('Event', options)
  }

  /** Whether the flag is up. */
  isSet(): boolean {
    return load(this.word) === 1
  }

  /** Sets the flag and releases all who wait at this moment, even if `clear` follows at once. */
  set(): void {
    if (isInstrumented()) beforeOperation(this.id, 'set')
    this.enter()
    store(this.word, 1)
    if (isInstrumented()) afterOperation(this.id, 'set', 1)
    grantAll(this.id, waiterList)
    this.leave()
  }

  /** Takes the flag down: who waits from now on sleeps until the next `set`. */
  clear(): void {
    if (isInstrumented()) beforeOperation(this.id, 'clear')
    this.enter()
    store(this.word, 0)
    this.leave()
    if (isInstrumented()) afterOperation(this.id, 'clear', 0)
  }

  /**
   * Waits until the flag is set, `timeout` milliseconds at the most (undefined: for ever; 0 or less: not at all).
   * Returns whether it was. Throws TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    const time = normalizeTimeout(timeout)
    if (isInstrumented()) beforeOperation(this.id, 'wait')
    return this.recordWait(this.isSet() || this.waitUnless(() => this.isSet(), waiterList, 'wait', time))
  }

  /** As `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    const time = normalizeTimeout(timeout)
    return this.recordWait(
      this.isSet() || (await this.waitUnlessAsync(() => this.isSet(), waiterList, 'wait', time)),
    )
  }

  private recordWait(wasSet: boolean): boolean {
    if (isInstrumented()) afterOperation(this.id, 'wait', wasSet ? 1 : operationFailed)
    return wasSet
  }
}
registerKind('Event', Event)
