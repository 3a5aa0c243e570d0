import type { SharedMemory } from '@skein/threading'

// One cache line for each writer: 16 words of 4 bytes.
const wordsPerCacheLine = 16

/** The words of a row. The first two are written by its thread, the third by `main`. */
const batchWord = 0
const indexWord = 1
const revokedWord = 2

/** Returns the size in bytes of a board with this number of rows. */
export function boardBytes(rows: number): number {
  return (1 + rows) * wordsPerCacheLine * 4
}

/** The file that a thread reads: its batch and its index there. */
export interface Claim {
  readonly batch: number
  readonly index: number
}

/**
 * A struct in shared memory: the present run, written only by `main`, and a row for each reader thread with the file it
 * reads. So `main` knows what a thread was reading when it died.
 */
export class ReaderBoard {
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

  claim(row: number, { batch, index }: Claim): void {
    Atomics.store(this.#words, wordOf(row, indexWord), index)
    Atomics.store(this.#words, wordOf(row, batchWord), batch)
  }

  /** Records that the thread reads nothing. */
  release(row: number): void {
    Atomics.store(this.#words, wordOf(row, batchWord), 0)
  }

  /** Returns what the thread reads; undefined when it waits for work. */
  claimOf(row: number): Claim | undefined {
    const batch = Atomics.load(this.#words, wordOf(row, batchWord))
    return batch === 0 ? undefined : { batch, index: Atomics.load(this.#words, wordOf(row, indexWord)) }
  }

  /** Takes the rest of a batch away from its thread: it reads no further file of it. */
  revoke(row: number, batch: number): void {
    Atomics.store(this.#words, wordOf(row, revokedWord), batch)
  }

  isRevoked(row: number, batch: number): boolean {
    return Atomics.load(this.#words, wordOf(row, revokedWord)) === batch
  }
}

function wordOf(row: number, word: number): number {
  return (1 + row) * wordsPerCacheLine + word
}
