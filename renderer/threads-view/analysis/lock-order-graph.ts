import type { OperationEvent } from '@skein/threading/inspect'
import { operationFailed } from '@skein/threading/inspect'

/** Orders of two locks that are remembered, and threads for each. */
const maxOrders = 4096
const maxAcquirers = 8

/** A thread acquired a lock while it held another. */
export interface LockOrder {
  readonly held: number
  readonly acquired: number
  /** Who did, each thread once, with when it was first seen. */
  readonly acquirers: readonly { readonly thread: number; readonly at: number }[]
}

interface MutableLockOrder extends LockOrder {
  readonly acquirers: { readonly thread: number; readonly at: number }[]
}

/**
 * The graph of the orders in which locks are held together. A circle in it is a deadlock that may come, even if it never
 * did. (Linux's lockdep; Havelund's GoodLock.)
 */
export class LockOrderGraph {
  /** By the lock held, then by the lock acquired. */
  readonly #orders = new Map<number, Map<number, MutableLockOrder>>()
  readonly #reported = new Set<string>()
  #count = 0

  /**
   * Takes what a thread did. Answers the circle of orders that it closed and that was not told before: each order's
   * lock acquired is the next one's held. A circle that one thread alone made is none: it cannot meet itself.
   */
  accept({ thread, object, act, value, holding, at }: OperationEvent): readonly LockOrder[] | undefined {
    if (act !== 'acquire' || value === operationFailed || holding === 0 || holding === object)
      return undefined
    const order = this.#orderOf(holding, object)
    if (order === undefined || order.acquirers.length >= maxAcquirers) return undefined
    if (order.acquirers.some((taker) => taker.thread === thread)) return undefined
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
    const circle = [order, ...back]
    const threads = new Set(circle.flatMap(({ acquirers: takers }) => takers.map(({ thread }) => thread)))
    const key = circle
      .map(({ held, acquired }) => `${held}>${acquired}`)
      .sort()
      .join(' ')
    if (threads.size < 2 || this.#reported.has(key)) return undefined
    this.#reported.add(key)
    return circle
  }

  /** Orders that lead from one lock to another. */
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
