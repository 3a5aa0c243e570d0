import { ColumnRing } from './column-ring.ts'
import { lowerBound } from './timed-entries.ts'

/** Samples of a minute at 240 a second; only those that showed something new are kept. */
export const maxSamples = 16_384

const columns = {
  at: Float64Array,
  firstEvent: Float64Array,
  earliestEventAt: Float64Array,
  latestEventAt: Float64Array,
  unrecordedCount: Float64Array,
  droppedCount: Float64Array,
} as const

type SampleEntry = Readonly<Record<keyof typeof columns, number>>

/** When samples were made, and which events each of them brought. The oldest are forgotten. */
export class SampleRing {
  #rows = new ColumnRing(columns, maxSamples)

  get first(): number {
    return this.#rows.first
  }

  get end(): number {
    return this.#rows.end
  }

  get bytes(): number {
    return this.#rows.bytes
  }

  /** When it was made, in ms since 1970. Never decreases. */
  at(sample: number): number {
    return this.#rows.get('at', sample)
  }

  /** The number of the first event that it brought. */
  firstEvent(sample: number): number {
    return this.#rows.get('firstEvent', sample)
  }

  /** Times of the earliest and the latest event that it brought. */
  earliestEventAt(sample: number): number {
    return this.#rows.get('earliestEventAt', sample)
  }

  latestEventAt(sample: number): number {
    return this.#rows.get('latestEventAt', sample)
  }

  unrecordedCount(sample: number): number {
    return this.#rows.get('unrecordedCount', sample)
  }

  droppedCount(sample: number): number {
    return this.#rows.get('droppedCount', sample)
  }

  /** The last sample at or before a time; `first - 1` before the oldest. */
  indexAt(time: number): number {
    return lowerBound(this.first, this.end, (sample) => this.at(sample) > time) - 1
  }

  add(sample: SampleEntry): void {
    const at = this.end > this.first ? Math.max(sample.at, this.at(this.end - 1)) : sample.at
    this.#rows.push({ ...sample, at })
  }

  /** Forgets samples before a time, except the last of them: it shows how things stood then. */
  forget(before: number): void {
    const firstAfter = lowerBound(this.first, this.end, (sample) => this.at(sample) >= before)
    this.#rows.dropBefore(Math.min(firstAfter, this.end) - 1)
  }

  /** What it holds now, to be read while this one goes on. */
  clone(): SampleRing {
    const copy = new SampleRing()
    copy.#rows = this.#rows.clone()
    return copy
  }
}
