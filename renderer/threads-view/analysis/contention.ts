import type { ObjectKind, OperationEvent } from '@skein/threading/inspect'
import { operationFailed } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'

/** Of the acquisitions that were recorded, how many had to wait. */
export interface ContentionCounts {
  readonly acquisitions: number
  readonly waited: number
}

const noContention: ContentionCounts = { acquisitions: 0, waited: 0 }

/**
 * How often an object was not to be had at once: a lock's or semaphore's `acquire`, a queue's `get`, an event's `wait`.
 * Only acquisitions that were recorded count, those that waited and those that did not: where a thread does more than
 * it records, this is a sample.
 */
export class Contention {
  readonly #objects = new Map<number, ContentionCounts>()
  /** The object that a thread has just waited for. */
  readonly #waitedFor = new Map<number, number>()

  /** A thread's wait for an object has ended; its act, if it is recorded, is the next thing that it tells. */
  recordWait(thread: number, object: number): void {
    this.#waitedFor.set(thread, object)
  }

  accept({ thread, object, act, value }: OperationEvent, cast: ProcessDirectory): void {
    const waitedFor = this.#waitedFor.get(thread)
    this.#waitedFor.delete(thread)
    if (value === operationFailed || act !== acquiringOperation(cast.kind(object))) return
    // Depth 2 of an RLock: it was its own already.
    if (cast.kind(object) === 'RLock' && value > 1) return
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

/** What it is to get hold of an object of this kind; undefined where nothing is got. */
export function acquiringOperation(kind: ObjectKind | undefined): 'acquire' | 'get' | 'wait' | undefined {
  switch (kind) {
    case 'Lock':
    case 'RLock':
    case 'Semaphore':
    case 'BoundedSemaphore':
      return 'acquire'
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      return 'get'
    case 'Event':
      return 'wait'
    default:
      return undefined
  }
}
