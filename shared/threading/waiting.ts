import { compareAndSet, load, sleep, sleepAsync, store, wake } from './atomic.ts'
import { now } from './clock.ts'
import { MemoryError, RuntimeError, ThreadKilled } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import {
  header,
  maxNodes,
  maxThreads,
  node,
  nodeAt,
  object,
  objectAt,
  operationNumber,
  thread,
  threadAt,
} from './layout.ts'
import { doubles, mayBlock, me, mySlot, words } from './memory.ts'
import { enterWait, leaveWait } from './thread-state.ts'
import { traceWake } from './trace.ts'
import type { Operation } from './view.ts'

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
  const word = load(record + node.granted)
  return word === granted || word === refused
}

export interface Waiter {
  readonly record: number
  readonly objectId: number
  readonly list: number
  readonly operation: Operation
  /** Milliseconds since 1970. */
  readonly since: number
  /** True after a wait that was ended by `refuseAll`. */
  isRefused: boolean
  /** Asked under the guard when its time is up; false has it wait on without a timeout. */
  giveUp?: () => boolean
}

/** Queues this thread behind the others. The object's guard must be held. */
export function enqueue(objectId: number, list: number, operation: Operation, index = mySlot): Waiter {
  const record = nodeAt(index)
  const first = objectAt(objectId) + object.lists + list * 2
  const last = words[first + 1]!
  const since = now()
  words[record + node.granted] = 0
  words[record + node.ident] = me
  words[record + node.next] = 0
  words[record + node.previous] = last
  words[record + node.list] = list
  words[record + node.operation] = operationNumber(operation)
  words[record + node.by] = 0
  doubles[(record + node.since) >> 1] = since
  words[record + node.object] = objectId
  // Seen by those who look at the list's head without the guard: stored last.
  if (last === 0) store(first, record)
  else words[last + node.next] = record
  store(first + 1, record)
  return { record, objectId, list, operation, since, isRefused: false }
}

/** Takes a node off its list. The object's guard must be held. */
export function unlink(record: number): void {
  const first = objectAt(words[record + node.object]!) + object.lists + words[record + node.list]! * 2
  const next = words[record + node.next]!
  const previous = words[record + node.previous]!
  if (previous === 0) store(first, next)
  else words[previous + node.next] = next
  if (next === 0) store(first + 1, previous)
  else words[next + node.previous] = previous
}

/** Takes back a wait that was queued in the same guarded section. */
export function cancel(waiter: Waiter): void {
  unlink(waiter.record)
  store(waiter.record + node.object, 0)
}

/** The first waiter's node, 0 when nobody waits. */
export const firstWaiting = (objectId: number, list: number): number =>
  load(objectAt(objectId) + object.lists + list * 2)

/** How many wait. The guard must be held. */
export function countWaiting(objectId: number, list: number): number {
  let count = 0
  for (let record = firstWaiting(objectId, list); record !== 0; record = words[record + node.next]!) count++
  return count
}

/** Takes the first waiter off the list and grants it. The guard must be held; `wakeGranted` follows outside. */
export function grantFirst(objectId: number, list: number, decision = granted): number {
  const record = firstWaiting(objectId, list)
  if (record === 0) return 0
  unlink(record)
  words[record + node.by] = me
  // The node still names its object until its waiter has seen the grant: should this thread die right
  // here, the waiter is found and woken.
  store(record + node.granted, decision)
  traceWake(objectId, list, words[record + node.ident]!)
  return record
}

export function wakeGranted(record: number): void {
  if (record !== 0) wake(record + node.granted)
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
  if (!mayBlock) throw blockedMain(waiter)
  const deadline = waiter.since + timeout
  enterWait(waiter.objectId, waiter.operation, attempt !== undefined, waiter.since, timeout)
  for (;;) {
    if (load(threadAt(mySlot) + thread.killed) === 1) throw leaveKilled(waiter)
    const outcome = look(waiter, deadline, attempt)
    if (typeof outcome === 'boolean') {
      leaveWait(waiter.objectId, outcome ? words[waiter.record + node.by]! : 0)
      return outcome
    }
    sleep(waiter.record + node.granted, 0, outcome)
  }
}

