import { compareAndSet, load, sleepAsync, store, wake } from './atomic.ts'
import { now } from './clock.ts'
import { RuntimeError, ThreadKilled } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import {
  maxWaitRecords,
  object,
  objectAt,
  thread,
  threadAt,
  waitObject,
  waitOperationCode,
  waitOutcome,
  waitRecord,
  waitRecordAt,
} from './layout.ts'
import { canBlock, doubles, me, mySlot, words } from './memory.ts'
import { sleepWithPolls } from './thread-poll.ts'
import { awaitTermination, enterWait, isKilled, leaveWait } from './thread-state.ts'
import { traceWake } from './trace-ring.ts'
import type { WaitOperation } from './vocabulary.ts'

/**
 * Wait lists: the threads that wait for an object, in their order of arrival. A waiter queues a wait record under the
 * object's guard, leaves the guard and sleeps on the record's own word. The waker unlinks the record under the guard
 * and grants it. So a wake-up is meant for one waiter, cannot be lost before the waiter sleeps, and cannot be taken by
 * another thread. (WebKit's parking lot, with the queue in the object.)
 */

const { waiting, granted, hinted, interrupted, refused } = waitOutcome

/** What a waiter does next. */
type WaitStatus =
  | { readonly kind: 'granted' }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'sleep'; readonly ms: number }

const statusGranted: WaitStatus = { kind: 'granted' }
const statusTimedOut: WaitStatus = { kind: 'timedOut' }
const statusSleepWithoutLimit: WaitStatus = { kind: 'sleep', ms: Infinity }

/** The result of a waiter's attempt to leave its list. */
type Departure = 'left' | 'decidedBefore' | 'mustStay'

/** Whether this wait was granted or refused, so that its thread only has to wake. */
export function isDecided(record: number): boolean {
  const word = load(record + waitRecord.outcome)
  return word === granted || word === refused
}

export interface Waiter {
  readonly record: number
  readonly objectId: number
  readonly list: number
  readonly operation: WaitOperation
  /** Milliseconds since 1970. */
  readonly since: number
  /** True after a wait that was ended by `refuseAll`. */
  isRefused: boolean
  /** Called under the guard at the timeout. If it returns false, the wait goes on without a timeout. */
  onTimeout?: () => boolean
}

/** Queues this thread behind the others. The object's guard must be held. */
export function enqueue(objectId: number, list: number, operation: WaitOperation, index = mySlot): Waiter {
  const record = waitRecordAt(index)
  const first = objectAt(objectId) + object.lists + list * 2
  const last = words[first + 1]!
  const since = now()
  words[record + waitRecord.sequence]!++
  words[record + waitRecord.outcome] = waiting
  words[record + waitRecord.ident] = me
  words[record + waitRecord.next] = 0
  words[record + waitRecord.previous] = last
  words[record + waitRecord.list] = list
  words[record + waitRecord.operation] = waitOperationCode(operation)
  words[record + waitRecord.waker] = 0
  words[record + waitRecord.arrival] = countArrival(objectAt(objectId) + object.lastArrival)
  words[record + waitRecord.initialWord] = words[objectAt(objectId) + object.word]!
  doubles[(record + waitRecord.since) >> 1] = since
  // Stored after the other fields: see `waitRecord.sequence`.
  store(record + waitRecord.object, waitObject(objectId))
  // Stored last: other threads read the list's head without the guard.
  if (last === 0) store(first, record)
  else words[last + waitRecord.next] = record
  store(first + 1, record)
  return { record, objectId, list, operation, since, isRefused: false }
}

/** Skips 0, which is none in `object.grantLimit`. */
function countArrival(word: number): number {
  const arrival = (words[word]! + 1) | 0 || 1
  words[word] = arrival
  return arrival
}

/** Unlinks a record from its list. The object's guard must be held. */
export function unlink(record: number): void {
  const first =
    objectAt(words[record + waitRecord.object]!) + object.lists + words[record + waitRecord.list]! * 2
  const next = words[record + waitRecord.next]!
  const previous = words[record + waitRecord.previous]!
  if (previous === 0) store(first, next)
  else words[previous + waitRecord.next] = next
  if (next === 0) store(first + 1, previous)
  else words[next + waitRecord.previous] = previous
}

