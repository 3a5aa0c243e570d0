import { compareAndSet, store } from '../atomic.ts'
import { MemoryError } from '../errors.ts'
import { header, maxThreads, maxWaitRecords, waitRecord, waitRecordAt } from '../layout.ts'
import { me, words } from '../memory.ts'

/** Takes a record for an asynchronous wait, of which a thread can have many at once. Returns its index. */
export function takeWaitRecord(): number {
  for (let tries = maxThreads; tries < maxWaitRecords; tries++) {
    const index = nextWaitRecord()
    const used = waitRecordAt(index) + waitRecord.used
    if (words[used] === 0 && compareAndSet(used, 0, me)) return index
  }
  throw new MemoryError(`more than ${maxWaitRecords - maxThreads} asynchronous waits at once`)
}

/** Cycles through the records that follow those of the threads. Threads that come at once may get the same one. */
function nextWaitRecord(): number {
  const last = words[header.lastWaitRecord]!
  const next = last < maxThreads || last + 1 >= maxWaitRecords ? maxThreads : last + 1
  words[header.lastWaitRecord] = next
  return next
}

export function releaseWaitRecord(index: number): void {
  store(waitRecordAt(index) + waitRecord.used, 0)
}
