import { compareAndSet, load, sleep, store, wake } from './atomic.ts'
import { now } from './clock.ts'
import { ThreadKilled } from './errors.ts'
import {
  control,
  header,
  instrumentationFlags,
  object,
  objectAt,
  objectKindCodes,
  operationCodes,
  operationEventCode,
  thread,
  threadAt,
} from './layout.ts'
import { canBlock, doubles, me, mySlot, words } from './memory.ts'
import type { Operation } from './process-view.ts'
import { writeTraceEvent } from './trace-ring.ts'

/**
 * Every operation of a primitive begins with `beforeAct` and ends with `afterAct` where somebody watches: there its
 * thread can be held, and what it did is recorded. Where nobody watches, an operation costs a look at one word more.
 */

/** Acts that a thread records between two looks of those who watch. The rest is counted only. */
const maxOperationsPerSample = 128

/** A slowed thread's time between two operations counts as `least` ms at the least, and is stretched to `most` at the most. */
const minInterval = 0.1
const maxDelay = 2000

/** Whether somebody watches operations, or holds threads at them. */
export const isInstrumented = (): boolean => words[header.instrumentation] !== 0

/**
 * As `isWatched`, for operations that are done by millions: false also where this one is to be counted only, which it
 * then is.
 */
export function shouldRecord(): boolean {
  const watched = words[header.instrumentation]!
  if (watched === 0) return false
  if (
    watched !== instrumentationFlags.operations ||
    words[header.sampleCount] !== threadInstrumentation.sampleCount ||
    threadInstrumentation.quota > 0
  )
    return true
  countUnrecorded()
  return false
}

const countUnrecorded = (): void => {
  doubles[(threadAt(mySlot) + thread.unrecordedCount) >> 1]! += 1
}

/** Holds this thread before an operation, where it is to be held. main, which must not block, never is. */
export function beforeOperation(id: number, act: Operation): void {
  if ((words[header.instrumentation]! & instrumentationFlags.control) === 0 || !canBlock) return
  const record = threadAt(mySlot)
  const isPaused = load(record + thread.control) !== control.free
  const delay = slowdownDelay(words[record + thread.slowness]!)
  if (!isPaused && delay === 0) return
  words[record + thread.gateObject] = id
  store(record + thread.gateOperation, operationCodes.indexOf(act))
  words[record + thread.stopCount]! += 1
  wake(record + thread.gateOperation)
  if (delay > 0) throttle(record, now() + delay)
  parkWhilePaused(record)
  store(record + thread.gateOperation, 0)
}

function slowdownDelay(slowness: number): number {
  return slowness > 1
    ? Math.min(
        (slowness - 1) * Math.max(now() - currentInstrumentation().operationEnd, minInterval),
        maxDelay,
      )
    : 0
}

/** Pausing it, setting it free or another slowness ends the delay. */
function throttle(record: number, end: number): void {
  const slowness = words[record + thread.slowness]
  while (words[record + thread.slowness] === slowness && load(record + thread.killed) !== 1) {
    const left = end - now()
    if (left <= 0 || load(record + thread.control) !== control.free) return
    sleep(record + thread.control, control.free, left)
  }
}

function parkWhilePaused(record: number): void {
  const word = record + thread.control
  for (;;) {
    if (load(record + thread.killed) === 1) throw new ThreadKilled('ended from outside')
    const wanted = load(word)
    if (wanted === control.free || compareAndSet(word, control.step, control.paused)) return
    if (wanted === control.paused) sleep(word, control.paused, Infinity)
  }
}

/** Records what this thread did to an object, and what that holds now; `noSuccess` where it did not get its will. */
export function afterOperation(id: number, act: Operation, value: number): void {
  const { locks } = currentInstrumentation()
  const holding = act === 'acquire' ? (locks.at(-1) ?? 0) : 0
  const isNewOrder = trackLocks(id, act, value, holding)
  if ((words[header.instrumentation]! & instrumentationFlags.operations) !== 0) {
    // The first time that two locks are held in an order is told in any case.
    if (takeQuota() || isNewOrder)
      writeTraceEvent(operationEventCode, id, operationCodes.indexOf(act), value, now(), holding)
    else countUnrecorded()
  }
  if ((words[header.instrumentation]! & instrumentationFlags.control) !== 0)
    currentInstrumentation().operationEnd = now()
}

/** What a thread knows of itself. */
interface ThreadInstrumentation {
  readonly ident: number
  /** How often watching had begun: what was acquired before may have been released unseen. */
  readonly recordingCount: number
  /** Where its time before the next operation begins. */
  operationEnd: number
  /** The locks it holds, the last acquired last. */
  readonly locks: number[]
  readonly lockOrders: Set<string>
  /** How often was looked when it recorded an act last, and how many it may record until the next look. */
  sampleCount: number
  quota: number
}

let threadInstrumentation: ThreadInstrumentation = {
  ident: 0,
  recordingCount: 0,
  operationEnd: 0,
  locks: [],
  lockOrders: new Set(),
  sampleCount: -1,
  quota: 0,
}

/** Made anew when this worker runs another thread, and when watching begins again. */
function currentInstrumentation(): ThreadInstrumentation {
  const watchings = words[header.recordingCount]!
  if (threadInstrumentation.ident !== me || threadInstrumentation.recordingCount !== watchings)
    threadInstrumentation = {
      ...threadInstrumentation,
      ident: me,
      recordingCount: watchings,
      operationEnd: now(),
      locks: [],
      lockOrders: new Set(),
    }
  return threadInstrumentation
}

/** Keeps the list of locks held. Returns whether it acquired a lock while it held another, for the first time so. */
function trackLocks(id: number, act: Operation, value: number, holding: number): boolean {
  const { locks, lockOrders: orders } = currentInstrumentation()
  if (act === 'release' && value === 0) {
    const place = locks.lastIndexOf(id)
    if (place >= 0) locks.splice(place, 1)
  }
  if (act !== 'acquire' || value !== 1 || !isLock(id)) return false
  locks.push(id)
  const order = `${holding} ${id}`
  if (holding === 0 || orders.has(order)) return false
  orders.add(order)
  return true
}

const lockKinds: readonly number[] = [objectKindCodes.indexOf('Lock'), objectKindCodes.indexOf('RLock')]

const isLock = (id: number): boolean => lockKinds.includes(words[objectAt(id) + object.kind]!)

function takeQuota(): boolean {
  const looks = words[header.sampleCount]!
  if (threadInstrumentation.sampleCount !== looks) {
    threadInstrumentation.sampleCount = looks
    threadInstrumentation.quota = maxOperationsPerSample
  }
  return threadInstrumentation.quota-- > 0
}