/** Cancels a wait that was queued in the same guarded section. */
export function cancelWait(waiter: Waiter): void {
  unlink(waiter.record)
  store(waiter.record + waitRecord.object, 0)
}

/** The first waiter's record, 0 when no thread waits. */
export const firstWaiter = (objectId: number, list: number): number =>
  load(objectAt(objectId) + object.lists + list * 2)

/** Whether a thread waits for the object, or has not noticed yet that its wait was decided. */
export function hasWaits(objectId: number): boolean {
  for (let index = 0; index < maxWaitRecords; index++) {
    if (load(waitRecordAt(index) + waitRecord.object) === waitObject(objectId)) return true
  }
  return false
}

/** The wait records of the first `limit` waiters. The guard must be held. */
export function firstWaiters(objectId: number, list: number, limit = Infinity): number[] {
  const records: number[] = []
  let record = firstWaiter(objectId, list)
  for (; record !== 0 && records.length < limit; record = words[record + waitRecord.next]!)
    records.push(record)
  return records
}

/** The number of waiters in a list. The guard must be held. */
export const countWaiters = (objectId: number, list: number): number => firstWaiters(objectId, list).length

/** Unlinks the first waiter and grants it. The guard must be held; call `wakeGranted` outside of it. */
export function grantFirst(objectId: number, list: number, decision: number = granted): number {
  const record = firstWaiter(objectId, list)
  if (record === 0) return 0
  unlink(record)
  words[record + waitRecord.waker] = me
  // The record names its object until the waiter has seen the grant: if this thread dies here, recovery finds the
  // waiter and wakes it.
  store(record + waitRecord.outcome, decision)
  // A thread that ends its own wait to begin another wakes nobody.
  if (decision === granted || words[record + waitRecord.ident] !== me)
    traceWake(objectId, list, words[record + waitRecord.ident]!)
  return record
}

export function wakeGranted(record: number): void {
  if (record !== 0) wake(record + waitRecord.outcome)
}

/** Grants and wakes all current waiters. The guard must be held. */
export function grantAll(objectId: number, list: number, decision: number = granted): void {
  for (;;) {
    const record = grantFirst(objectId, list, decision)
    if (record === 0) return
    wakeGranted(record)
  }
}

/** Wakes the threads that join the thread in a slot. Its state must show before that it has ended. */
export function wakeJoinersOf(slotNumber: number): void {
  const guard = objectAt(slotNumber) + object.guard
  enterGuard(guard)
  grantAll(slotNumber, 0)
  leaveGuard(guard)
}

/** Ends the waits of all current waiters as refused. The guard must be held. */
export function refuseAll(objectId: number, list: number): void {
  grantAll(objectId, list, refused)
}

/**
 * Sleeps until the waiter is granted or its timeout passes, and publishes what it waits for. The guard must not be
 * held. Returns whether it was granted; afterwards it is in no list. A waiter that is hinted at calls `attempt`, and
 * keeps its position in the list if that fails.
 */
export function sleepUntilGranted(waiter: Waiter, timeout: number, attempt?: () => boolean): boolean {
  if (!canBlock) throw cancelOnMain(waiter)
  const deadline = waiter.since + timeout
  enterWait(waiter.objectId, waiter.operation, attempt !== undefined, waiter.since, timeout)
  for (;;) {
    // The wait stays in its list: recovery removes it, and passes on what it was granted.
    checkNotKilled()
    const status = checkStatus(waiter, deadline, attempt)
    if (status.kind !== 'sleep') {
      const isGranted = status.kind === 'granted'
      leaveWait(waiter.objectId, isGranted ? words[waiter.record + waitRecord.waker]! : 0)
      return isGranted
    }
    sleepWithPolls(waiter.record + waitRecord.outcome, waiting, status.ms)
  }
}