/** As `sleepUntilGranted`, without sleeping. The waiter's node must come from `takeNode`; it is given back. */
export async function grantedAsync(
  waiter: Waiter,
  timeout: number,
  attempt?: () => boolean,
): Promise<boolean> {
  const deadline = waiter.since + timeout
  const letGo = stayAlive.hold()
  for (;;) {
    const outcome = look(waiter, deadline, attempt)
    if (typeof outcome === 'boolean') {
      giveNodeBack(waiter.record)
      letGo()
      return outcome
    }
    await sleepAsync(waiter.record + node.granted, 0, outcome)
  }
}

/** Keeps the program alive during an asynchronous wait, where its platform would not: set by `node.ts`. */
export const stayAlive: { hold: () => () => void } = { hold: () => () => {} }

/** Whether the wait is over with what it waited for, over without, or how many milliseconds to sleep. */
function look(waiter: Waiter, deadline: number, attempt?: () => boolean): boolean | number {
  const word = waiter.record + node.granted
  if (isDecided(waiter.record)) {
    waiter.isRefused = load(word) === refused
    store(waiter.record + node.object, 0)
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

function leaveKilled(waiter: Waiter): ThreadKilled {
  leaveList(waiter)
  return new ThreadKilled('ended from outside')
}

/**
 * Ends the blocking wait of a thread whose `killed` is set. It may be about to sleep: the word it sleeps on is
 * changed, so that it does not.
 */
export function interrupt(slotNumber: number): void {
  const word = nodeAt(slotNumber) + node.granted
  compareAndSet(word, 0, interrupted)
  wake(word)
  // It may also stand before an operation, where it is held.
  wake(threadAt(slotNumber) + thread.control)
}

/** Tells the first waiter to try its luck, without taking it off the list. The guard must be held. */
export function hint(record: number): void {
  if (!compareAndSet(record + node.granted, 0, hinted)) return
  words[record + node.by] = me
  traceWake(words[record + node.object]!, words[record + node.list]!, words[record + node.ident]!)
  wake(record + node.granted)
}

function blockedMain(waiter: Waiter): RuntimeError {
  const guard = objectAt(waiter.objectId) + object.guard
  enterGuard(guard)
  cancel(waiter)
  leaveGuard(guard)
  return new RuntimeError(`main must not block: use ${waiter.operation}Async`)
}

/** Takes the waiter off its list. False when its wait was decided before, undefined when it must wait on. */
function leaveList(waiter: Waiter): boolean | undefined {
  const guard = objectAt(waiter.objectId) + object.guard
  enterGuard(guard)
  const wasDecided = isDecided(waiter.record)
  const mayLeave = wasDecided || (waiter.giveUp?.() ?? true)
  if (mayLeave && !isDecided(waiter.record)) unlink(waiter.record)
  if (mayLeave) store(waiter.record + node.object, 0)
  waiter.isRefused = load(waiter.record + node.granted) === refused
  leaveGuard(guard)
  return mayLeave ? !wasDecided : undefined
}

/** A node for an asynchronous wait: a thread can have many of these at once. Returns its index. */
export function takeNode(): number {
  enterGuard(header.nodesGuard)
  try {
    for (let tries = 0, index = nextNode(); tries < maxNodes; tries++, index = nextNode()) {
      const record = nodeAt(index)
      if (words[record + node.used] === 0) {
        words[record + node.used] = 1
        words[record + node.ident] = me
        return index
      }
    }
  } finally {
    leaveGuard(header.nodesGuard)
  }
  throw new MemoryError(`more than ${maxNodes - maxThreads} asynchronous waits at once`)
}

/** Goes round the nodes behind those of the threads. */
function nextNode(): number {
  const last = words[header.freeNode]!
  const next = last < maxThreads || last + 1 >= maxNodes ? maxThreads : last + 1
  words[header.freeNode] = next
  return next
}

export function giveNodeBack(record: number): void {
  store(record + node.used, 0)
}
