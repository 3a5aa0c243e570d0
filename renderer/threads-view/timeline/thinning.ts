/**
 * Thins what would be drawn on top of each other: of all that falls into one slot of a row the first is drawn. What
 * comes in order needs no memory but the last slot of each row.
 */
export class Thinning {
  readonly #lastSlots = new Map<number, number>()
  /** How many were drawn, and how many there were. */
  drawn = 0
  total = 0

  /** Whether something in this slot of a row is to be drawn. Slots of a row must not decrease. */
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
