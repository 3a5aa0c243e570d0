import { type ActEvent, noSuccess, type ObjectKind } from '../../shared/threading/index.ts'
import type { Told } from './order.ts'

/** What cells, locks and queues hold at a point of an order, as far as it is known. A run begins with empty ones. */
export class Contents {
  readonly #kinds: ReadonlyMap<number, ObjectKind>
  readonly #bounds: ReadonlyMap<number, number>
  readonly #numbers = new Map<number, number>()
  readonly #holders = new Map<number, number>()
  readonly #depths = new Map<number, number>()

  constructor(kinds: ReadonlyMap<number, ObjectKind>, bounds: ReadonlyMap<number, number>) {
    this.#kinds = kinds
    this.#bounds = bounds
  }

  /** Whether it can have happened now. */
  allows(told: Told): boolean {
    if (!isDone(told)) return true
    const { object, act, value, thread } = told
    switch (act) {
      case 'read':
        return (this.#numbers.get(object) ?? value) === value
      case 'acquire':
        return !this.#isLock(object) || (this.#holders.get(object) ?? thread) === thread
      case 'get':
        return this.#depth(object) > 0
      case 'put':
        return this.#depth(object) < (this.#bounds.get(object) ?? Infinity)
      default:
        return true
    }
  }

  /** It happened. */
  apply(told: Told): void {
    if (!isDone(told)) return
    const { object, act, value, thread } = told
    if (act === 'read' || act === 'write') this.#numbers.set(object, value)
    else if (act === 'put') this.#depths.set(object, this.#depth(object) + 1)
    else if (act === 'get') this.#depths.set(object, this.#depth(object) - 1)
    else if (act === 'acquire') this.#holders.set(object, thread)
    else if (act === 'release' && value === 0) this.#holders.delete(object)
  }

  #depth(object: number): number {
    return this.#depths.get(object) ?? 0
  }

  #isLock(object: number): boolean {
    const kind = this.#kinds.get(object)
    return kind === 'Lock' || kind === 'RLock'
  }
}

const isDone = (told: Told): told is ActEvent => 'act' in told && told.value !== noSuccess
