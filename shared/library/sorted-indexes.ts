/** The sorted indexes of a growing list. New ones are sorted among themselves and then merged. */
export class SortedIndexes {
  readonly #compare: (a: number, b: number) => number
  #indexes = new Int32Array(0)

  /** `compare` takes two indexes and never returns 0 for different ones. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  /** The result of the last call of `sort`. */
  get indexes(): Int32Array {
    return this.#indexes
  }

  /**
   * Returns the indexes 0 … length − 1, sorted. `indexes` contains all of them, in any order; those beyond
   * the length of the last call are new. It is fastest if they are almost sorted.
   */
  sort(indexes: Int32Array): Int32Array {
    const known = this.#indexes
    if (indexes.length > known.length) {
      const added = Array.from(indexes.filter((index) => index >= known.length))
      this.#indexes = this.#mergeSorted(known, added.sort(this.#compare))
    }
    return this.#indexes
  }

  /** `added` is sorted. A comparison costs far more than a copy, so a binary search finds each position. */
  #mergeSorted(known: Int32Array, added: readonly number[]): Int32Array<ArrayBuffer> {
    const all = new Int32Array(known.length + added.length)
    let from = 0
    added.forEach((value, offset) => {
      const to = this.#findInsertionIndex(known, value, from)
      all.set(known.subarray(from, to), from + offset)
      all[to + offset] = value
      from = to
    })
    all.set(known.subarray(from), from + added.length)
    return all
  }

  #findInsertionIndex(known: Int32Array, value: number, from: number): number {
    let low = from
    let high = known.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(known[middle] as number, value) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
