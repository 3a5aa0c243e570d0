import type { OperationEvent } from '@skein/threading/inspect'
import { operationFailed } from '@skein/threading/inspect'

/** The maximum number of pairs of locks, and of threads for each pair. */
const maxOrders = 4096
const maxAcquirers = 8

/** A thread acquired a lock while it held another. */
export interface LockOrder {
  readonly held: number
  readonly acquired: number
  /** Each thread that did, once, with the time of its first acquisition. */
  readonly acquirers: readonly { readonly thread: number; readonly at: number }[]
}

interface MutableLockOrder extends LockOrder {
  readonly acquirers: { readonly thread: number; readonly at: number }[]
}

/**
 * The graph of locks that are held while others are acquired. A cycle in it is a possible deadlock, even if none has
 * happened. (Linux's lockdep; Havelund's GoodLock.)
 */
export class LockOrderGraph {
  /** By the lock held, then by the lock acquired. */
  readonly #orders = new Map<number, Map<number, MutableLockOrder>>()
  readonly #reported = new Set<string>()
  #count = 0

  /**
   * Adds an operation. Returns the cycle that it closed, unless that was returned before: the lock that one step
   * acquires is held by the next step. A cycle of one thread alone is none, because a thread cannot meet itself.
   */
  accept({ thread, object, act, value, holding, at }: OperationEvent): readonly LockOrder[] | undefined {
    if (act !== 'acquire' || value === operationFailed || holding === 0 || holding === object)
      return undefined
    const order = this.#orderOf(holding, object)
    if (order === undefined || order.acquirers.length >= maxAcquirers) return undefined
    if (order.acquirers.some((acquirer) => acquirer.thread === thread)) return undefined
    order.acquirers.push({ thread, at })
    return this.#newCycle(order)
  }

  #orderOf(held: number, acquired: number): MutableLockOrder | undefined {
    const from = this.#orders.get(held) ?? new Map<number, MutableLockOrder>()
    const known = from.get(acquired)
    if (known !== undefined || this.#count >= maxOrders) return known
    this.#orders.set(held, from)
    const order = { held, acquired, acquirers: [] }
    from.set(acquired, order)
    this.#count++
    return order
  }

  #newCycle(order: MutableLockOrder): readonly LockOrder[] | undefined {
    const back = this.#findPath(order.acquired, order.held, new Set())
    if (back === undefined) return undefined
    const cycle = [order, ...back]
    const threads = new Set(cycle.flatMap(({ acquirers }) => acquirers.map(({ thread }) => thread)))
    const key = cycle
      .map(({ held, acquired }) => `${held}>${acquired}`)
      .sort()
      .join(' ')
    if (threads.size < 2 || this.#reported.has(key)) return undefined
    this.#reported.add(key)
    return cycle
  }

  /** Returns the steps that lead from one lock to another. */
  #findPath(from: number, to: number, seen: Set<number>): MutableLockOrder[] | undefined {
    seen.add(from)
    for (const [next, order] of this.#orders.get(from) ?? []) {
      if (next === to) return [order]
      const rest = seen.has(next) ? undefined : this.#findPath(next, to, seen)
      if (rest !== undefined) return [order, ...rest]
    }
    return undefined
  }
}
