import type { SharedMemory } from '@skein/threading'

// One cache line for each writer: 16 words of 4 bytes.
const wordsPerCacheLine = 16

/** Returns the size in bytes of a board with `slots` worker slots. */
export function boardBytes(slots: number): number {
  return (1 + slots) * wordsPerCacheLine * 4
}

/** The file that a thread reads: its batch and its index there. */
export interface Claim {
  readonly batch: number
  readonly index: number
}

/**
 * A struct in shared memory: the present run, written only by `main`, and for each scan thread the file it reads, written
 * only by that thread. So `main` knows what a thread was reading when it died.
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

  claim(slot: number, { batch, index }: Claim): void {
    Atomics.store(this.#words, (1 + slot) * wordsPerCacheLine + 1, index)
    Atomics.store(this.#words, (1 + slot) * wordsPerCacheLine, batch)
  }

  /** Records that the thread reads nothing. */
  release(slot: number): void {
    Atomics.store(this.#words, (1 + slot) * wordsPerCacheLine, 0)
  }

  /** Returns what the thread reads; undefined when it waits for work. */
  claimOf(slot: number): Claim | undefined {
    const batch = Atomics.load(this.#words, (1 + slot) * wordsPerCacheLine)
    return batch === 0
      ? undefined
      : { batch, index: Atomics.load(this.#words, (1 + slot) * wordsPerCacheLine + 1) }
  }
}