/** Like `sleepUntilGranted`, without blocking. The record must come from `takeWaitRecord`. */
export async function waitUntilGrantedAsync(
  waiter: Waiter,
  timeout: number,
  attempt?: () => boolean,
): Promise<boolean> {
  const deadline = waiter.since + timeout
  const releaseEventLoop = holdEventLoop()
  for (;;) {
    // Recovery passes on what a killed thread was granted: the thread must not go on with it.
    if (isKilled()) await awaitTermination()
    const status = checkStatus(waiter, deadline, attempt)
    if (status.kind !== 'sleep') {
      releaseEventLoop()
      return status.kind === 'granted'
    }
    await sleepAsync(waiter.record + waitRecord.outcome, waiting, status.ms)
  }
}

let holdEventLoop: () => () => void = () => () => {}

/** Sets how an asynchronous wait keeps the program alive, on a platform that would end it otherwise. */
export function setEventLoopHold(hold: () => () => void): void {
  holdEventLoop = hold
}

function checkStatus(waiter: Waiter, deadline: number, attempt?: () => boolean): WaitStatus {
  const word = waiter.record + waitRecord.outcome
  if (isDecided(waiter.record)) {
    waiter.isRefused = load(word) === refused
    store(waiter.record + waitRecord.object, 0)
    return statusGranted
  }
  // The hint is cleared before the attempt, so that one that comes after it is not lost.
  if (load(word) === hinted && compareAndSet(word, hinted, waiting) && attempt?.()) {
    leaveList(waiter)
    return statusGranted
  }
  if (deadline === Infinity) return statusSleepWithoutLimit
  const ms = deadline - now()
  return ms > 0 ? { kind: 'sleep', ms } : endAtTimeout(waiter, attempt)
}

function endAtTimeout(waiter: Waiter, attempt?: () => boolean): WaitStatus {
  const departure = leaveList(waiter)
  if (departure === 'mustStay') return statusSleepWithoutLimit
  if (departure === 'decidedBefore') return statusGranted
  // A hint that came at the last moment must not be lost with this wait: the next waiter would sleep on.
  return attempt?.() ? statusGranted : statusTimedOut
}

/**
 * Throws ThreadKilled when `killThread` was called for this thread. Call it before a blocking wait: the thread's record may
 * still stand in the list of a wait that this ended.
 */
export function checkNotKilled(): void {
  if (isKilled()) throw new ThreadKilled('ended from outside')
}

/**
 * Ends the blocking wait of a thread whose `killed` is set. The thread may be about to sleep: changing the word it
 * sleeps on prevents that.
 */
export function interruptWait(slotNumber: number): void {
  const word = waitRecordAt(slotNumber) + waitRecord.outcome
  compareAndSet(word, waiting, interrupted)
  wake(word)
  // It may also be paused before an operation.
  wake(threadAt(slotNumber) + thread.control)
}

/**
 * Makes a waiter try again, and leaves it in the list. The guard must be held, unless at most one thread waits in the
 * list: a record that was reused meanwhile belongs to a waiter that tries once more, or ignores the hint.
 */
export function hintWaiter(record: number): void {
  if (!compareAndSet(record + waitRecord.outcome, waiting, hinted)) return
  words[record + waitRecord.waker] = me
  traceWake(
    words[record + waitRecord.object]!,
    words[record + waitRecord.list]!,
    words[record + waitRecord.ident]!,
  )
  wake(record + waitRecord.outcome)
}

function cancelOnMain(waiter: Waiter): RuntimeError {
  const guard = objectAt(waiter.objectId) + object.guard
  enterGuard(guard)
  cancelWait(waiter)
  leaveGuard(guard)
  return new RuntimeError(`main must not block: use ${waiter.operation}Async`)
}

/** Unlinks the waiter, unless its wait was decided before or its `onTimeout` returns false. */
function leaveList(waiter: Waiter): Departure {
  const guard = objectAt(waiter.objectId) + object.guard
  enterGuard(guard)
  const wasDecided = isDecided(waiter.record)
  const mayLeave = wasDecided || (waiter.onTimeout?.() ?? true)
  if (mayLeave && !isDecided(waiter.record)) unlink(waiter.record)
  if (mayLeave) store(waiter.record + waitRecord.object, 0)
  waiter.isRefused = load(waiter.record + waitRecord.outcome) === refused
  leaveGuard(guard)
  if (wasDecided) return 'decidedBefore'
  return mayLeave ? 'left' : 'mustStay'
}
