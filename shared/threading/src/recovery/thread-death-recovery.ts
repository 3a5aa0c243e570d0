import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { recoverPrimitive } from '../core/kind-registry.ts'
import {
  header,
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
import { words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { disposeOwnedObjects } from '../core/primitive.ts'
import { resetControl, writeState } from '../core/thread-state.ts'
import { grantAll } from '../core/wait-list.ts'
import { freeWaitRecords, recoverWaits, waitRecordsOf } from './wait-recovery.ts'

/**
 * Repairs what a dead thread left: removes its waits, frees its guards and locks, and wakes the waiters that it was
 * about to wake. Call it when the thread can no longer run. The thread may have died between any two steps, so lists
 * that it may have been changing are rebuilt from the wait records. Each kind of primitive does the rest: see
 * `registerRecovery`.
 */
export function recoverFromThreadDeath(slotNumber: number): void {
  const record = threadAt(slotNumber)
  const ident = words[record + thread.ident]!
  writeState(slotNumber, { state: stateCode('Terminated'), since: now() })
  store(record + thread.command, 0)
  resetControl(record)
  store(record + thread.slotState, slotState.dead)
  if (ident === 0) return
  for (const guard of [header.heapGuard, header.objectsGuard]) compareAndSet(guard, ident, 0)
  const waits = waitRecordsOf(ident)
  for (let id = 1; id < maxThreads; id++) {
    if (words[objectAt(id) + object.kind] !== 0) recoverObject(id, ident, waits)
  }
  for (const id of objectIds()) recoverObject(id, ident, waits)
  freeWaitRecords(waits)
  disposeOwnedObjects(ident)
  wakeDecided()
}

/** Wakes the waiters that the dead thread may have granted or hinted at without waking them. */
function wakeDecided(): void {
  for (let index = 1; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (words[record + waitRecord.object] !== 0 && load(record + waitRecord.outcome) !== 0)
      wake(record + waitRecord.outcome)
  }
}

function recoverObject(id: number, dead: number, waits: readonly number[]): void {
  recoverWaits(id, dead, waits)
  if (id < maxThreads) wakeJoiners(id)
  else recoverPrimitive(id, dead)
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
  if (load(threadAt(slotNumber) + thread.slotState) === slotState.taken) return
  const record = objectAt(slotNumber)
  enterGuard(record + object.guard)
  grantAll(slotNumber, 0)
  leaveGuard(record + object.guard)
}
