/** Buckets of one doubling. */
const perOctave = 16

/** A microsecond or less, in ms: the first bucket. */
const least = 0.001

/** From a microsecond to five hours; what is longer is counted in the last bucket. */
const buckets = 34 * perOctave

/** What is known of many durations, in ms. */
export interface DurationSummary {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly longest: number
}

/**
 * Durations in milliseconds, counted in buckets that grow by a sixteenth of a doubling (a logarithmic histogram, as
 * Tene's HdrHistogram): 2 KiB, however many there are. A percentile is the middle of its bucket, so it is at most 2.2 %
 * (2^(1/32) − 1) off the exact one (by nearest rank), from 1 µs to 5 hours. `count` and `longest` are exact.
 */
export class Durations {
  readonly #counts = new Uint32Array(buckets)
  #count = 0
  #longest = 0

  get count(): number {
    return this.#count
  }

  get longest(): number {
    return this.#longest
  }

  add(ms: number): void {
    const bucket = Math.floor(Math.log2(Math.max(ms, least) / least) * perOctave)
    this.#counts[Math.min(bucket, buckets - 1)]! += 1
    this.#count++
    this.#longest = Math.max(this.#longest, ms)
  }

  /** The duration that `share` (0 to 1) of all do not exceed; 0 when there is none. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      seen += this.#counts[bucket]!
      if (seen >= rank) return Math.min(this.#longest, least * 2 ** ((bucket + 0.5) / perOctave))
    }
    return 0
  }

  summary(): DurationSummary {
    return {
      count: this.#count,
      p50: this.percentile(0.5),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      longest: this.#longest,
    }
  }
}
