import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
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
import { acquireRestore, acquireRestoreAsync, releaseSave } from './owned-lock.ts'
import { RLock } from './rlock.ts'

const waiterList = 0
const lockField = 0
/** 1 where the lock was made for this condition. */
const ownsLockField = 1

export interface ConditionOptions extends NameOptions {
  /** The lock it works with; an RLock of its own where none is given. */
  readonly lock?: Lock | RLock
}

/**
 * Lets threads wait until another says that something changed (the monitors of Mesa: Lampson and Redell 1980).
 * All but `notify`'s caller and the waiters it wakes sleep on: a waiter queues itself before it gives the lock up,
 * so no signal can pass unseen, and sleeps on a word of its own, so none wakes unasked. Between a `notify` and the
 * moment when the waiter has the lock back, others may come: wait in a `while`, or with `waitFor`.
 */
export class Condition extends Holdable {
  readonly lock: Lock | RLock

  constructor(options: ConditionOptions | HandleRef = {}) {
    super('Condition', options)
    this.lock = options instanceof HandleRef ? this.#attachLock() : this.#makeLock(options)
  }

  /** Like the lock's: milliseconds, −1 for forever. */
  acquire(blocking = true, timeout = -1): boolean {
    return this.lock.acquire(blocking, timeout)
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  acquireAsync(timeout = -1): Promise<boolean> {
    return this.lock.acquireAsync(timeout)
  }

  /** Throws RuntimeError when this thread does not hold the lock. */
  release(): void {
    this.lock.release()
  }

  /**
   * Gives the lock up, whatever its depth, waits for a `notify` or `timeout` milliseconds (undefined: forever; 0 or
   * less: not at all), and takes the lock back, however long that takes. Returns false when the time was up. Throws
   * RuntimeError when this thread does not hold the lock, TypeError for a timeout that is no number.
   */
  wait(timeout?: number): boolean {
    this.#checkHeld('wait')
    const time = normalizeTimeout(timeout)
    if (!canBlock) throw new RuntimeError('main must not block: use waitAsync')
    beforeOperation(this.id, 'wait')
    const waiter = this.#enqueueWaiter(mySlot)
    const depth = releaseSave(this.lock)
    try {
      return sleepUntilGranted(waiter, time)
    } finally {
      acquireRestore(this.lock, depth)
    }
  }

  /** As `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    this.#checkHeld('wait')
    const time = normalizeTimeout(timeout)
    const waiter = this.#enqueueWaiter(takeWaitRecord())
    const depth = releaseSave(this.lock)
    try {
      return await waitUntilGrantedAsync(waiter, time)
    } finally {
      await acquireRestoreAsync(this.lock, depth)
    }
  }

  /**
   * Waits until `predicate` holds, at most `timeout` milliseconds in total. Returns its last value, which is falsy
   * when the time was up. Throws as `wait` does, and what `predicate` throws; the lock is then held.
   */
  waitFor<Value>(predicate: () => Value, timeout?: number): Value {
    const end = now() + normalizeTimeout(timeout)
    let value = predicate()
    while (!value) {
      const left = end - now()
      if (left <= 0) break
      this.wait(left === Infinity ? undefined : left)
      value = predicate()
    }
    return value
  }

  /** As `waitFor`, for threads that must not block. */
  async waitForAsync<Value>(predicate: () => Value, timeout?: number): Promise<Value> {
    const end = now() + normalizeTimeout(timeout)
    let value = predicate()
    while (!value) {
      const left = end - now()
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

  /** Queued before the lock is given up: no signal can pass between the two. */
  #enqueueWaiter(nodeIndex: number): Waiter {
    this.enter()
    const waiter = enqueue(this.id, waiterList, 'wait', nodeIndex)
    const waiting = isInstrumented() ? countWaiters(this.id, waiterList) : 0
    this.leave()
    afterOperation(this.id, 'wait', waiting)
    return waiter
  }

  /** A waiter that was woken still has to take the lock back. */
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

  #checkHeld(operation: string): void {
    this.checkLive()
    if (this.lock.owner !== me)
      throw new RuntimeError(`${operation} needs the lock of ${this.name} to be held`)
  }

  #makeLock({ lock, name }: ConditionOptions): Lock | RLock {
    const own = lock ?? new RLock(name === undefined ? {} : { name })
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
