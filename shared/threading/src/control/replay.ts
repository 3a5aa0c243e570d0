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
import { isAlive } from '../threads/thread-slots.ts'
import { stepThread } from './thread-control.ts'

/** How far an order was followed. */
export interface ReplayResult {
  readonly replayed: number
  /** One sentence; undefined when all of the order was followed. */
  readonly stopReason: string | undefined
}

/** The longest that a thread may take to come to its turn, in ms. */
const turnTimeout = 2000

/** How often is looked whether a thread has begun to wait, which wakes nobody, in ms. */
const pollInterval = 2

/**
 * Forces an order of operations: each entry names the thread that does the next one. The threads must be paused (see
 * `setThreadStart`), from before the first of these operations; each is let do one at a time, and the next only when
 * it has come to its next operation, waits or has ended. Afterwards they stand paused. On main.
 */
export async function replaySchedule(
  order: readonly string[],
  isStopped: () => boolean = () => false,
): Promise<ReplayResult> {
  for (const [followed, name] of order.entries()) {
    if (isStopped()) return { replayed: followed, stopReason: 'It was stopped.' }
    const stoppedBecause = await takeTurn(name)
    if (stoppedBecause !== undefined) return { replayed: followed, stopReason: stoppedBecause }
  }
  return { replayed: order.length, stopReason: undefined }
}

async function takeTurn(name: string): Promise<string | undefined> {
  const end = now() + turnTimeout
  const ident = await waitUntilHeld(name, end)
  if (ident === undefined) return describeMissedTurn(name)
  const record = threadAt(slotOf(ident))
  const stands = words[record + thread.stopCount]
  stepThread(ident)
  while (!hasStepped(ident, record, stands)) {
    if (now() > end) return `Thread ${name} went on and came to no other operation.`
    await sleepAsync(record + thread.gateOperation, 0, pollInterval)
  }
  return undefined
}

/** The ident of the thread of this name once it stands before an operation. */
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

function hasStepped(ident: number, record: number, stands: number | undefined): boolean {
  if (!isAlive(ident)) return true
  if (load(record + thread.control) === control.step) return false
  return words[record + thread.stopCount] !== stands || isWaiting(record)
}

/** A thread that stands is Runnable: one that waits does so after its step. */
function isWaiting(record: number): boolean {
  const state = threadStates[load(record + thread.state)]
  return state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
}

function describeMissedTurn(name: string): string {
  const ident = latestIdentNamed(name)
  if (ident === undefined) return `No thread ${name} runs when its turn comes.`
  const waits = isWaiting(threadAt(slotOf(ident)))
  return waits ? `Thread ${name} waits when its turn comes.` : `Thread ${name} did not come to its turn.`
}

/** The thread of this name that was started last. */
function latestIdentNamed(name: string): number | undefined {
  let found: number | undefined
  let latest = -1
  for (let slotNumber = 1; slotNumber < maxThreads; slotNumber++) {
    const record = threadAt(slotNumber)
    const ident = words[record + thread.ident]!
    const order = words[record + thread.startSequence]!
    if (!isAlive(ident) || readName(record + thread.name) !== name || order < latest) continue
    found = ident
    latest = order
  }
  return found
}
