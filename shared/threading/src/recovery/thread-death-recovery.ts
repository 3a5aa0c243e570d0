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
import { doubles, isLive, me, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { disposeOwnedObjects } from '../core/primitive.ts'
import { resetControl, writeState } from '../core/thread-state.ts'
import { grantAll, isDecided } from '../core/wait-list.ts'

const listsPerObject = 3

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
  for (const guard of [header.heapGuard, header.waitRecordsGuard, header.objectsGuard])
    compareAndSet(guard, ident, 0)
  removeWaits(ident)
  for (let id = 1; id < maxThreads; id++) {
    if (words[objectAt(id) + object.kind] !== 0) recoverObject(id, ident)
  }
  for (const id of objectIds()) recoverObject(id, ident)
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

function removeWaits(ident: number): void {
  for (let index = 1; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (words[record + waitRecord.ident] !== ident) continue
    const objectId = words[record + waitRecord.object]!
    if (objectId === 0 || !isLive(objectId)) clearWaitRecord(record)
    else rebuildLists(objectId, ident, record)
  }
}

function clearWaitRecord(record: number): void {
  words[record + waitRecord.ident] = 0
  words[record + waitRecord.object] = 0
  words[record + waitRecord.used] = 0
}

function recoverObject(id: number, dead: number): void {
  if (load(objectAt(id) + object.guard) === dead) rebuildLists(id, dead)
  if (id < maxThreads) wakeJoiners(id)
  else recoverPrimitive(id, dead)
}

/**
 * Links the wait records of an object in their order of arrival. The record `removed` is cleared under the guard, so
 * that no thread finds it in a list.
 */
function rebuildLists(id: number, dead: number, removed = 0): void {
  const guard = objectAt(id) + object.guard
  // This thread takes the guard over, so that no other thread takes it from the dead one meanwhile.
  if (!compareAndSet(guard, dead, me)) enterGuard(guard)
  if (removed !== 0) clearWaitRecord(removed)
  const waiting = undecidedWaits(id)
  for (let list = 0; list < listsPerObject; list++) {
    linkList(
      objectAt(id) + object.lists + list * 2,
      waiting.filter((record) => words[record + waitRecord.list] === list),
    )
  }
  leaveGuard(guard)
}

function undecidedWaits(id: number): number[] {
  const found: number[] = []
  for (let index = 1; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (load(record + waitRecord.object) !== id) continue
    if (isDecided(record)) wake(record + waitRecord.outcome)
    else found.push(record)
  }
  const since = (record: number) => doubles[(record + waitRecord.since) >> 1]!
  return found.sort((one, other) => since(one) - since(other))
}

function linkList(first: number, records: readonly number[]): void {
  records.forEach((record, index) => {
    words[record + waitRecord.previous] = records[index - 1] ?? 0
    words[record + waitRecord.next] = records[index + 1] ?? 0
  })
  store(first + 1, records.at(-1) ?? 0)
  store(first, records[0] ?? 0)
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
