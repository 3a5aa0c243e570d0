import { load, sleepAsync } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import {
  control,
  maxThreads,
  operationCodes,
  slotOf,
  thread,
  threadAt,
  threadStates,
} from '../core/layout.ts'
import { readName, words } from '../core/memory.ts'
import { compareStarts, isAlive } from '../threads/thread-slots.ts'
import { stepThread } from './thread-control.ts'

/** How far a schedule was replayed. */
export interface ReplayResult {
  readonly replayed: number
  /** Why the replay stopped early, as a sentence; undefined when all of the schedule was replayed. */
  readonly stopReason: string | undefined
}

/** The maximum time in milliseconds until a thread reaches its operation, or has done it. */
const turnTimeout = 2000

/** Milliseconds. A thread that begins to wait wakes no other thread: this is noticed by polling. */
const pollInterval = 2

/**
 * Forces a schedule on threads: each entry names the thread that does the next operation. Pause the threads before the
 * first of these operations (see `setInitialThreadControl`). One operation is done at a time: the next one begins when
 * the thread has reached its next operation, waits or has ended. The threads stay paused afterwards. Call it on main.
 */
export async function replaySchedule(
  schedule: readonly string[],
  isStopped: () => boolean = () => false,
): Promise<ReplayResult> {
  for (const [replayed, name] of schedule.entries()) {
    if (isStopped()) return { replayed, stopReason: 'It was stopped.' }
    const stopReason = await takeTurn(name)
    if (stopReason !== undefined) return { replayed, stopReason }
  }
  return { replayed: schedule.length, stopReason: undefined }
}

async function takeTurn(name: string): Promise<string | undefined> {
  const end = now() + turnTimeout
  const ident = await waitUntilHeld(name, end)
  if (ident === undefined) return describeMissedTurn(name)
  const record = threadAt(slotOf(ident))
  const stopCount = words[record + thread.stopCount]
  stepThread(ident)
  while (!hasStepped(ident, record, stopCount)) {
    if (now() > end) return `Thread ${name} went on and came to no other operation.`
    await sleepAsync(record + thread.gateOperation, 0, pollInterval)
  }
  return undefined
}

/**
 * Waits until the thread of this name is paused before an operation, and returns its ident; undefined after the
 * timeout.
 */
async function waitUntilHeld(name: string, end: number): Promise<number | undefined> {
  for (;;) {
    const ident = latestIdentNamed(name)
    if (
      ident !== undefined &&
      operationCodes[load(threadAt(slotOf(ident)) + thread.gateOperation)] !== undefined
    )
      return ident
    if (now() > end) return undefined
    const record = threadAt(ident === undefined ? 0 : slotOf(ident))
    await sleepAsync(record + thread.gateOperation, 0, pollInterval)
  }
}

function hasStepped(ident: number, record: number, stopCount: number | undefined): boolean {
  if (!isAlive(ident)) return true
  if (load(record + thread.control) === control.step) return false
  return words[record + thread.stopCount] !== stopCount || isWaiting(record)
}

/** A paused thread is Runnable. So one that waits does so after its step. */
function isWaiting(record: number): boolean {
  const state = threadStates[load(record + thread.state)]
  return state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
}

function describeMissedTurn(name: string): string {
  const ident = latestIdentNamed(name)
  if (ident === undefined) return `No thread ${name} runs when its turn comes.`
  return isWaiting(threadAt(slotOf(ident)))
    ? `Thread ${name} waits when its turn comes.`
    : `Thread ${name} did not come to its turn.`
}

const isRunningAs = (record: number, name: string): boolean =>
  isAlive(words[record + thread.ident]!) && readName(record + thread.name) === name

/** The thread of this name that was started last. */
function latestIdentNamed(name: string): number | undefined {
  const latest = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
    .filter((slotNumber) => isRunningAs(threadAt(slotNumber), name))
    .sort(compareStarts)
    .at(-1)
  return latest && words[threadAt(latest) + thread.ident]
}
