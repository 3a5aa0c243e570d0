import { compareAndSet, load, store, wake } from '../core/atomic.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { repairPrimitive } from '../core/kind-registry.ts'
import {
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  waitObject,
  waitOutcome,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { isLive, me, words } from '../core/memory.ts'
import { compareWrapping } from '../core/numbers.ts'
import { isDecided } from '../core/wait-list.ts'

/**
 * The waits of a dead thread, and the wait lists that it may have been changing. What it was granted and did not notice is
 * passed on by the kind of the object: see `registerRepair`.
 */

const listsPerObject = 3

/** The wait records that the dead thread uses: its own, and those that it took for asynchronous waits. */
export function waitRecordsOf(dead: number): number[] {
  const records: number[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    const user = words[record + (index < maxThreads ? waitRecord.ident : waitRecord.used)]
    if (user === dead) records.push(record)
  }
  return records
}

/**
 * Removes the waits of a dead thread from the lists of an object, repairs these lists and the object, and frees its guard
 * if the dead thread was inside. No other thread enters the guard in between.
 */
export function recoverWaits(id: number, dead: number, records: readonly number[]): void {
  const own = records.filter(
    (record) => isQueued(record, id) || words[record + waitRecord.notification] === id,
  )
  const guard = objectAt(id) + object.guard
  const wasInside = compareAndSet(guard, dead, me)
  if (!wasInside && own.length === 0) return
  if (!wasInside) enterGuard(guard)
  const undelivered = own.filter((record) => !isQueued(record, id) || isGranted(record))
  for (const record of own) if (isQueued(record, id)) words[record + waitRecord.object] = 0
  linkWaits(id)
  if (id >= maxThreads) repairPrimitive(id, dead, undelivered)
  for (const record of own)
    if (words[record + waitRecord.notification] === id) words[record + waitRecord.notification] = 0
  leaveGuard(guard)
}

/** Frees the records of a dead thread, apart from those with which an object is still to be recovered. */
export function freeWaitRecords(records: readonly number[]): void {
  for (const record of records) {
    if (isPending(words[record + waitRecord.object]!) || isPending(words[record + waitRecord.notification]!))
      continue
    words[record + waitRecord.ident] = 0
    words[record + waitRecord.object] = 0
    words[record + waitRecord.notification] = 0
    store(record + waitRecord.used, 0)
  }
}

const isPending = (id: number): boolean => id === waitObject(0) || (id !== 0 && isLive(id))

const isQueued = (record: number, id: number): boolean => words[record + waitRecord.object] === waitObject(id)

const isGranted = (record: number): boolean => load(record + waitRecord.outcome) === waitOutcome.granted

/** Links the waits of an object in their order of arrival. The guard must be held. */
function linkWaits(id: number): void {
  const records = undecidedWaits(id)
  for (let list = 0; list < listsPerObject; list++) {
    linkList(
      objectAt(id) + object.lists + list * 2,
      records.filter((record) => words[record + waitRecord.list] === list),
    )
  }
}

function undecidedWaits(id: number): number[] {
  const found: number[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    // Read in this order: a record whose wait was decided can be in another list by now.
    const wasDecided = isDecided(record)
    if (load(record + waitRecord.object) !== waitObject(id)) continue
    if (wasDecided) wake(record + waitRecord.outcome)
    else found.push(record)
  }
  const arrival = (record: number) => words[record + waitRecord.arrival]!
  return found.sort((one, other) => compareWrapping(arrival(one), arrival(other)))
}

function linkList(first: number, records: readonly number[]): void {
  records.forEach((record, index) => {
    words[record + waitRecord.previous] = records[index - 1] ?? 0
    words[record + waitRecord.next] = records[index + 1] ?? 0
  })
  store(first + 1, records.at(-1) ?? 0)
  store(first, records[0] ?? 0)
}
