/** How many marks were drawn, of how many. */
export interface DrawnCount {
  drawn: number
  total: number
}

/**
 * Selects marks that do not cover each other: only the first mark in each slot of a row is drawn. Marks come by time, so
 * the last slot of each row is enough to remember.
 */
export class Thinning {
  readonly #lastSlots = new Map<number, number>()
  readonly #counts = new Map<number, DrawnCount>()

  /** Returns whether a mark in this slot of a row is drawn. The slots of a row must not decrease. */
  claim(row: number, slot: number): boolean {
    const isDrawn = this.#lastSlots.get(row) !== slot
    this.#lastSlots.set(row, slot)
    const count = this.#counts.get(slot)
    if (count) {
      count.total++
      if (isDrawn) count.drawn++
    } else this.#counts.set(slot, { drawn: isDrawn ? 1 : 0, total: 1 })
    return isDrawn
  }

  /** Counts the marks from a slot on, in all rows, and forgets those before it. */
  countFrom(slot: number): DrawnCount {
    const sum = { drawn: 0, total: 0 }
    for (const [number, { drawn, total }] of this.#counts) {
      if (number < slot) this.#counts.delete(number)
      else {
        sum.drawn += drawn
        sum.total += total
      }
    }
    return sum
  }

  clear(): void {
    this.#lastSlots.clear()
    this.#counts.clear()
  }
}
