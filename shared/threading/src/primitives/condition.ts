import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  attachHandle,
  HandleRef,
  registerKind,
  registerRepair,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { maxObjectRecords, object, waitRecord } from '../core/layout.ts'
import { canBlock, isLive, me, mySlot, words } from '../core/memory.ts'
import { checkInteger, compareWrapping } from '../core/numbers.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import {
  checkNotKilled,
  countWaiters,
  enqueue,
  firstWaiter,
  firstWaiters,
  hasWaits,
  sleepUntilGranted,
  type Waiter,
  waitUntilGrantedAsync,
  wakeGranted,
} from '../core/wait-list.ts'
import { beginGrants, carryOutGrants, endGrants, hasBegunGrants } from '../core/waits/group-grants.ts'
import { releaseWaitRecord, takeWaitRecord } from '../core/waits/wait-records.ts'
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
 *
 * `notify` notes in the wait records whom it notifies, and then decides that in one step, after which recovery completes
 * it. A waiter clears its note before `wait` returns. If it dies earlier, recovery passes the notification on to the first
 * thread that still waits and waited at the moment of `notify`: a thread that came later is not woken.
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
  static {
    registerRepair('Condition', (condition: Condition, _dead, undelivered) => condition.#repair(undelivered))
  }

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

  /** Whether a thread holds the lock. */
  locked(): boolean {
    this.checkLive()
    return this.lock.locked()
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
    checkNotKilled()
    const waiter = this.#enqueueWaiter(mySlot)
    const depth = releaseSave(this.lock)
    let isNotified: boolean
    try {
      isNotified = sleepUntilGranted(waiter, limit)
    } finally {
      acquireRestore(this.lock, depth)
    }
    this.#receive(waiter)
    return isNotified
  }

  /** Like `wait`, for threads that must not block. */
  async waitAsync(timeout?: number): Promise<boolean> {
    this.#checkHeld('wait')
    const limit = normalizeTimeout(timeout)
    const index = takeWaitRecord()
    try {
      const waiter = this.#enqueueWaiter(index)
      const depth = releaseSave(this.lock)
      const isNotified = await waitUntilGrantedAsync(waiter, limit)
      // In the same record: there may be no other.
      await acquireRestoreAsync(this.lock, depth, index)
      this.#receive(waiter)
      return isNotified
    } finally {
      releaseWaitRecord(index)
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

  /**
   * Wakes the `count` threads that have waited longest. Throws RuntimeError when the lock is not held, ValueError for a
   * count that does not fit 32 bits, TypeError for one that is not an integer.
   */
  notify(count = 1): void {
    checkInteger(count, 'the number of threads to notify')
    this.#notify(count)
  }

  /** Wakes all threads that wait. Throws RuntimeError when the lock is not held. */
  notifyAll(): void {
    this.#notify(Infinity)
  }

  #notify(count: number): void {
    this.#checkHeld('notify')
    beforeOperation(this.id, 'notify')
    // No thread begins to wait meanwhile: this one has the lock.
    const notified = count > 0 && firstWaiter(this.id, waiterList) !== 0 ? this.#notifyFirst(count) : []
    for (const record of notified) wakeGranted(record)
    afterOperation(this.id, 'notify', notified.length)
  }

  /** Returns the wait records to wake. */
  #notifyFirst(count: number): number[] {
    this.enter()
    const waiters = firstWaiters(this.id, waiterList, count)
    const last = waiters.at(-1)
    const notified = last === undefined ? [] : this.#notifyUpTo(last, waiters)
    this.leave()
    return notified
  }

  /** The guard must be held. */
  #notifyUpTo(last: number, waiters: readonly number[]): number[] {
    for (const record of waiters) {
      words[record + waitRecord.notificationLimit] = words[this.record + object.lastArrival]!
      words[record + waitRecord.notification] = this.id
    }
    beginGrants(this.id, last)
    return this.#completeNotify()
  }

  #completeNotify(): number[] {
    const notified = carryOutGrants(this.id, waiterList)
    endGrants(this.id)
    return notified
  }

  /** The wait is over, and this thread has the lock. */
  #receive({ record }: Waiter): void {
    words[record + waitRecord.notification] = 0
  }

  /** Completes what a dead thread notified, and passes on its own notifications. */
  #repair(undelivered: readonly number[]): void {
    const notified = hasBegunGrants(this.id) ? this.#completeNotify() : []
    // It may have died before it decided to notify them.
    for (const record of firstWaiters(this.id, waiterList)) words[record + waitRecord.notification] = 0
    for (const record of undelivered)
      notified.push(...this.#passOn(words[record + waitRecord.notificationLimit]!))
    for (const record of notified) wakeGranted(record)
  }

  /** Notifies the first waiter if it was waiting when the condition had had this number of arrivals. */
  #passOn(limit: number): number[] {
    const first = firstWaiter(this.id, waiterList)
    const isEarlier = first !== 0 && compareWrapping(words[first + waitRecord.arrival]!, limit) <= 0
    return isEarlier ? this.#notifyUpTo(first, [first]) : []
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

  /**
   * A condition has no lock where a thread died while it made the condition or disposed of it. Its handle on the lock then
   * throws, and the condition can be disposed of.
   */
  #attachLock(): Lock | RLock {
    const id = words[this.field(lockField)]!
    if (id !== 0 && isLive(id)) return attachHandle(id) as Lock | RLock
    // No object has the id `maxObjectRecords`.
    return new RLock(new HandleRef(id || maxObjectRecords))
  }
}
registerKind('Condition', Condition)
registerSnapshot('Condition', ({ lock }: Condition) => ({ holder: lock.owner || undefined }))
