import { compareAndSet, load, sleep, sleepAsync, store, wake } from './atomic.ts'
import { now } from './clock.ts'
import { MemoryError, RuntimeError, ThreadKilled } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import {
  header,
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  thread,
  threadAt,
  waitOperationCode,
  waitRecord,
  waitRecordAt,
} from './layout.ts'
import { canBlock, doubles, me, mySlot, words } from './memory.ts'
import type { WaitOperation } from './process-view.ts'
import { enterWait, leaveWait } from './thread-state.ts'
import { traceWake } from './trace-ring.ts'

/**
 * Wait lists: who waits for an object, first come first. A waiter queues a node under the object's guard,
 * leaves the guard and sleeps on the node's own word; who makes its wish true takes the node off the list
 * under the guard and grants it. So a wake-up is for one waiter, cannot come before its sleep is counted,
 * and is never taken by another. (The parking lot of WebKit, with the queue in the object.)
 */

const granted = 1
const hinted = 2
const interrupted = 3
const refused = 4

/** Whether the wait of this node is decided, and its thread only has to wake. */
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
  /** Asked under the guard when its time is up; false has it wait on without a timeout. */
  onTimeout?: () => boolean
}

/** Queues this thread behind the others. The object's guard must be held. */
export function enqueue(objectId: number, list: number, operation: WaitOperation, index = mySlot): Waiter {
  const record = waitRecordAt(index)
  const first = objectAt(objectId) + object.lists + list * 2
  const last = words[first + 1]!
  const since = now()
  words[record + waitRecord.outcome] = 0
  words[record + waitRecord.ident] = me
  words[record + waitRecord.next] = 0
  words[record + waitRecord.previous] = last
  words[record + waitRecord.list] = list
  words[record + waitRecord.operation] = waitOperationCode(operation)
  words[record + waitRecord.waker] = 0
  doubles[(record + waitRecord.since) >> 1] = since
  words[record + waitRecord.object] = objectId
  // Seen by those who look at the list's head without the guard: stored last.
  if (last === 0) store(first, record)
  else words[last + waitRecord.next] = record
  store(first + 1, record)
  return { record, objectId, list, operation, since, isRefused: false }
}

/** Takes a node off its list. The object's guard must be held. */
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

/** Takes back a wait that was queued in the same guarded section. */
export function cancelWait(waiter: Waiter): void {
  unlink(waiter.record)
  store(waiter.record + waitRecord.object, 0)
}

/** The first waiter's node, 0 when nobody waits. */
export const firstWaiter = (objectId: number, list: number): number =>
  load(objectAt(objectId) + object.lists + list * 2)

/** Whether a thread waits for the object, or has not noticed yet that its wait was decided. */
export function hasWaits(objectId: number): boolean {
  for (let index = 0; index < maxWaitRecords; index++) {
    if (load(waitRecordAt(index) + waitRecord.object) === objectId) return true
  }
  return false
}

/** How many wait. The guard must be held. */
export function countWaiters(objectId: number, list: number): number {
  let count = 0
  for (let record = firstWaiter(objectId, list); record !== 0; record = words[record + waitRecord.next]!)
    count++
  return count
}

/** Takes the first waiter off the list and grants it. The guard must be held; `wakeGranted` follows outside. */
export function grantFirst(objectId: number, list: number, decision = granted): number {
  const record = firstWaiter(objectId, list)
  if (record === 0) return 0
  unlink(record)
  words[record + waitRecord.waker] = me
  // The node still names its object until its waiter has seen the grant: should this thread die right
  // here, the waiter is found and woken.
  store(record + waitRecord.outcome, decision)
  traceWake(objectId, list, words[record + waitRecord.ident]!)
  return record
}

export function wakeGranted(record: number): void {
  if (record !== 0) wake(record + waitRecord.outcome)
}

/** Grants and wakes all who wait at this moment. The guard must be held. */
export function grantAll(objectId: number, list: number, decision = granted): void {
  for (;;) {
    const record = grantFirst(objectId, list, decision)
    if (record === 0) return
    wakeGranted(record)
  }
}

/** Ends the wait of all who wait at this moment without what they waited for. The guard must be held. */
export function refuseAll(objectId: number, list: number): void {
  grantAll(objectId, list, refused)
}

/**
 * Sleeps until the waiter is granted or its time is up, and says in memory what it waits for.
 * The guard must not be held. Returns whether it was granted; afterwards it is in no list.
 * A waiter that was only hinted at tries `attempt`, and sleeps on in its place if that fails.
 */
