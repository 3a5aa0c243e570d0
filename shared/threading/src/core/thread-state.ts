import { load, store } from './atomic.ts'
import { now } from './clock.ts'
import { control, stateCode, thread, threadAt, waitOperationCode } from './layout.ts'
import { doubles, mySlot, words } from './memory.ts'
import { traceState } from './trace-ring.ts'
import type { ThreadState, WaitOperation } from './vocabulary.ts'

const runnable = stateCode('Runnable')
const blocked = stateCode('Blocked')
const waiting = stateCode('Waiting')
const timedWaiting = stateCode('Timed waiting')

/**
 * Publishes what this thread waits for, since when, and when the wait times out. The fields about its last wake-up
 * stay: only `leaveWait` writes them.
 */
export function enterWait(
  object: number,
  operation: WaitOperation,
  isLock: boolean,
  at: number,
  timeout: number,
): void {
  const timed = timeout !== Infinity
  const state = isLock ? blocked : timed ? timedWaiting : waiting
  const record = threadAt(mySlot)
  const version = beginWrite(record)
  words[record + thread.state] = state
  words[record + thread.object] = object
  words[record + thread.operation] = waitOperationCode(operation)
  doubles[(record + thread.since) >> 1] = at
  doubles[(record + thread.deadline) >> 1] = timed ? at + timeout : 0
  endWrite(record, version)
  traceState(state, object, waitOperationCode(operation), 0, at)
}

/** Publishes that this thread runs again, and which thread woke it through which object; 0 after a timeout. */
export function leaveWait(object: number, wokenBy: number): void {
  const at = now()
  const record = threadAt(mySlot)
  const version = beginWrite(record)
  words[record + thread.state] = runnable
  words[record + thread.object] = 0
  words[record + thread.operation] = 0
  words[record + thread.wokenBy] = wokenBy
  words[record + thread.wokenThrough] = wokenBy === 0 ? 0 : object
  doubles[(record + thread.since) >> 1] = at
  doubles[(record + thread.deadline) >> 1] = 0
  endWrite(record, version)
  traceState(runnable, object, 0, wokenBy, at)
}

/** Publishes that this thread entered a state in which it waits for nothing. */
export function enterState(state: ThreadState): void {
  const at = now()
  writeState(mySlot, { state: stateCode(state), since: at })
  traceState(stateCode(state), 0, 0, 0, at)
}

/**
 * Writes a state in which the thread waits for nothing. While a thread runs, it alone writes its state. Before and
 * after, the thread that starts it or recovers from its death does. So there is one writer at a time, and a reader that
 * finds an odd version reads again.
 */
export function writeState(slotNumber: number, { state, since }: { state: number; since: number }): void {
  const record = threadAt(slotNumber)
  const version = beginWrite(record)
  words[record + thread.state] = state
  words[record + thread.object] = 0
  words[record + thread.operation] = 0
  words[record + thread.wokenBy] = 0
  words[record + thread.wokenThrough] = 0
  doubles[(record + thread.since) >> 1] = since
  doubles[(record + thread.deadline) >> 1] = 0
  endWrite(record, version)
}

function beginWrite(record: number): number {
  // A thread that died in between left an odd number.
  const version = words[record + thread.version]! | 1
  store(record + thread.version, version)
  return version
}

function endWrite(record: number, version: number): void {
  store(record + thread.version, version + 1)
}

/** Resets the control of a thread that ended: the next thread in its slot must not be paused or slowed down. */
export function resetControl(record: number): void {
  words[record + thread.gateOperation] = 0
  words[record + thread.slowness] = 1
  store(record + thread.control, control.free)
}

/** Whether main killed this thread. An error that the thread throws then is a consequence of that. */
export const isKilled = (): boolean => load(threadAt(mySlot) + thread.killed) === 1

/** Never resolves: the worker is terminated from its event loop, and no other thread may begin in it before that. */
export const awaitTermination = (): Promise<never> => new Promise(() => {})
