import type { SharedMemory } from '@skein/threading'

// A line of cache for each writer: 16 words of 4 bytes.
const wordsPerCacheLine = 16

/** Bytes that a board for `seats` threads takes. */
export function boardBytes(seats: number): number {
  return (1 + seats) * wordsPerCacheLine * 4
}

/** The place of a file: the batch it is in and its index there. */
export interface Claim {
  readonly batch: number
  readonly index: number
}

/**
 * A struct in shared memory: the present run, written by `main` alone, and for each scan thread the file it is about
 * to read, written by that thread alone, so that `main` knows what a thread that died was reading.
 */
export class ScanBoard {
  readonly #words: Int32Array

  constructor(memory: SharedMemory) {
    this.#words = memory.int32
  }

  get run(): number {
    return Atomics.load(this.#words, 0)
  }

  set run(run: number) {
    Atomics.store(this.#words, 0, run)
  }

  claim(seat: number, { batch, index }: Claim): void {
    Atomics.store(this.#words, (1 + seat) * wordsPerCacheLine + 1, index)
    Atomics.store(this.#words, (1 + seat) * wordsPerCacheLine, batch)
  }

  /** The thread reads nothing now. */
  release(seat: number): void {
    Atomics.store(this.#words, (1 + seat) * wordsPerCacheLine, 0)
  }

  /** What the thread reads, undefined when it waits for work. */
  claimOf(seat: number): Claim | undefined {
    const batch = Atomics.load(this.#words, (1 + seat) * wordsPerCacheLine)
    return batch === 0
      ? undefined
      : { batch, index: Atomics.load(this.#words, (1 + seat) * wordsPerCacheLine + 1) }
  }
}
