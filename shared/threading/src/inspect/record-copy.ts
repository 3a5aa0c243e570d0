import { load } from '../core/atomic.ts'
import { header, maxObjectRecords, objectsEnd, threadTable } from '../core/layout.ts'
import { words } from '../core/memory.ts'

/**
 * The records of threads and objects as they were at the last look. Whoever begins or ends a wait changes one of
 * them: its own record, or the lists of the object.
 */
export class RecordCopy {
  #copy = new Int32Array(0)

  /** Takes the records as they are now. Returns whether one has changed since the last time. */
  refresh(): boolean {
    const length = objectsEnd(Math.min(load(header.nextObject), maxObjectRecords)) - threadTable
    let changed = this.#copy.length !== length
    if (changed) this.#copy = new Int32Array(length)
    const copy = this.#copy
    for (let word = 0; word < length; word++) {
      const now = words[threadTable + word]!
      if (copy[word] === now) continue
      copy[word] = now
      changed = true
    }
    return changed
  }
}
