import { words } from '../core/memory.ts'
import type { Encoded } from '../heap/codec.ts'
import { allocate, free } from '../heap/heap.ts'

/** The address of a heap block counts units of this many words. */
const unitWords = 4

/** The words of an encoded item: tag, first, second, block. */
export const encodedWords = 4

/**
 * A ring of slots in the heap, addressed by counters that wrap. Its first unit holds its capacity, a power
 * of two; the slots follow. A slot begins with an encoded item; what follows it is up to the kind of queue.
 *
 * Producers and consumers each have a word with the ring's address, so that each side reads its own cache line.
 * Invariant: the ring is replaced only by a thread that has excluded both sides, and consumers see the new ring first.
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
    this.#publish(this.#allocateRing(capacity))
  }

  /** Frees the ring. No thread can reach it any more. */
  close(): void {
    free(words[this.#producersWord]!)
  }

  get capacity(): number {
    return words[words[this.#producersWord]! * unitWords]!
  }

  /** The first word of a slot, where producers see the ring. */
  slotAt(counter: number): number {
    return this.#slotIn(words[this.#producersWord]!, counter)
  }

  writeItem(counter: number, encoded: Encoded): void {
    const slot = this.slotAt(counter)
    words[slot] = encoded.tag
    words[slot + 1] = encoded.first
    words[slot + 2] = encoded.second
    words[slot + 3] = encoded.block
  }

  /** Reads an item where consumers see the ring. */
  readItem(counter: number): Encoded {
    const slot = this.#slotIn(words[this.#consumersWord]!, counter)
    return { tag: words[slot]!, first: words[slot + 1]!, second: words[slot + 2]!, block: words[slot + 3]! }
  }

  /** Allocates a ring of twice the capacity, outside of the guards: a failure changes nothing. */
  allocateWider(): number {
    return this.#allocateRing(this.capacity * 2)
  }

  /**
   * Replaces the ring by a wider one, unless another thread has done so. Every slot is copied to both slots that its
   * counters can now mean, so that no item moves for a thread that counts on. Returns the ring that is no longer used,
   * which the caller frees.
   */
  replace(wider: number): number {
    const former = words[this.#producersWord]!
    const capacity = words[former * unitWords]!
    if (words[wider * unitWords]! !== capacity * 2) return wider
    const [first, end] = [this.#slotIn(former, 0), (former + 1) * unitWords + capacity * this.slotWords]
    words.copyWithin(this.#slotIn(wider, 0), first, end)
    words.copyWithin(this.#slotIn(wider, capacity), first, end)
    this.#publish(wider)
    return former
  }

  /** Completes a replacement that a dead thread began: consumers see the new ring as soon as it is complete. */
  recover(): void {
    words[this.#producersWord] = words[this.#consumersWord]!
  }

  #publish(ring: number): void {
    words[this.#consumersWord] = ring
    words[this.#producersWord] = ring
  }

  #allocateRing(capacity: number): number {
    const ring = allocate((unitWords + capacity * this.slotWords) * 4)
    words[ring * unitWords] = capacity
    return ring
  }

  #slotIn(ring: number, counter: number): number {
    const mask = words[ring * unitWords]! - 1
    return (ring + 1) * unitWords + (counter & mask) * this.slotWords
  }
}
