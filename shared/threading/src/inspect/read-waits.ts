import { load } from '../core/atomic.ts'
import {
  maxThreads,
  maxWaitRecords,
  waitObject,
  waitOperationCodes,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { doubles, words } from '../core/memory.ts'
import type { WaitOperation } from '../core/vocabulary.ts'
import { isDecided } from '../core/wait-list.ts'

export interface Wait {
  readonly ident: number
  readonly object: number
  readonly operation: WaitOperation
  readonly isAsync: boolean
  readonly since: number
}

/** All waits that have not been decided, the oldest first. */
export function readWaits(): Wait[] {
  const waits: Wait[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    const objectId = load(record + waitRecord.object)
    const operation = waitOperationCodes[words[record + waitRecord.operation]!]
    if (objectId === 0 || operation === undefined || isDecided(record)) continue
    const since = doubles[(record + waitRecord.since) >> 1]!
    const ident = words[record + waitRecord.ident]!
    const object = objectId === waitObject(0) ? 0 : objectId
    waits.push({ ident, object, operation, isAsync: index >= maxThreads, since })
  }
  return waits.sort((one, other) => one.since - other.since)
}
