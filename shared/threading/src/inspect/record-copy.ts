import { load } from '../core/atomic.ts'
import { header, maxObjectRecords, objectsEnd, threadTable } from '../core/layout.ts'
import { words } from '../core/memory.ts'

/**
 * The thread and object records of the previous sample. A thread that begins or ends a wait changes at least one of
 * them: its own record, or the lists of the object.
 */
export class RecordCopy {
  #copy = new Int32Array(0)

  /** Copies the records. Returns whether one of them changed since the previous call. */
  refresh(): boolean {
    const length = objectsEnd(Math.min(load(header.nextObject), maxObjectRecords)) - threadTable
    let changed = this.#copy.length !== length
    if (changed) this.#copy = new Int32Array(length)
    const copy = this.#copy
    for (let word = 0; word < length; word++) {
      const current = words[threadTable + word]!
      if (copy[word] === current) continue
      copy[word] = current
      changed = true
    }
    return changed
  }
}
