import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import { doubles, words } from '../core/memory.ts'
import { Queue } from './queue.ts'
import { type QueueOptions, queueField } from './queue-fields.ts'
import type { ItemLayout, NewItem } from './queue-storage.ts'

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

  protected override newSlot(): number {
    return this.ring.spareSlot
  }

  /** Moves the parents that come after the new item down, and the item into the hole. Equal ones arrived before it. */
  protected override placeItem({ item }: NewItem): void {
    const priority = priorityOf(item)
    const slot = this.newSlot()
    doubles[(slot + priorityOffset) >> 1] = priority
    words[slot + arrivalOffset] = this.counters.added
    let hole = this.counters.guardedSize
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (this.#priorityAt(parent) <= priority) break
      this.#move(parent, hole)
      hole = parent
    }
    words.copyWithin(this.ring.slotAt(hole), slot, slot + slotWords)
  }

  protected override nextCounter(): number {
    return 0
  }

  protected override firstCounter(): number {
    return 0
  }

  /** `taking` comes first: a missing item was then not put, but got. */
  protected override removeNext(): void {
    words[this.field(queueField.taking)] = (this.counters.taken + 1) | 0
    const last = this.counters.guardedSize - 1
    const hole = this.#siftHoleDown(last)
    if (hole !== last) this.#move(last, hole)
  }

  /**
   * A thread that dies while it moves items leaves one of them twice in place of another, the missing one:
   *
   *   during a put  the last parent that moves, or is about to move. The first one moved to the slot behind the others,
   *                 so that the missing one is there. The new item may be in place of one, and is not decided.
   *   during a get  the item that is taken: the get is decided as soon as it is missing
   */
  protected override repairItems(): void {
    const count = this.counters.guardedSize
    const items = this.#distinctItems(count)
    const isTaking = words[this.field(queueField.taking)] === ((this.counters.taken + 1) | 0)
    if (items.size === count) {
      words[this.field(queueField.taking)] = this.counters.taken
      if (count > 0) this.ring.keepItem(this.nextCounter())
      return
    }
    if (!isTaking) this.#addItem(items, count)
    this.#rebuild(items)
    if (isTaking) this.counters.countGet()
  }

  /** The words of the first slots by their arrival, without the item of a put that is not decided. */
  #distinctItems(count: number): Map<number, Int32Array> {
    const items = new Map<number, Int32Array>()
    for (let index = 0; index < count; index++) this.#addItem(items, index)
    items.delete(this.counters.added)
    return items
  }

  #addItem(items: Map<number, Int32Array>, index: number): void {
    const slot = this.ring.slotAt(index)
    items.set(words[slot + arrivalOffset]!, words.slice(slot, slot + slotWords))
  }

  /** A sorted list is a heap. */
  #rebuild(items: ReadonlyMap<number, Int32Array>): void {
    const sorted = [...items.values()].sort(comparePriorities)
    for (const [index, item] of sorted.entries()) words.set(item, this.ring.slotAt(index))
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
