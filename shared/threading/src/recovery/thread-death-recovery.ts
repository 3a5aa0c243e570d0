import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
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
import { attachHandle, type Primitive } from '../core/primitive.ts'
import { resetControl } from '../core/thread-slots.ts'
import { writeState } from '../core/thread-state.ts'
import { grantAll, isDecided } from '../core/wait-list.ts'
import { Barrier } from '../primitives/barrier.ts'
import type { OwnedLock } from '../primitives/lock.ts'
import { Queue } from '../primitives/queue.ts'
import { Semaphore } from '../primitives/semaphore.ts'

const listsPerObject = 3

/**
 * Puts everything right that a dead thread left: it waits nowhere any more, the sections and locks it was in
 * are free, waiters it was about to wake are woken, and who joins it goes on. Call it once the thread surely
 * runs no more. It may have died between any two steps, so nothing here relies on a list it was changing:
 * lists are made anew from the nodes.
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
  wakeDecided()
}

/** Wakes those whom the dead thread may have granted their wish, or given a hint, and not woken any more. */
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
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
  if (kind === 'Lock' || kind === 'RLock') recoverLock(id, dead)
  else if (kind !== 'Condition') wakeAllToRetry(id, dead)
}

/**
 * Links the nodes that wait for an object in the order in which they came, without one that waits no more: it is
 * forgotten under the guard, so that nobody meets it in a list.
 */
function rebuildLists(id: number, dead: number, without = 0): void {
  const guard = objectAt(id) + object.guard
  // Taken in this thread's name, so that nobody else takes it from the dead one meanwhile.
  if (!compareAndSet(guard, dead, me)) enterGuard(guard)
  if (without !== 0) clearWaitRecord(without)
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
  records.forEach((record, place) => {
    words[record + waitRecord.previous] = records[place - 1] ?? 0
    words[record + waitRecord.next] = records[place + 1] ?? 0
  })
  store(first + 1, records.at(-1) ?? 0)
  store(first, records[0] ?? 0)
}

/** Frees a lock that the dead thread held, or tells its waiters again what the dead one may not have told. */
function recoverLock(id: number, dead: number): void {
  const lock = attachHandle(id) as OwnedLock
  if (lock.owner === dead) lock.releaseAfterOwnerDeath()
  else lock.rewakeWaiters()
}

/** Frees and marks the locks that a thread still held when it ended by itself: nobody else could release them. */
export function releaseHeldLocks(ident: number): void {
  for (const id of objectIds()) {
    const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
    if ((kind === 'Lock' || kind === 'RLock') && load(objectAt(id) + object.word) === ident)
      recoverLock(id, ident)
  }
}

/** Whether nobody is to be woken but by the object itself: who is granted a permit or a place has it. */
function recoverPrimitive(handle: Primitive, dead: number): boolean {
  if (handle instanceof Queue || handle instanceof Semaphore || handle instanceof Barrier)
    handle.recoverFromThreadDeath(dead)
  return handle instanceof Semaphore || handle instanceof Barrier
}

/** Wakes all who wait for what can be looked at again: queues, events and ends of threads. */
function wakeAllToRetry(id: number, dead: number): void {
  const record = objectAt(id)
  if (id >= maxThreads && recoverPrimitive(attachHandle(id), dead)) return
  const isEvent = objectKindCodes[words[record + object.kind]!] === 'Event'
  if (isEvent && load(record + object.word) === 0) return
  if (id < maxThreads && load(threadAt(id) + thread.slotState) === slotState.taken) return
  enterGuard(record + object.guard)
  for (let list = 0; list < listsPerObject; list++) grantAll(id, list)
  leaveGuard(record + object.guard)
}
