/** A random number generator: each call returns an integer from 0 to 2³² − 1. */
export type Random = () => number

/**
 * splitmix32: Steele, Lea and Flood's SplitMix (OOPSLA 2014) on 32 bits, with the mixing constants that Chris
 * Wellons found by search (hash-prospector). The same seed yields the same numbers in every thread.
 */
export function splitmix32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** Returns the seed of one of many independent sequences derived from one seed. */
export function deriveSeed(seed: number, sequence: number): number {
  return splitmix32(seed ^ Math.imul(sequence + 1, 0x85ebca6b))() | 0
}

/** Returns the numbers 0 … length − 1 in random order, by the Fisher–Yates shuffle. */
export function permutation(length: number, random: Random): Int32Array {
  const values = Int32Array.from({ length }, (_, index) => index)
  for (let last = length - 1; last > 0; last--) {
    const chosen = Math.floor((random() / 2 ** 32) * (last + 1))
    swap(values, last, chosen)
  }
  return values
}

export function swap(values: Int32Array, a: number, b: number): void {
  const kept = values[a] as number
  values[a] = values[b] as number
  values[b] = kept
}
