import { store } from './atomic.ts'
import { now } from './clock.ts'
import { operationNumber, stateNumber, thread, threadAt } from './layout.ts'
import { doubles, mySlot, words } from './memory.ts'
import { traceState } from './trace.ts'
import type { Operation, ThreadState } from './view.ts'

const runnable = stateNumber('Runnable')
const blocked = stateNumber('Blocked')
const waiting = stateNumber('Waiting')
const timedWaiting = stateNumber('Timed waiting')

/** Says in memory what this thread waits for from now on, and until when at the latest. */
export function enterWait(object: number, operation: Operation, isLock: boolean, timeout: number): void {
  const at = now()
  const timed = timeout !== Infinity
  const state = isLock ? blocked : timed ? timedWaiting : waiting
  const record = threadAt(mySlot)
  const [wokenBy, wokenThrough] = [words[record + thread.wokenBy]!, words[record + thread.wokenThrough]!]
  write(state, object, operationNumber(operation), wokenBy, wokenThrough, at, timed ? at + timeout : 0)
  traceState(state, object, operationNumber(operation), 0, at)
}

/** Says that this thread runs again, and who woke it through what; 0 when its time was up. */
export function leaveWait(object: number, wokenBy: number): void {
  const at = now()
  write(runnable, 0, 0, wokenBy, wokenBy === 0 ? 0 : object, at, 0)
  traceState(runnable, object, 0, wokenBy, at)
}

/** Says that this thread entered a state in which it waits for nothing. */
export function enterState(state: ThreadState, by: number): void {
  const at = now()
  write(stateNumber(state), 0, 0, by, 0, at, 0)
  traceState(stateNumber(state), 0, 0, by, at)
}

function write(
  state: number,
  object: number,
  operation: number,
  wokenBy: number,
  wokenThrough: number,
  since: number,
  until: number,
): void {
  writeState(mySlot, { state, object, operation, wokenBy, wokenThrough, since, until })
}

export interface StateFields {
  readonly state: number
  readonly object: number
  readonly operation: number
  readonly wokenBy: number
  readonly wokenThrough: number
  readonly since: number
  readonly until: number
}

/**
 * Writes the fields that must be read together. Only the slot's own thread calls this, or the one that
 * starts it or found it dead, when it does not run: so there is one writer, and an odd version tells a
 * reader to look again.
 */
export function writeState(slotNumber: number, fields: StateFields): void {
  const record = threadAt(slotNumber)
  const version = words[record + thread.version]! | 1
  store(record + thread.version, version)
  words[record + thread.state] = fields.state
  words[record + thread.object] = fields.object
  words[record + thread.operation] = fields.operation
  words[record + thread.wokenBy] = fields.wokenBy
  words[record + thread.wokenThrough] = fields.wokenThrough
  doubles[(record + thread.since) / 2] = fields.since
  doubles[(record + thread.until) / 2] = fields.until
  store(record + thread.version, version + 1)
}
