import { store } from '../atomic.ts'
import { object, objectAt, waitRecord } from '../layout.ts'
import { words } from '../memory.ts'
import { firstWaiters, grantFirst } from '../wait-list.ts'

/**
 * Grants several waiters as one operation. The thread that does it can die in between: recovery then grants the others.
 * `object.grantLimit` names the last of them while it is done.
 */

/**
 * Decides that a waiter and all before it are granted, in one step: if this thread dies before `endGrants`, recovery
 * finds the decision and carries it out. The guard must be held.
 */
export function beginGrants(objectId: number, last: number): void {
  store(objectAt(objectId) + object.grantLimit, words[last + waitRecord.arrival]!)
}

/** Whether grants were begun and not ended. The guard must be held. */
export const hasBegunGrants = (objectId: number): boolean =>
  words[objectAt(objectId) + object.grantLimit] !== 0

/**
 * Carries out the grants that were begun and are not done yet. Returns their wait records, which the caller wakes. The
 * guard must be held.
 */
export function carryOutGrants(objectId: number, list: number): number[] {
  const limit = words[objectAt(objectId) + object.grantLimit]!
  const records = firstWaiters(objectId, list)
  const last = records.find((record) => words[record + waitRecord.arrival] === limit)
  // The dead thread may have granted the last one.
  if (last === undefined) return []
  return records.slice(0, records.indexOf(last) + 1).map(() => grantFirst(objectId, list))
}

export function endGrants(objectId: number): void {
  store(objectAt(objectId) + object.grantLimit, 0)
}
