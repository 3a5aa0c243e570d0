/**
 * Selects marks that do not cover each other: only the first mark in each slot of a row is drawn. Marks come by time, so
 * the last slot of each row is enough to remember.
 */
export class Thinning {
  readonly #lastSlots = new Map<number, number>()
  /** The number of marks that were drawn, and of all marks. */
  drawn = 0
  total = 0

  /** Returns whether a mark in this slot of a row is drawn. The slots of a row must not decrease. */
  claim(row: number, slot: number): boolean {
    this.total++
    if (this.#lastSlots.get(row) === slot) return false
    this.#lastSlots.set(row, slot)
    this.drawn++
    return true
  }

  clear(): void {
    this.#lastSlots.clear()
    this.drawn = 0
    this.total = 0
  }
}