export function sleepUntilGranted(waiter: Waiter, timeout: number, attempt?: () => boolean): boolean {
  if (!canBlock) throw cancelOnMain(waiter)
  const deadline = waiter.since + timeout
  enterWait(waiter.objectId, waiter.operation, attempt !== undefined, waiter.since, timeout)
  for (;;) {
    if (load(threadAt(mySlot) + thread.killed) === 1) throw leaveAsKilled(waiter)
    const outcome = checkOutcome(waiter, deadline, attempt)
    if (typeof outcome === 'boolean') {
      leaveWait(waiter.objectId, outcome ? words[waiter.record + waitRecord.waker]! : 0)
      return outcome
    }
    sleep(waiter.record + waitRecord.outcome, 0, outcome)
  }
}

/** As `sleepUntilGranted`, without sleeping. The waiter's node must come from `takeNode`; it is given back. */
export async function waitUntilGrantedAsync(
  waiter: Waiter,
  timeout: number,
  attempt?: () => boolean,
): Promise<boolean> {
  const deadline = waiter.since + timeout
  const letGo = eventLoop.keepAlive()
  for (;;) {
    const outcome = checkOutcome(waiter, deadline, attempt)
    if (typeof outcome === 'boolean') {
      releaseWaitRecord(waiter.record)
      letGo()
      return outcome
    }
    await sleepAsync(waiter.record + waitRecord.outcome, 0, outcome)
  }
}

/** Keeps the program alive during an asynchronous wait, where its platform would not: set by `node.ts`. */
export const eventLoop: { keepAlive: () => () => void } = { keepAlive: () => () => {} }

/** Whether the wait is over with what it waited for, over without, or how many milliseconds to sleep. */
function checkOutcome(waiter: Waiter, deadline: number, attempt?: () => boolean): boolean | number {
  const word = waiter.record + waitRecord.outcome
  if (isDecided(waiter.record)) {
    waiter.isRefused = load(word) === refused
    store(waiter.record + waitRecord.object, 0)
    return true
  }
  // The hint is taken back before the attempt, so that one that comes after it is not lost.
  if (load(word) === hinted && compareAndSet(word, hinted, 0) && attempt?.()) {
    leaveList(waiter)
    return true
  }
  if (deadline === Infinity) return Infinity
  const left = deadline - now()
  if (left > 0) return left
  const isLeft = leaveList(waiter)
  if (isLeft === undefined) return Infinity
  // A hint that came at the last moment must not die with this wait: the next waiter would sleep on.
  return !isLeft || (attempt?.() ?? false)
}

function leaveAsKilled(waiter: Waiter): ThreadKilled {
  leaveList(waiter)
  return new ThreadKilled('ended from outside')
}

/**
 * Ends the blocking wait of a thread whose `killed` is set. It may be about to sleep: the word it sleeps on is
 * changed, so that it does not.
 */
export function interruptWait(slotNumber: number): void {
  const word = waitRecordAt(slotNumber) + waitRecord.outcome
  compareAndSet(word, 0, interrupted)
  wake(word)
  // It may also stand before an operation, where it is held.
  wake(threadAt(slotNumber) + thread.control)
}

/** Tells the first waiter to try its luck, without taking it off the list. The guard must be held. */
export function hintWaiter(record: number): void {
  if (!compareAndSet(record + waitRecord.outcome, 0, hinted)) return
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

/** Takes the waiter off its list. False when its wait was decided before, undefined when it must wait on. */
function leaveList(waiter: Waiter): boolean | undefined {
  const guard = objectAt(waiter.objectId) + object.guard
  enterGuard(guard)
  const wasDecided = isDecided(waiter.record)
  const mayLeave = wasDecided || (waiter.onTimeout?.() ?? true)
  if (mayLeave && !isDecided(waiter.record)) unlink(waiter.record)
  if (mayLeave) store(waiter.record + waitRecord.object, 0)
  waiter.isRefused = load(waiter.record + waitRecord.outcome) === refused
  leaveGuard(guard)
  return mayLeave ? !wasDecided : undefined
}

/** A node for an asynchronous wait: a thread can have many of these at once. Returns its index. */
export function takeWaitRecord(): number {
  enterGuard(header.waitRecordsGuard)
  try {
    for (let tries = 0, index = nextWaitRecord(); tries < maxWaitRecords; tries++, index = nextWaitRecord()) {
      const record = waitRecordAt(index)
      if (words[record + waitRecord.used] === 0) {
        words[record + waitRecord.used] = 1
        words[record + waitRecord.ident] = me
        return index
      }
    }
  } finally {
    leaveGuard(header.waitRecordsGuard)
  }
  throw new MemoryError(`more than ${maxWaitRecords - maxThreads} asynchronous waits at once`)
}

/** Goes round the nodes behind those of the threads. */
function nextWaitRecord(): number {
  const last = words[header.lastWaitRecord]!
  const next = last < maxThreads || last + 1 >= maxWaitRecords ? maxThreads : last + 1
  words[header.lastWaitRecord] = next
  return next
}

export function releaseWaitRecord(record: number): void {
  store(record + waitRecord.used, 0)
}
