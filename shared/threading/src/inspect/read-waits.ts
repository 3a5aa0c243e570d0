import { load } from '../core/atomic.ts'
import {
  maxThreads,
  maxWaitRecords,
  slotOf,
  thread,
  threadAt,
  waitObject,
  waitOperationCodes,
  waitOutcome,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { doubles, words } from '../core/memory.ts'
import type { WaitOperation } from '../core/vocabulary.ts'
import { isDecided } from '../core/wait-list.ts'

export interface Wait {
  readonly record: number
  readonly sequence: number
  readonly ident: number
  readonly object: number
  readonly operation: WaitOperation
  readonly isAsync: boolean
  /** Whether it is a wait for a lock that its own thread held when it began. */
  readonly isForOwnLock: boolean
  readonly since: number
}

/** All waits that have not been decided, the oldest first. */
export function readWaits(): Wait[] {
  const waits: Wait[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const wait = readWait(index)
    if (wait !== undefined && !isDecided(wait.record)) waits.push(wait)
  }
  return waits.sort((one, other) => one.since - other.since)
}

/** Undefined while nothing waits, or if one wait ended and another began meanwhile. */
function readWait(index: number): Wait | undefined {
  const record = waitRecordAt(index)
  const sequence = load(record + waitRecord.sequence)
  const objectId = load(record + waitRecord.object)
  const operation = waitOperationCodes[words[record + waitRecord.operation]!]
  if (objectId === 0 || operation === undefined) return undefined
  const ident = words[record + waitRecord.ident]!
  const wait: Wait = {
    record,
    sequence,
    ident,
    object: objectId === waitObject(0) ? 0 : objectId,
    operation,
    isAsync: index >= maxThreads,
    isForOwnLock: operation === 'acquire' && words[record + waitRecord.initialWord] === ident,
    since: doubles[(record + waitRecord.since) >> 1]!,
  }
  return load(record + waitRecord.sequence) === sequence ? wait : undefined
}

/**
 * Whether the wait that was read still lasts, and its thread was not killed. If so, it lasted the whole time in between.
 * The order of the steps matters: see `waitRecord.sequence`.
 */
function isLasting({ record, ident, object, sequence }: Wait): boolean {
  if (load(threadAt(slotOf(ident)) + thread.killed) === 1) return false
  const outcome = load(record + waitRecord.outcome)
  if (outcome !== waitOutcome.waiting && outcome !== waitOutcome.hinted) return false
  return (
    load(record + waitRecord.object) === waitObject(object) && load(record + waitRecord.sequence) === sequence
  )
}

/**
 * Whether the thread has the lock that it waits for: it was handed the lock or has just taken it, and its wait is about
 * to end. A thread that acquires a lock a second time waits for itself, and so does a thread that blocks after its own
 * asynchronous wait was granted: it cannot go on with that.
 */
function hasLock(wait: Wait, holder: number | undefined): boolean {
  const isHolder = wait.operation === 'acquire' && wait.ident === holder
  return isHolder && !wait.isForOwnLock && !wasGrantedAsync(wait)
}

function wasGrantedAsync({ ident, object }: Wait): boolean {
  for (let index = maxThreads; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    const isGranted = load(record + waitRecord.outcome) === waitOutcome.granted
    if (
      isGranted &&
      words[record + waitRecord.ident] === ident &&
      load(record + waitRecord.object) === waitObject(object)
    )
      return true
  }
  return false
}

/**
 * The blocking waits, by thread, that were read before the holders of all locks and still last: at one moment each of
 * them was there, with this holder.
 */
export function confirmWaits(
  waits: readonly Wait[],
  holderOf: (object: number) => number | undefined,
): ReadonlyMap<number, Wait> {
  const confirmed = waits.filter(
    (wait) => !wait.isAsync && isLasting(wait) && !hasLock(wait, holderOf(wait.object)),
  )
  return new Map(confirmed.map((wait) => [wait.ident, wait]))
}
