import type { ObjectView, OperationEvent } from '@skein/threading/inspect'

/** Threads remembered for a cell, those that wrote last. */
const maxWriters = 8

/** Updates of a watched cell that another thread overwrote unseen. */
export interface LostUpdates {
  readonly cell: number
  readonly lost: number
  /** Threads that wrote, as far as it was recorded. */
  readonly writers: readonly number[]
}

/** Watches what cells say of their lost updates, and who writes them. */
export class LostUpdateDetector {
  readonly #lost = new Map<number, number>()
  readonly #writers = new Map<number, Set<number>>()

  recordWrite({ thread, object, act }: OperationEvent): void {
    if (act !== 'write') return
    const writers = this.#writers.get(object) ?? new Set()
    this.#writers.set(object, writers)
    writers.delete(thread)
    writers.add(thread)
    for (const oldest of writers) {
      if (writers.size <= maxWriters) break
      writers.delete(oldest)
    }
  }

  /** The cells that have lost updates since the last time. */
  detect(objects: readonly ObjectView[]): LostUpdates[] {
    const found: LostUpdates[] = []
    for (const { id, lost } of objects) {
      if (lost === undefined || lost <= (this.#lost.get(id) ?? 0)) continue
      this.#lost.set(id, lost)
      found.push({ cell: id, lost, writers: [...(this.#writers.get(id) ?? [])] })
    }
    return found
  }
}
