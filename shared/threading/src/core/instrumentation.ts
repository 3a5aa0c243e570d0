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
 * Every operation of a primitive begins with `beforeOperation`, where its thread can be paused or slowed down, and ends
 * with `afterOperation`, which records it. An asynchronous operation only has the second: it must not stop its thread.
 * While the process is not instrumented, each of the two reads one word.
 *
 *   word                                  who writes it
 *   ------------------------------------  ----------------------------------------------------------
 *   header.instrumentation                main, to switch recording and control on and off
 *   header.sampleCount, recordingCount    the inspector, at each sample and each recording
 *   thread.control, slowness, killed      main; the thread itself turns `step` into `paused`
 *   thread.gateObject, gateOperation      the thread itself, while it stops before an operation
 *   thread.stopCount, unrecordedCount     the thread itself
 */

/** The operations that a thread records between two samples. It only counts the others. */
const maxOperationsPerSample = 128

/** Milliseconds: a slowed thread's time between two operations counts as at least `minInterval`; it waits at most `maxDelay`. */
const minInterval = 0.1
const maxDelay = 2000

/** Whether operations are recorded, or threads controlled at them. */
export const isInstrumented = (): boolean => words[header.instrumentation] !== 0

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

/**
 * Ends an operation: records it and the value of the object now, `operationFailed` where it did not succeed. A value that
 * costs something to read is given as a function, which is called only if the operation is recorded.
 */
export function afterOperation(id: number, operation: Operation, value: number | (() => number)): void {
  if (words[header.instrumentation] !== 0) recordOrCount(id, operation, value)
}

/** Held locks are tracked even if their operations are not recorded. */
function recordOrCount(id: number, operation: Operation, value: number | (() => number)): void {
  if (operation !== 'acquire' && operation !== 'release' && isOnlyCounted()) countUnrecorded()
  else recordOperation(id, operation, typeof value === 'number' ? value : value())
}

/** Whether operations are recorded and nothing else, and this thread's quota for the sample is used up. */
const isOnlyCounted = (): boolean =>
  words[header.instrumentation] === instrumentationFlags.operations &&
  words[header.sampleCount] === threadInstrumentation.sampleCount &&
  threadInstrumentation.quota <= 0

function countUnrecorded(): void {
  doubles[(threadAt(mySlot) + thread.unrecordedCount) >> 1]! += 1
}

function recordOperation(id: number, operation: Operation, value: number): void {
  const { locks } = currentInstrumentation()
  const holding = operation === 'acquire' ? (locks.at(-1) ?? 0) : 0
  const isNewLockOrder = trackLocks(id, operation, value, holding)
  if ((words[header.instrumentation]! & instrumentationFlags.operations) !== 0) {
    if (takeQuota() || isNewLockOrder)
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
