import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { guardWords, recoverPrimitive } from '../core/kind-registry.ts'
import {
  header,
  maxObjectRecords,
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  objectKindCodes,
  slotState,
  stateCode,
  thread,
  threadAt,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { me, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { disposeOwnedObjects } from '../core/primitive.ts'
import { resetControl, writeState } from '../core/thread-state.ts'
import { wakeJoinersOf } from '../core/wait-list.ts'
import { closeSlot, dropCall, recoverStarts } from './slot-recovery.ts'
import { freeWaitRecords, recoverWaits, waitRecordsOf } from './wait-recovery.ts'

/**
 * Repairs what a dead thread left: removes its waits, frees its guards and locks, and wakes the waiters that it was
 * about to wake. Call it on main, when the thread can no longer run. The thread may have died between any two steps, so
 * lists that it may have been changing are rebuilt from the wait records. Each kind of primitive does the rest: see
 * `registerRecovery`.
 *
 * Returns false when it could not be completed: main itself is in the guard of an object, or another thread is about to
 * start a thread in the slot. Then call it again. Repeating it is harmless, until the slot is used by another thread.
 */
export function recoverFromThreadDeath(slotNumber: number): boolean {
  if (!closeSlot(slotNumber)) return false
  const record = threadAt(slotNumber)
  const ident = words[record + thread.ident]!
  writeState(slotNumber, { state: stateCode('Terminated'), since: now() })
  resetControl(record)
  const isComplete = ident === 0 || recoverTables(slotNumber, ident)
  if (isComplete) store(record + thread.slotState, slotState.dead)
  return isComplete
}

function recoverTables(slotNumber: number, dead: number): boolean {
  for (const guard of [header.heapGuard, header.objectsGuard]) compareAndSet(guard, dead, 0)
  dropCall(slotNumber)
  recoverStarts(dead)
  const waits = waitRecordsOf(dead)
  let isComplete = true
  const end = Math.min(load(header.nextObject), maxObjectRecords)
  for (let index = 0; index < end; index++) {
    if (!recoverRecord(index, dead, waits)) isComplete = false
  }
  freeWaitRecords(waits)
  // Otherwise main may be in the guard of one of them.
  if (isComplete) disposeOwnedObjects(dead)
  wakeDecided()
  return isComplete
}

/** Recovers the object in a record. Returns false, and does nothing, if this thread is in one of its guards. */
function recoverRecord(index: number, dead: number, waits: readonly number[]): boolean {
  const guards = guardWords(index)
  if (guards.some((guard) => load(guard) === me)) return false
  const id = words[objectAt(index) + object.id]!
  const isObject = index < maxThreads || id > 0
  if (!isObject) {
    // It was disposed of, or is being made: there is nothing to repair.
    for (const guard of guards) compareAndSet(guard, dead, 0)
    return true
  }
  recoverWaits(id, dead, waits)
  if (id < maxThreads) wakeJoiners(id)
  else recoverPrimitive(id, dead)
  return true
}

/** Wakes the waiters that the dead thread may have granted or hinted at without waking them. */
function wakeDecided(): void {
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (words[record + waitRecord.object] !== 0 && load(record + waitRecord.outcome) !== 0)
      wake(record + waitRecord.outcome)
  }
}

/** Frees and marks the locks that a thread still held when it ended by itself. No other thread may release them. */
export function releaseHeldLocks(ident: number): void {
  for (const id of objectIds()) {
    const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
    if ((kind === 'Lock' || kind === 'RLock') && load(objectAt(id) + object.word) === ident)
      recoverPrimitive(id, ident)
  }
}

/** Wakes the threads that join the thread in a slot, unless another thread runs there now. */
function wakeJoiners(slotNumber: number): void {
  const state = load(threadAt(slotNumber) + thread.slotState)
  if (state !== slotState.taken && state !== slotState.main) wakeJoinersOf(slotNumber)
}
