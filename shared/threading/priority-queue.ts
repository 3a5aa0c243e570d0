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
    this.#rise(place)
  }

  protected override hasItem(): boolean {
    return !this.empty()
  }

  protected override remove(): Encoded {
    const first = this.readSlot(0)
    const last = this.added - 1
    this.#move(last, 0)
    this.added = last
    this.#sink(0, last)
    return first
  }

  #rise(place: number): void {
    for (let child = place; child > 0; ) {
      const parent = (child - 1) >> 1
      if (!this.#precedes(child, parent)) return
      this.#swap(child, parent)
      child = parent
    }
  }

  #sink(place: number, length: number): void {
    for (let parent = place; ; ) {
      let child = 2 * parent + 1
      if (child >= length) return
      if (child + 1 < length && this.#precedes(child + 1, child)) child++
      if (!this.#precedes(child, parent)) return
      this.#swap(child, parent)
      parent = child
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

  #swap(one: number, other: number): void {
    const kept = words.slice(this.slot(one), this.slot(one) + this.slotWords)
    this.#move(other, one)
    words.set(kept, this.slot(other))
  }

  #move(from: number, to: number): void {
    words.copyWithin(this.slot(to), this.slot(from), this.slot(from) + this.slotWords)
  }
}
receivable('PriorityQueue', PriorityQueue)

/** NaN where there is none. */
function priorityOf(item: unknown): number {
  const priority = Array.isArray(item) ? item[0] : item
  return typeof priority === 'number' ? priority : Number.NaN
}
