/** The sorted indexes of a list that changes. What has changed is sorted among itself and then merged. */
export class SortedIndexes {
  readonly #compare: (a: number, b: number) => number
  #indexes = new Int32Array(0)
  #version = -1

  /** `compare` takes two indexes and never returns 0 for different ones. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  /**
   * Returns the indexes 0 … length − 1, sorted. `indexes` contains all of them, in any order; it is fastest if they are
   * almost sorted. `versions` has the version of the list in which each of them was last changed, and `version` is the
   * present one.
   */
  sort(indexes: Int32Array, versions: Int32Array, version: number): Int32Array {
    const last = this.#version
    if (version === last) return this.#indexes
    this.#version = version
    const changed: number[] = []
    for (const index of indexes) if ((versions[index] as number) > last) changed.push(index)
    if (changed.length === 0) return this.#indexes
    const unchanged = new Int32Array(indexes.length - changed.length)
    let count = 0
    for (const index of this.#indexes) if ((versions[index] as number) <= last) unchanged[count++] = index
    this.#indexes = this.#mergeSorted(unchanged, changed.sort(this.#compare))
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
