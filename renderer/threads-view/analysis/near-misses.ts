import type { ProcessDirectory } from '../model/process-directory.ts'
import { describeLockOrder, describeLostUpdates } from './finding-text.ts'
import type { NearMiss } from './findings.ts'
import type { LockOrder } from './lock-order-graph.ts'
import type { LostUpdates } from './lost-updates.ts'

/** Near misses that are kept. */
const maxNearMisses = 50

/** The near misses of a process, the oldest first. */
export class NearMisses {
  readonly #process: string
  readonly #list = new Map<string, NearMiss>()
  #snapshot: readonly NearMiss[] = []
  #isStale = false

  constructor(process: string) {
    this.#process = process
  }

  /** The same array until something is added. */
  get list(): readonly NearMiss[] {
    if (this.#isStale) this.#snapshot = [...this.#list.values()]
    this.#isStale = false
    return this.#snapshot
  }

  addLockOrder(circle: readonly LockOrder[], at: number, directory: ProcessDirectory): void {
    const locks = circle.map(({ held }) => held).join(' ')
    this.#add(`orders:${locks}`, 'lockOrder', at, describeLockOrder(circle, directory))
  }

  /** Once for each cell: a later loss replaces the earlier one. */
  addLostUpdates(lost: LostUpdates, at: number, directory: ProcessDirectory): void {
    this.#add(`lost:${lost.cell}`, 'lostUpdate', at, describeLostUpdates(lost, directory))
  }

  #add(what: string, kind: NearMiss['kind'], at: number, sentence: string): void {
    const key = `${this.#process} ${what}`
    this.#list.set(key, { key, process: this.#process, kind, at, message: sentence })
    for (const oldest of this.#list.keys()) {
      if (this.#list.size <= maxNearMisses) break
      this.#list.delete(oldest)
    }
    this.#isStale = true
  }
}
