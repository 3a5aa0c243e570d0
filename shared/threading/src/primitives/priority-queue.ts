import { type HandleRef, registerKind } from '../core/kind-registry.ts'
import { doubles, words } from '../core/memory.ts'
import type { Encoded } from '../heap/codec.ts'
import { Queue, type QueueOptions } from './queue.ts'

/** A number, or a tuple that begins with one: its priority, the lowest first. */
export type Prioritized = number | readonly [number, ...unknown[]]

const priorityOffset = 4
const arrivalOffset = 6

/**
 * A queue that gives the item of the lowest priority first; equal priorities keep their order of arrival.
 * Its slots are a binary heap (Williams 1964): no item comes before its parent, at half its index.
 */
export class PriorityQueue<Item extends Prioritized = Prioritized> extends Queue<Item> {
  constructor(options: QueueOptions | HandleRef = {}) {
    super(options, 'PriorityQueue')
  }

  protected override get slotWords(): number {
    return 8
  }

  protected override get getGuard(): number {
    return this.putGuard
  }

  protected override get puts(): number {
    return this.putCount
  }

  /** Throws TypeError for an item without a priority. */
  protected override checkItem(item: Item): void {
    if (Number.isNaN(priorityOf(item)))
      throw new TypeError('an item is a number, or a list that begins with one')
  }

  protected override insert(encoded: Encoded, item: Item): void {
    const index = this.added
    this.ring.writeItem(index, encoded)
    const slot = this.ring.slotAt(index)
    doubles[(slot + priorityOffset) >> 1] = priorityOf(item)
    words[slot + arrivalOffset] = this.putCount
    this.countPut()
    this.added = index + 1
    this.#siftUp(index, priorityOf(item))
  }

  protected override hasItem(): boolean {
    return !this.empty()
  }

  protected override remove(): Encoded {
    const first = this.ring.readItem(0)
    const last = this.added - 1
    this.#move(last, this.#siftHoleDown(last))
    this.added = last
    return first
  }

  /** Who dies while it moves items leaves one of them twice, and none lost. Items in their order are a heap. */
  protected override recoverItems(): void {
    const items = new Map<number, Int32Array>()
    for (let index = 0; index < this.added; index++) {
      const slot = this.ring.slotAt(index)
      items.set(words[slot + arrivalOffset]!, words.slice(slot, slot + this.ring.slotWords))
    }
    const inOrder = [...items.values()].sort(comparePriorities)
    for (const [index, item] of inOrder.entries()) words.set(item, this.ring.slotAt(index))
    this.added = inOrder.length
  }

  /** Moves those that come after the newest item down, and it into the hole. Equal ones came before it. */
  #siftUp(index: number, priority: number): void {
    const newest = words.slice(this.ring.slotAt(index), this.ring.slotAt(index) + this.ring.slotWords)
    let hole = index
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (doubles[(this.ring.slotAt(parent) + priorityOffset) >> 1]! <= priority) break
      this.#move(parent, hole)
      hole = parent
    }
    if (hole !== index) words.set(newest, this.ring.slotAt(hole))
  }

  /** Moves those that come before the last item up, from the root on. Returns the index left for it. */
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
    const [oneSlot, otherSlot] = [this.ring.slotAt(one), this.ring.slotAt(other)]
    const onePriority = doubles[(oneSlot + priorityOffset) >> 1]!
    const otherPriority = doubles[(otherSlot + priorityOffset) >> 1]!
    if (onePriority !== otherPriority) return onePriority < otherPriority
    // Counters wrap: the sign of their difference gives their order.
    return ((words[oneSlot + arrivalOffset]! - words[otherSlot + arrivalOffset]!) | 0) < 0
  }

  #move(from: number, to: number): void {
    words.copyWithin(
      this.ring.slotAt(to),
      this.ring.slotAt(from),
      this.ring.slotAt(from) + this.ring.slotWords,
    )
  }
}
registerKind('PriorityQueue', PriorityQueue)

/** Of the words of two slots. */
function comparePriorities(one: Int32Array, other: Int32Array): number {
  const [onePriority, otherPriority] = [priorityIn(one), priorityIn(other)]
  return onePriority === otherPriority
    ? (one[arrivalOffset]! - other[arrivalOffset]!) | 0
    : onePriority < otherPriority
      ? -1
      : 1
}

const priorityIn = (slot: Int32Array): number =>
  new Float64Array(slot.buffer, slot.byteOffset, slot.length / 2)[priorityOffset / 2]!

/** NaN where there is none. */
function priorityOf(item: unknown): number {
  const priority = Array.isArray(item) ? item[0] : item
  return typeof priority === 'number' ? priority : Number.NaN
}
