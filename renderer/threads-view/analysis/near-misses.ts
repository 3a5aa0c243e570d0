import type { Cast } from './cast.ts'
import type { NearMiss } from './findings.ts'
import type { LockOrder } from './lock-orders.ts'
import type { LostUpdates } from './lost-updates.ts'
import { lockOrderSentence, lostUpdatesSentence } from './sentences.ts'

/** Near misses that are kept. */
const kept = 50

/** The near misses of a process, the oldest first. */
export class NearMisses {
  readonly #process: string
  readonly #list = new Map<string, NearMiss>()
  #snapshot: readonly NearMiss[] = []
  #isOld = false

  constructor(process: string) {
    this.#process = process
  }

  /** The same array until something is added. */
  get list(): readonly NearMiss[] {
    if (this.#isOld) this.#snapshot = [...this.#list.values()]
    this.#isOld = false
    return this.#snapshot
  }

  tellLockOrders(circle: readonly LockOrder[], at: number, cast: Cast): void {
    const locks = circle.map(({ held }) => held).join(' ')
    this.#tell(`orders ${locks}`, 'lock order', at, lockOrderSentence(circle, cast))
  }

  /** Once for each cell: a later loss is told in its place. */
  tellLost(lost: LostUpdates, at: number, cast: Cast): void {
    this.#tell(`lost ${lost.cell}`, 'lost update', at, lostUpdatesSentence(lost, cast))
  }

  #tell(what: string, kind: NearMiss['kind'], at: number, sentence: string): void {
    const key = `${this.#process} ${what}`
    this.#list.set(key, { key, process: this.#process, kind, at, sentence })
    for (const oldest of this.#list.keys()) {
      if (this.#list.size <= kept) break
      this.#list.delete(oldest)
    }
    this.#isOld = true
  }
}
