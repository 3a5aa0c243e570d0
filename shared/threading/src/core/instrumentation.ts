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
import { writeTraceEvent } from './trace-ring.ts'
import type { Operation } from './vocabulary.ts'

/**
 * Every operation of a primitive begins with `beforeOperation` and ends with `afterOperation`: there its thread can be
 * paused, and what it did is recorded. While the process is not instrumented, each of the two reads one word.
 */

/** The operations that a thread records between two samples. It only counts the others. */
const maxOperationsPerSample = 128

/** Milliseconds: a slowed thread's time between two operations counts as at least `minInterval`; it waits at most `maxDelay`. */
const minInterval = 0.1
const maxDelay = 2000

/** Whether operations are recorded, or threads controlled at them. */
export const isInstrumented = (): boolean => words[header.instrumentation] !== 0

/**
 * Like `isInstrumented`, for very frequent operations. Once the quota of the sample is used up, it counts the operation
 * and returns false.
 */
export function shouldRecord(): boolean {
  const flags = words[header.instrumentation]!
  if (flags === 0) return false
  if (
    flags !== instrumentationFlags.operations ||
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

/** Begins an operation: this thread stops here while it is paused or slowed down. main, which must not block, does not. */
export function beforeOperation(id: number, operation: Operation): void {
  if ((words[header.instrumentation]! & instrumentationFlags.control) !== 0 && canBlock)
    stopIfControlled(id, operation)
}

function stopIfControlled(id: number, operation: Operation): void {
  const record = threadAt(mySlot)
  const isPaused = load(record + thread.control) !== control.free
  const delay = slowdownDelay(words[record + thread.slowness]!)
  if (!isPaused && delay === 0) return
  words[record + thread.gateObject] = id
  store(record + thread.gateOperation, operationCodes.indexOf(operation))
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

/** Pausing or resuming the thread, or another slowness, ends the delay. */
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

/** Ends an operation: records it and what the object holds now, `operationFailed` where it did not succeed. */
export function afterOperation(id: number, operation: Operation, value: number): void {
  if (words[header.instrumentation] !== 0) recordOperation(id, operation, value)
}

function recordOperation(id: number, operation: Operation, value: number): void {
  const { locks } = currentInstrumentation()
  const holding = operation === 'acquire' ? (locks.at(-1) ?? 0) : 0
  const isNewOrder = trackLocks(id, operation, value, holding)
  if ((words[header.instrumentation]! & instrumentationFlags.operations) !== 0) {
    // A new lock order is always recorded.
    if (takeQuota() || isNewOrder)
      writeTraceEvent(operationEventCode, id, operationCodes.indexOf(operation), value, now(), holding)
    else countUnrecorded()
  }
  if ((words[header.instrumentation]! & instrumentationFlags.control) !== 0)
    currentInstrumentation().operationEnd = now()
}

/** The state of this thread's instrumentation. */
interface ThreadInstrumentation {
  readonly ident: number
  /** The recording's number: locks acquired before it began may have been released unrecorded. */
  readonly recordingCount: number
  /** When its last operation ended. */
  operationEnd: number
  /** The locks it holds, the last acquired last. */
  readonly locks: number[]
  readonly lockOrders: Set<string>
  /** The sample it recorded an operation for last, and how many it may still record for that sample. */
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

/** Starts over when this worker runs another thread, and when a recording begins. */
function currentInstrumentation(): ThreadInstrumentation {
  const recordingCount = words[header.recordingCount]!
  if (threadInstrumentation.ident !== me || threadInstrumentation.recordingCount !== recordingCount)
    threadInstrumentation = {
      ...threadInstrumentation,
      ident: me,
      recordingCount,
      operationEnd: now(),
      locks: [],
      lockOrders: new Set(),
    }
  return threadInstrumentation
}

/** Keeps the list of held locks. Returns whether this thread acquired two locks in this order for the first time. */
function trackLocks(id: number, operation: Operation, value: number, holding: number): boolean {
  const { locks, lockOrders: orders } = currentInstrumentation()
  if (operation === 'release' && value === 0) {
    const index = locks.lastIndexOf(id)
    if (index >= 0) locks.splice(index, 1)
  }
  if (operation !== 'acquire' || value !== 1 || !isLock(id)) return false
  locks.push(id)
  const order = `${holding} ${id}`
  if (holding === 0 || orders.has(order)) return false
  orders.add(order)
  return true
}

const lockKinds: readonly number[] = [objectKindCodes.indexOf('Lock'), objectKindCodes.indexOf('RLock')]

const isLock = (id: number): boolean => lockKinds.includes(words[objectAt(id) + object.kind]!)

function takeQuota(): boolean {
  const sampleCount = words[header.sampleCount]!
  if (threadInstrumentation.sampleCount !== sampleCount) {
    threadInstrumentation.sampleCount = sampleCount
    threadInstrumentation.quota = maxOperationsPerSample
  }
  return threadInstrumentation.quota-- > 0
}
