import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import { attachHandle, HandleRef, registerKind, registerSnapshot } from '../core/kind-registry.ts'
import { canBlock, me, mySlot, words } from '../core/memory.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import {
  countWaiters,
  enqueue,
  firstWaiter,
  grantFirst,
  hasWaits,
  sleepUntilGranted,
  takeWaitRecord,
  type Waiter,
  waitUntilGrantedAsync,
  wakeGranted,
} from '../core/wait-list.ts'
import { Holdable } from './holdable.ts'
import type { Lock } from './lock.ts'
import { acquireRestore, acquireRestoreAsync, OwnedLock, releaseSave } from './owned-lock.ts'
import { RLock } from './rlock.ts'

/**
 * CPython's Condition, with the monitor of Mesa (Lampson and Redell 1980).
 *
 *   field     what it holds                          who writes it
 *   --------  -------------------------------------  -----------------------------------
 *   lock      the id of its lock                     the thread that makes the condition
 *   ownsLock  1 if the lock was made for it, else 0  the thread that makes the condition
 *
 * What changes is the list of waiters alone. A waiter queues itself before it releases the lock, so it misses no
 * `notify`. It sleeps on the word of its wait record, so no other waiter's `notify` wakes it.
 */

const waiterList = 0
const lockField = 0
const ownsLockField = 1

export interface ConditionOptions extends NameOptions {
  /** The lock; a new RLock by default. */
  readonly lock?: Lock | RLock
}

/**
 * Lets threads wait until another thread notifies them of a change. Before a waiter has the lock back, other threads can
 * change the state again: wait in a `while`, or with `waitFor`.
 */
export class Condition extends Holdable {
  readonly lock: Lock | RLock

  constructor(options: ConditionOptions | HandleRef = {}) {
    super('Condition', options)
    this.lock =
      options instanceof HandleRef ? this.#attachLock() : this.initialize(() => this.#makeLock(options))
  }

  /** Acquires the lock, waiting at most `timeout` milliseconds (−1: without limit). Returns whether it did. */
  acquire(blocking = true, timeout = -1): boolean {
    this.checkLive()
    return this.lock.acquire(blocking, timeout)
  }

  /** Like `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    this.checkLive()
    return this.lock.acquireAsync(timeout)
  }

  /** Throws RuntimeError when this thread does not hold the lock. */
  release(): void {
    this.checkLive()
    this.lock.release()
  }

  /**
   * Releases the lock, whatever its depth, waits at most `timeout` milliseconds for a `notify` (undefined: without limit;
   * 0 or less: not at all), and acquires the lock again without limit. Returns false after the timeout. Throws
   * RuntimeError when this thread does not hold the lock, TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    this.#checkHeld('wait')
    const limit = normalizeTimeout(timeout)
    if (!canBlock) throw new RuntimeError('main must not block: use waitAsync')
    beforeOperation(this.id, 'wait')
    const waiter = this.#enqueueWaiter(mySlot)
    const depth = releaseSave(this.lock)
    try {
      return sleepUntilGranted(waiter, limit)
    } finally {
      acquireRestore(this.lock, depth)
    }
  }

  /** Like `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    this.#checkHeld('wait')
    const limit = normalizeTimeout(timeout)
    const waiter = this.#enqueueWaiter(takeWaitRecord())
    const depth = releaseSave(this.lock)
    try {
      return await waitUntilGrantedAsync(waiter, limit)
    } finally {
      await acquireRestoreAsync(this.lock, depth)
    }
  }

  /**
   * Waits until `predicate` returns a truthy value, at most `timeout` milliseconds in all. Returns its last value, which is
   * falsy after the timeout. Throws like `wait`, and what `predicate` throws; the lock is then held.
   */
  waitFor<Value>(predicate: () => Value, timeout?: number): Value {
    const deadline = now() + normalizeTimeout(timeout)
    let value = predicate()
    while (!value) {
      const left = deadline - now()
      if (left <= 0) break
      this.wait(left === Infinity ? undefined : left)
      value = predicate()
    }
    return value
  }

  /** Like `waitFor`, for threads that must not block. */
  async waitForAsync<Value>(predicate: () => Value, timeout?: number): Promise<Value> {
    const deadline = now() + normalizeTimeout(timeout)
    let value = predicate()
    while (!value) {
      const left = deadline - now()
      if (left <= 0) break
      await this.waitAsync(left === Infinity ? undefined : left)
      value = predicate()
    }
    return value
  }

  /** Wakes the `count` threads that have waited longest. Throws RuntimeError when the lock is not held. */
  notify(count = 1): void {
    this.#checkHeld('notify')
    beforeOperation(this.id, 'notify')
    let woken = 0
    for (; woken < count && firstWaiter(this.id, waiterList) !== 0; woken++) {
      this.enter()
      const record = grantFirst(this.id, waiterList)
      this.leave()
      wakeGranted(record)
    }
    afterOperation(this.id, 'notify', woken)
  }

  /** Wakes all threads that wait. Throws RuntimeError when the lock is not held. */
  notifyAll(): void {
    this.notify(Infinity)
  }

  /** Queues this thread, which still holds the lock. */
  #enqueueWaiter(recordIndex: number): Waiter {
    this.enter()
    const waiter = enqueue(this.id, waiterList, 'wait', recordIndex)
    // Recorded in the guard, in which waiters can be counted.
    afterOperation(this.id, 'wait', this.#countWaiters)
    this.leave()
    return waiter
  }

  /** A waiter that was woken still has to acquire the lock again. */
  protected override close(): boolean {
    if (hasWaits(this.id)) return false
    if (words[this.field(ownsLockField)] === 0) return true
    try {
      this.lock.dispose()
      return true
    } catch {
      return false
    }
  }

  readonly #countWaiters = (): number => countWaiters(this.id, waiterList)

  #checkHeld(operation: string): void {
    this.checkLive()
    if (this.lock.owner !== me)
      throw new RuntimeError(`${operation} needs the lock of ${this.name} to be held`)
  }

  #makeLock({ lock, name }: ConditionOptions): Lock | RLock {
    const own = lock ?? new RLock(name === undefined ? {} : { name })
    if (!(own instanceof OwnedLock)) throw new TypeError('the lock of a condition is a Lock or an RLock')
    own.locked()
    words[this.field(lockField)] = own.id
    words[this.field(ownsLockField)] = lock === undefined ? 1 : 0
    return own
  }

  #attachLock(): Lock | RLock {
    return attachHandle(words[this.field(lockField)]!) as Lock | RLock
  }
}
registerKind('Condition', Condition)
registerSnapshot('Condition', ({ lock }: Condition) => ({ holder: lock.owner || undefined }))
