/** Buckets of one doubling. */
const bucketsPerOctave = 16

/** A microsecond or less, in ms: the first bucket. */
const minDuration = 0.001

/** From a microsecond to five hours. The last bucket counts longer durations too. */
const bucketCount = 34 * bucketsPerOctave

/** The distribution of durations, in ms. */
export interface DurationSummary {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly maxDuration: number
}

/**
 * Durations in milliseconds, counted in buckets that grow by a sixteenth of a doubling (a logarithmic histogram, like
 * Tene's HdrHistogram): 2 KiB for any number of durations. A percentile is the middle of its bucket, so it is at most 2.2 %
 * (2^(1/32) − 1) off the exact one (by nearest rank), from 1 µs to 5 hours. `count` and `maxDuration` are exact.
 */
export class DurationHistogram {
  readonly #counts = new Uint32Array(bucketCount)
  #count = 0
  #maxDuration = 0

  add(ms: number): void {
    const bucket = Math.floor(Math.log2(Math.max(ms, minDuration) / minDuration) * bucketsPerOctave)
    this.#counts[Math.min(bucket, bucketCount - 1)]! += 1
    this.#count++
    this.#maxDuration = Math.max(this.#maxDuration, ms)
  }

  /** Returns the duration that `share` (0 to 1) of all do not exceed; 0 if there is none. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      seen += this.#counts[bucket]!
      if (seen >= rank)
        return Math.min(this.#maxDuration, minDuration * 2 ** ((bucket + 0.5) / bucketsPerOctave))
    }
    return 0
  }

  summary(): DurationSummary {
    return {
      count: this.#count,
      p50: this.percentile(0.5),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      maxDuration: this.#maxDuration,
    }
  }
}
