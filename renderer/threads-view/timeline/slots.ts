/**
 * Thins what would be drawn on top of each other: of all that falls into one slot of a row the first is drawn. What
 * comes in order needs no memory but the last slot of each row.
 */
export class Slots {
  readonly #last = new Map<number, number>()
  /** How many were drawn, and how many there were. */
  drawn = 0
  all = 0

  /** Whether something in this slot of a row is to be drawn. Slots of a row must not decrease. */
  take(row: number, slot: number): boolean {
    this.all++
    if (this.#last.get(row) === slot) return false
    this.#last.set(row, slot)
    this.drawn++
    return true
  }

  clear(): void {
    this.#last.clear()
    this.drawn = 0
    this.all = 0
  }
}
