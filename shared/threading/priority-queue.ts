import type { Encoded } from './codec.ts'
import { doubles, words } from './memory.ts'
import { type Existing, receivable } from './primitive.ts'
import { Queue, type QueueOptions } from './queue.ts'

/** A number, or a tuple that begins with one: its priority, the lowest first. */
export type Prioritized = number | readonly [number, ...unknown[]]

const priorityAt = 4
const arrivalAt = 6

/**
 * A queue that gives the item of the lowest priority first; equal priorities keep their order of arrival.
 * Its slots are a binary heap (Williams 1964): no item comes before its parent, at half its place.
 */
export class PriorityQueue<Item extends Prioritized = Prioritized> extends Queue<Item> {
  constructor(options: QueueOptions | Existing = {}) {
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
  protected override check(item: Item): void {
    if (Number.isNaN(priorityOf(item)))
      throw new TypeError('an item is a number, or a list that begins with one')
  }

  protected override insert(encoded: Encoded, item: Item): void {
    const place = this.added
    this.writeSlot(place, encoded)
    const slot = this.slot(place)
    doubles[(slot + priorityAt) >> 1] = priorityOf(item)
    words[slot + arrivalAt] = this.putCount
    this.countPut()
    this.added = place + 1
    this.#rise(place, priorityOf(item))
  }

  protected override hasItem(): boolean {
    return !this.empty()
  }

  protected override remove(): Encoded {
    const first = this.readSlot(0)
    const last = this.added - 1
    this.#move(last, this.#holeFor(last))
    this.added = last
    return first
  }

  /** Who dies while it moves items leaves one of them twice, and none lost. Items in their order are a heap. */
  protected override repairItems(): void {
    const items = new Map<number, Int32Array>()
    for (let place = 0; place < this.added; place++) {
      const slot = this.slot(place)
      items.set(words[slot + arrivalAt]!, words.slice(slot, slot + this.slotWords))
    }
    const inOrder = [...items.values()].sort(byPriority)
    for (const [place, item] of inOrder.entries()) words.set(item, this.slot(place))
    this.added = inOrder.length
  }

  /** Moves those that come after the newest item down, and it into the hole. Equal ones came before it. */
  #rise(place: number, priority: number): void {
    const newest = words.slice(this.slot(place), this.slot(place) + this.slotWords)
    let hole = place
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (doubles[(this.slot(parent) + priorityAt) >> 1]! <= priority) break
      this.#move(parent, hole)
      hole = parent
    }
    if (hole !== place) words.set(newest, this.slot(hole))
  }

  /** Moves those that come before the last item up, from the root on. Returns the place left for it. */
  #holeFor(last: number): number {
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
    const [oneSlot, otherSlot] = [this.slot(one), this.slot(other)]
    const onePriority = doubles[(oneSlot + priorityAt) >> 1]!
    const otherPriority = doubles[(otherSlot + priorityAt) >> 1]!
    if (onePriority !== otherPriority) return onePriority < otherPriority
    // Counters wrap: their difference tells which came first.
    return ((words[oneSlot + arrivalAt]! - words[otherSlot + arrivalAt]!) | 0) < 0
  }

  #move(from: number, to: number): void {
    words.copyWithin(this.slot(to), this.slot(from), this.slot(from) + this.slotWords)
  }
}
receivable('PriorityQueue', PriorityQueue)

/** Of the words of two slots. */
function byPriority(one: Int32Array, other: Int32Array): number {
  const [onePriority, otherPriority] = [priorityIn(one), priorityIn(other)]
  return onePriority === otherPriority
    ? (one[arrivalAt]! - other[arrivalAt]!) | 0
    : onePriority < otherPriority
      ? -1
      : 1
}

const priorityIn = (slot: Int32Array): number =>
  new Float64Array(slot.buffer, slot.byteOffset, slot.length / 2)[priorityAt / 2]!

/** NaN where there is none. */
function priorityOf(item: unknown): number {
  const priority = Array.isArray(item) ? item[0] : item
  return typeof priority === 'number' ? priority : Number.NaN
}
