import { load, store } from '../core/atomic.ts'
import { words } from '../core/memory.ts'

/**
 * A count of frames in two words, which exceeds 32 bits after a day of sound. The first word holds its low 32 bits. The
 * second holds the count divided by 2³⁰, so the two overlap: a reader that finds an older second word still knows
 * which count is meant. One thread writes a counter.
 */

const highUnit = 2 ** 30

export function loadCount(word: number): number {
  const high = load(word + 1)
  const base = high * highUnit
  return base + ((load(word) - Math.imul(high, highUnit)) | 0)
}

export function storeCount(word: number, count: number): void {
  const high = Math.floor(count / highUnit)
  if (words[word + 1] !== high) store(word + 1, high)
  store(word, count | 0)
}
