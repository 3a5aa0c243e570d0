import type { OperationEvent } from '@skein/threading/inspect'
import { operationFailed } from '@skein/threading/inspect'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessDirectory } from '../model/process-directory.ts'

/** Of the acquisitions that were recorded, how many had to wait. */
export interface ContentionCounts {
  readonly acquisitions: number
  readonly waited: number
}

const noContention: ContentionCounts = { acquisitions: 0, waited: 0 }

/**
 * How often threads had to wait for an object. Only recorded acquisitions count, with and without a wait. If threads do
 * more than is recorded, this is a sample.
 */
export class Contention {
  readonly #objects = new Map<number, ContentionCounts>()
  /** By thread: the object that it has just waited for. */
  readonly #waitedFor = new Map<number, number>()

  /** A thread's wait for an object has ended. Its operation, if it is recorded, is its next event. */
  recordWait(thread: number, object: number): void {
    this.#waitedFor.set(thread, object)
  }

  accept(event: OperationEvent, directory: ProcessDirectory): void {
    const { thread, object, act, value } = event
    const waitedFor = this.#waitedFor.get(thread)
    this.#waitedFor.delete(thread)
    const kind = directory.kind(object)
    const acquisition = kind && kindDescriptions[kind].acquisition
    if (value === operationFailed || act !== acquisition?.operation || !acquisition.isFirst(event)) return
    const { acquisitions, waited } = this.of(object)
    this.#objects.set(object, {
      acquisitions: acquisitions + 1,
      waited: waited + (waitedFor === object ? 1 : 0),
    })
  }

  of(object: number): ContentionCounts {
    return this.#objects.get(object) ?? noContention
  }

  forget(thread: number): void {
    this.#waitedFor.delete(thread)
  }
}
