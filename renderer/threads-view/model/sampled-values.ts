import { ColumnRing } from './column-ring.ts'
import { lowerBound, type TimedEntries } from './timed-entries.ts'

interface SampledValue {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: number
  readonly object: number
  readonly value: number
}

/** Values over time that are no events: each holds from its time until the next. */
export class SampledValues implements TimedEntries {
  #rows: ColumnRing<'at' | 'code' | 'object' | 'value'>

  constructor(maxCount: number) {
    this.#rows = new ColumnRing(
      { at: Float64Array, code: Uint8Array, object: Int32Array, value: Float64Array },
      maxCount,
    )
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

  push(entry: SampledValue): void {
    // Times never decrease, even when the clock is set back.
    const at = this.end > this.first ? Math.max(entry.at, this.at(this.end - 1)) : entry.at
    this.#rows.push({ at, code: entry.code, object: entry.object, value: entry.value })
  }

  at(entry: number): number {
    return this.#rows.get('at', entry)
  }

  code(entry: number): number {
    return this.#rows.get('code', entry)
  }

  object(entry: number): number {
    return this.#rows.get('object', entry)
  }

  value(entry: number): number {
    return this.#rows.get('value', entry)
  }

  firstAtOrAfter(time: number): number {
    return lowerBound(this.first, this.end, (entry) => this.at(entry) >= time)
  }

  /** Drops what was over before a time; the value that held at that time stays. */
  forget(before: number): void {
    this.#rows.dropBefore(this.firstAtOrAfter(before) - 1)
  }

  clone(): SampledValues {
    const copy = new SampledValues(0)
    copy.#rows = this.#rows.clone()
    return copy
  }
}
