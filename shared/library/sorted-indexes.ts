/** Places of a growing list, kept in order: what comes is sorted by itself and put between. */
export class SortedIndexes {
  readonly #compare: (a: number, b: number) => number
  #indexes = new Int32Array(0)

  /** `compare` takes two places and never finds them alike. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  /** As the last call of `sort` gave them. */
  get indexes(): Int32Array {
    return this.#indexes
  }

  /**
   * All of `places` in order: the numbers 0 … length − 1, of which those beyond the last call's length are new.
   * It is quickest when they come almost in order.
   */
  sort(places: Int32Array): Int32Array {
    const known = this.#indexes
    if (places.length > known.length) {
      const added = Array.from(places.filter((place) => place >= known.length))
      this.#indexes = this.#mergeSorted(known, added.sort(this.#compare))
    }
    return this.#indexes
  }

  /** `added` is sorted. Comparing costs far more than copying, so each place is found by halving. */
  #mergeSorted(known: Int32Array, added: readonly number[]): Int32Array<ArrayBuffer> {
    const all = new Int32Array(known.length + added.length)
    let from = 0
    added.forEach((place, index) => {
      const to = this.#findInsertionIndex(known, place, from)
      all.set(known.subarray(from, to), from + index)
      all[to + index] = place
      from = to
    })
    all.set(known.subarray(from), from + added.length)
    return all
  }

  #findInsertionIndex(known: Int32Array, place: number, from: number): number {
    let low = from
    let high = known.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(known[middle] as number, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
