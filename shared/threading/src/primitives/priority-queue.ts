import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import { doubles, words } from '../core/memory.ts'
import type { Encoded } from '../heap/codec.ts'
import { Queue } from './queue.ts'
import type { ItemLayout, NewItem, QueueOptions } from './queue-storage.ts'

/** A number, or a tuple that begins with one: its priority, the lowest first. */
export type Prioritized = number | readonly [number, ...unknown[]]

/**
 * The items are a binary heap (Williams 1964) in the first slots of the ring: no item precedes its parent, which is at
 * half its index. The words of a slot are written by the thread in the guard that producers and consumers share:
 *
 *   offset  width  what it holds
 *   ------  -----  ------------------------------------------------------------
 *   0       4      the encoded item
 *   4       2      its priority, a double
 *   6       1      its arrival: how many items were put before it, wrapping
 *   7       1      nothing, so that the priorities of all slots are aligned
 */
const slotWords = 8
const priorityOffset = 4
const arrivalOffset = 6

/** A queue that gives the item of the lowest priority first; equal priorities keep their order of arrival. */
export class PriorityQueue<Item extends Prioritized = Prioritized> extends Queue<Item> {
  constructor(options: QueueOptions | HandleRef = {}) {
    super(options, 'PriorityQueue')
  }

  /** Like Queue's. Throws TypeError for an item without a priority. */
  override put(item: Item, block = true, timeout?: number): void {
    super.put(item, block, timeout)
  }

  /** Like `put`, for threads that must not block. */
  override async putAsync(item: Item, timeout?: number): Promise<void> {
    await super.putAsync(item, timeout)
  }

  protected override orderOf(item: Item): number {
    const priority = priorityOf(item)
    if (Number.isNaN(priority)) throw new TypeError('an item is a number, or a list that begins with one')
    return priority
  }

  protected override initItems(): ItemLayout {
    return { slotWords, sharesGuard: true }
  }

  protected override putItem({ item, encoded }: NewItem): void {
    const index = this.countItems()
    this.ring.writeItem(index, encoded)
    const slot = this.ring.slotAt(index)
    doubles[(slot + priorityOffset) >> 1] = priorityOf(item)
    words[slot + arrivalOffset] = this.counters.added
    this.counters.countPut()
    this.#siftUp(index, priorityOf(item))
  }

  protected override getItem(): Encoded {
    const first = this.ring.readItem(0)
    const last = this.countItems() - 1
    this.#move(last, this.#siftHoleDown(last))
    this.counters.countGet()
    return first
  }

  /** A thread that dies while it moves items leaves one of them twice, and loses no other. A sorted list is a heap. */
  protected override repairItems(): void {
    const items = new Map<number, Int32Array>()
    for (let index = 0; index < this.countItems(); index++) {
      const slot = this.ring.slotAt(index)
      items.set(words[slot + arrivalOffset]!, words.slice(slot, slot + slotWords))
    }
    const sorted = [...items.values()].sort(comparePriorities)
    for (const [index, item] of sorted.entries()) words.set(item, this.ring.slotAt(index))
    this.counters.shrinkTo(sorted.length)
  }

  /** Moves the parents that come after the newest item down, and the item into the hole. Equal ones arrived before it. */
  #siftUp(index: number, priority: number): void {
    const newest = words.slice(this.ring.slotAt(index), this.ring.slotAt(index) + slotWords)
    let hole = index
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (this.#priorityAt(parent) <= priority) break
      this.#move(parent, hole)
      hole = parent
    }
    if (hole !== index) words.set(newest, this.ring.slotAt(hole))
  }

  /** Moves the children that precede the last item up, beginning at the root. Returns the index that is left for it. */
  #siftHoleDown(last: number): number {
    for (let hole = 0; ; ) {
      let child = 2 * hole + 1
      if (child >= last) return hole
      if (child + 1 < last && this.#precedes(child + 1, child)) child++
      if (!this.#precedes(child, last)) return hole
      this.#move(child, hole)
      hole = child
    }
  }

  #precedes(one: number, other: number): boolean {
    const [onePriority, otherPriority] = [this.#priorityAt(one), this.#priorityAt(other)]
    if (onePriority !== otherPriority) return onePriority < otherPriority
    // Arrivals wrap: the sign of their difference gives their order.
    return ((this.#arrivalAt(one) - this.#arrivalAt(other)) | 0) < 0
  }

  #priorityAt(index: number): number {
    return doubles[(this.ring.slotAt(index) + priorityOffset) >> 1]!
  }

  #arrivalAt(index: number): number {
    return words[this.ring.slotAt(index) + arrivalOffset]!
  }

  #move(from: number, to: number): void {
    const slot = this.ring.slotAt(from)
    words.copyWithin(this.ring.slotAt(to), slot, slot + slotWords)
  }
}
registerKind('PriorityQueue', PriorityQueue)

/** Compares the words of two slots. */
function comparePriorities(one: Int32Array, other: Int32Array): number {
  const [onePriority, otherPriority] = [priorityIn(one), priorityIn(other)]
  if (onePriority === otherPriority) return (one[arrivalOffset]! - other[arrivalOffset]!) | 0
  return onePriority < otherPriority ? -1 : 1
}

const priorityIn = (slot: Int32Array): number =>
  new Float64Array(slot.buffer, slot.byteOffset, slotWords / 2)[priorityOffset / 2]!

/** Returns NaN where there is none. */
function priorityOf(item: unknown): number {
  const priority = Array.isArray(item) ? item[0] : item
  return typeof priority === 'number' ? priority : Number.NaN
}
