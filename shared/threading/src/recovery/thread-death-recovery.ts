import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { guardWords, recoverPrimitive, repairPrimitive } from '../core/kind-registry.ts'
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
  waitObject,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { doubles, isLive, me, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { resetControl, writeState } from '../core/thread-state.ts'
import { grantAll, isDecided } from '../core/wait-list.ts'

const listsPerObject = 3

/**
 * Repairs what a dead thread left: removes its waits, frees its guards and locks, and wakes the waiters that it was
 * about to wake. Call it on main, when the thread can no longer run. The thread may have died between any two steps, so
 * lists that it may have been changing are rebuilt from the wait records. Each kind of primitive does the rest: see
 * `registerRecovery`.
 *
 * Returns false when it had to leave out objects because main itself is in their guards. Then call it again. Repeating
 * it is harmless, until the slot is used by another thread.
 */
export function recoverFromThreadDeath(slotNumber: number): boolean {
  const record = threadAt(slotNumber)
  const ident = words[record + thread.ident]!
  writeState(slotNumber, { state: stateCode('Terminated'), since: now() })
  store(record + thread.command, 0)
  resetControl(record)
  store(record + thread.slotState, slotState.recovering)
  const isComplete = ident === 0 || recoverTables(ident)
  if (isComplete) store(record + thread.slotState, slotState.dead)
  return isComplete
}

function recoverTables(dead: number): boolean {
  for (const guard of [header.heapGuard, header.waitRecordsGuard, header.objectsGuard])
    compareAndSet(guard, dead, 0)
  const waits = waitsOf(dead)
  let isComplete = true
  const end = Math.min(load(header.nextObject), maxObjectRecords)
  for (let index = 0; index < end; index++) {
    if (!recoverRecord(index, dead, waits)) isComplete = false
  }
  wakeDecided()
  return isComplete
}

/** Returns the wait records of objects that a dead thread has, and clears its others. */
function waitsOf(dead: number): number[] {
  const waits: number[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (words[record + waitRecord.ident] !== dead) continue
    if (isQueued(record)) waits.push(record)
    else clearUnlessTaken(record, dead)
  }
  return waits
}

function isQueued(record: number): boolean {
  const id = words[record + waitRecord.object]!
  return id !== 0 && (id === maxObjectRecords || isLive(id))
}

/** Another thread may take the record at this moment. */
function clearUnlessTaken(record: number, dead: number): void {
  enterGuard(header.waitRecordsGuard)
  if (words[record + waitRecord.ident] === dead) clearWaitRecord(record)
  leaveGuard(header.waitRecordsGuard)
}

function clearWaitRecord(record: number): void {
  words[record + waitRecord.ident] = 0
  words[record + waitRecord.object] = 0
  words[record + waitRecord.used] = 0
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
  const own = waits.filter((record) => words[record + waitRecord.object] === waitObject(id))
  recoverLists(id, dead, own)
  if (id < maxThreads) wakeJoiners(id)
  else recoverIfLive(id, dead)
  return true
}

/** Another thread may dispose of the object meanwhile. */
function recoverIfLive(id: number, dead: number): void {
  try {
    recoverPrimitive(id, dead)
  } catch (error) {
    if (!(error instanceof RuntimeError) || isLive(id)) throw error
  }
}

/** Wakes the waiters that the dead thread may have granted or hinted at without waking them. */
function wakeDecided(): void {
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (words[record + waitRecord.object] !== 0 && load(record + waitRecord.outcome) !== 0)
      wake(record + waitRecord.outcome)
  }
}

/**
 * Links the wait records of an object in their order of arrival, if the dead thread was in the guard or waits there.
 * Its own waits are cleared under the guard, so that no thread finds them in a list.
 */
function recoverLists(id: number, dead: number, removed: readonly number[]): void {
  const guard = objectAt(id) + object.guard
  // The guard passes from the dead thread to this one: no other enters before the repair.
  const wasInside = compareAndSet(guard, dead, me)
  if (!wasInside && removed.length === 0) return
  if (!wasInside) enterGuard(guard)
  for (const record of removed) clearWaitRecord(record)
  linkWaits(id)
  if (wasInside && id >= maxThreads) repairPrimitive(id, dead)
  leaveGuard(guard)
}

function linkWaits(id: number): void {
  const waiting = undecidedWaits(id)
  for (let list = 0; list < listsPerObject; list++) {
    linkList(
      objectAt(id) + object.lists + list * 2,
      waiting.filter((record) => words[record + waitRecord.list] === list),
    )
  }
}

function undecidedWaits(id: number): number[] {
  const found: number[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    if (load(record + waitRecord.object) !== waitObject(id)) continue
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
  const state = load(threadAt(slotNumber) + thread.slotState)
  if (state === slotState.taken || state === slotState.main) return
  const record = objectAt(slotNumber)
  enterGuard(record + object.guard)
  grantAll(slotNumber, 0)
  leaveGuard(record + object.guard)
}
