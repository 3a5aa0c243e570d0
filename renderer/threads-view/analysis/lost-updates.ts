import type { ObjectView, OperationEvent } from '@skein/threading/inspect'

/** The maximum number of threads for a cell, those that wrote last. */
const maxWriters = 8

/** Updates of a watched cell that were overwritten by a thread that had read the cell before. */
export interface LostUpdates {
  readonly cell: number
  readonly lost: number
  /** The threads that wrote, as far as it is recorded. */
  readonly writers: readonly number[]
}

/** Finds cells that lost updates, and the threads that wrote them. */
export class LostUpdateDetector {
  readonly #lost = new Map<number, number>()
  /** For each cell, when each of its writers wrote last. */
  readonly #writers = new Map<number, Map<number, number>>()

  recordWrite({ thread, object, act, at }: OperationEvent): void {
    if (act !== 'write') return
    const writers = this.#writers.get(object) ?? new Map<number, number>()
    this.#writers.set(object, writers)
    writers.set(thread, at)
    if (writers.size > maxWriters) writers.delete(byLastWrite(writers)[0]!)
  }

  /** Returns the cells that lost updates since the last call. */
  detect(objects: readonly ObjectView[]): LostUpdates[] {
    const found: LostUpdates[] = []
    for (const { id, lost } of objects) {
      if (lost === undefined || lost <= (this.#lost.get(id) ?? 0)) continue
      this.#lost.set(id, lost)
      found.push({ cell: id, lost, writers: byLastWrite(this.#writers.get(id) ?? new Map()) })
    }
    return found
  }
}

/** Events arrive grouped by thread, so only their times give the sequence of writes. */
const byLastWrite = (writers: ReadonlyMap<number, number>): number[] =>
  [...writers].sort(([, one], [, other]) => one - other).map(([thread]) => thread)
