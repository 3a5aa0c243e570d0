import { words } from '../core/memory.ts'
import type { Encoded } from '../heap/codec.ts'
import { allocate, claimBlock, free, giveBlock, giveBlockTo } from '../heap/heap.ts'

/** The address of a heap block counts units of this many words. */
const unitWords = 4

/** The words of an encoded item: tag, first, second, block. */
export const encodedWords = 4
const blockOffset = 3

/**
 * A ring of slots in the heap, addressed by counters that wrap. Its first unit holds its capacity, a power of two; the
 * slots follow, and after them a spare one for an item that is being moved. A slot begins with an encoded item; what
 * follows it is up to the kind of queue.
 *
 * Producers and consumers each have a word with the ring's address, so that each side reads its own cache line.
 * Invariant: the ring is replaced only by a thread that has excluded both sides, and consumers see the new ring first.
 * While the two words differ, the replacement is decided, and recovery completes it.
 */
export class SlotRing {
  readonly slotWords: number
  readonly #producersWord: number
  readonly #consumersWord: number

  /** `producersWord` and `consumersWord` are the words that hold the ring's address. */
  constructor(producersWord: number, consumersWord: number, slotWords: number) {
    this.slotWords = slotWords
    this.#producersWord = producersWord
    this.#consumersWord = consumersWord
  }

  /** Allocates the first ring. Throws MemoryError when the heap is full. */
  open(capacity: number): void {
    const ring = this.allocate(capacity)
    words[this.#consumersWord] = ring
    words[this.#producersWord] = ring
    giveBlock(ring)
  }

  /** Frees the ring. No thread can reach it any more. */
  close(): void {
    const ring = words[this.#producersWord]!
    if (ring === 0) return
    claimBlock(ring)
    words[this.#producersWord] = 0
    free(ring)
  }

  /** Whether there is no ring: `open` has not ended, or `close` has. */
  get isClosed(): boolean {
    return words[this.#producersWord] === 0
  }

  get capacity(): number {
    return words[words[this.#producersWord]! * unitWords]!
  }

  /** The capacity of the ring that consumers see. */
  get consumersCapacity(): number {
    return words[words[this.#consumersWord]! * unitWords]!
  }

  /** The first word of a slot, where producers see the ring. */
  slotAt(counter: number): number {
    return this.#slotIn(words[this.#producersWord]!, counter)
  }

  /** The first word of the spare slot. */
  get spareSlot(): number {
    const ring = words[this.#producersWord]!
    return (ring + 1) * unitWords + words[ring * unitWords]! * this.slotWords
  }

  /** Writes an item to a slot. */
  write(slot: number, encoded: Encoded): void {
    words[slot] = encoded.tag
    words[slot + 1] = encoded.first
    words[slot + 2] = encoded.second
    words[slot + blockOffset] = encoded.block
  }

  /** Reads an item where consumers see the ring. */
  readItem(counter: number): Encoded {
    const slot = this.#slotIn(words[this.#consumersWord]!, counter)
    return {
      tag: words[slot]!,
      first: words[slot + 1]!,
      second: words[slot + 2]!,
      block: words[slot + blockOffset]!,
    }
  }

  /** The heap block of the item in a slot, 0 for none. */
  blockIn(slot: number): number {
    return words[slot + blockOffset]!
  }

  /** Allocates another ring, outside of the guards: a failure changes nothing. */
  allocate(capacity: number): number {
    const ring = allocate((unitWords + (capacity + 1) * this.slotWords) * 4)
    words[ring * unitWords] = capacity
    return ring
  }

  /**
   * Replaces the ring by another one, and copies `count` items from the counter `first` on. Returns the ring that is no
   * longer used, which the caller frees.
   */
  replace(other: number, first: number, count: number): number {
    const former = words[this.#producersWord]!
    this.#copyItems(former, other, first, count)
    words[this.#consumersWord] = other
    giveBlock(other)
    claimBlock(former)
    words[this.#producersWord] = other
    return former
  }

  /** Completes a replacement that the dead thread of a slot began. The former ring is then the dead worker's. */
  recover(deadSlot: number): void {
    const [former, ring] = [words[this.#producersWord]!, words[this.#consumersWord]!]
    if (former === ring) return
    giveBlock(ring)
    giveBlockTo(former, deadSlot)
    words[this.#producersWord] = ring
  }

  /** For recovery: the block of the item at a counter stays with the queue. */
  keepItem(counter: number): void {
    const { block } = this.readItem(counter)
    if (block !== 0) giveBlock(block)
  }

  #copyItems(from: number, to: number, first: number, count: number): void {
    const [fromCapacity, toCapacity] = [words[from * unitWords]!, words[to * unitWords]!]
    for (let copied = 0; copied < count; ) {
      const counter = (first + copied) | 0
      const untilWrap = Math.min(
        fromCapacity - (counter & (fromCapacity - 1)),
        toCapacity - (counter & (toCapacity - 1)),
      )
      const length = Math.min(count - copied, untilWrap)
      const start = this.#slotIn(from, counter)
      words.copyWithin(this.#slotIn(to, counter), start, start + length * this.slotWords)
      copied += length
    }
  }

  #slotIn(ring: number, counter: number): number {
    const mask = words[ring * unitWords]! - 1
    return (ring + 1) * unitWords + (counter & mask) * this.slotWords
  }
}
