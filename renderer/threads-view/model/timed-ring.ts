import { ColumnRing, type ColumnType } from './column-ring.ts'
import { lowerBound } from './timed-entries.ts'

/**
 * Rows over time, numbered from `first` to `end - 1`: what a row holds is true from its time until the next row's. The
 * oldest rows are dropped when there are too many. Invariant: times never decrease, even when the clock is set back.
 */
export class TimedRing<Name extends string> {
  readonly #rows: ColumnRing<Name | 'at'>

  /** Copies the rows of `source`, if there is one. */
  constructor(columns: Readonly<Record<Name, ColumnType>>, maxCount: number, source?: TimedRing<Name>) {
    this.#rows =
      source === undefined ? new ColumnRing({ at: Float64Array, ...columns }, maxCount) : source.#rows.clone()
  }

  get first(): number {
    return this.#rows.first
  }

  get end(): number {
    return this.#rows.end
  }

  get bytes(): number {
    return this.#rows.bytes
  }

  push(row: Readonly<Record<Name | 'at', number>>): void {
    const at = this.end > this.first ? Math.max(row.at, this.at(this.end - 1)) : row.at
    this.#rows.push(at === row.at ? row : { ...row, at })
  }

  /** Milliseconds since 1970. */
  at(row: number): number {
    return this.#rows.get('at', row)
  }

  get(name: Name, row: number): number {
    return this.#rows.get(name, row)
  }

  /** The first row at a time or later; `end` if there is none. */
  firstAtOrAfter(time: number): number {
    return lowerBound(this.first, this.end, (row) => this.at(row) >= time)
  }

  /** The last row at a time or earlier; `first - 1` before the oldest. */
  lastAtOrBefore(time: number): number {
    return lowerBound(this.first, this.end, (row) => this.at(row) > time) - 1
  }

  /** Drops the rows before a time, except the last of them: it is true at that time. */
  forget(before: number): void {
    this.#rows.dropBefore(this.firstAtOrAfter(before) - 1)
  }
}
