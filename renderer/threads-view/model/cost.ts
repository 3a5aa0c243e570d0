/** The share is that of about the last so many ms. */
const windowDuration = 4_000
const bucketDuration = 500

/** Measures the share of a thread's time that something takes, over the last seconds. */
export class TimeShareMeter {
  #busy = new Float64Array(windowDuration / bucketDuration)
  #newest = 0
  #first: number | undefined

  /** Adds `ms` that were spent until `now`, by `performance.now()`. */
  add(now: number, ms: number): void {
    this.#first ??= now
    this.#moveTo(now)
    const index = this.#newest % this.#busy.length
    this.#busy[index] = (this.#busy[index] ?? 0) + ms
  }

  /** Returns 0 … 1; undefined before enough is measured. */
  share(now: number): number | undefined {
    if (this.#first === undefined || now - this.#first < bucketDuration) return undefined
    this.#moveTo(now)
    const counted = Math.min(now - this.#first, windowDuration - bucketDuration + (now % bucketDuration))
    return this.#busy.reduce((sum, ms) => sum + ms, 0) / counted
  }

  #moveTo(now: number): void {
    const newest = Math.floor(now / bucketDuration)
    const newBuckets = Math.min(newest - this.#newest, this.#busy.length)
    for (let step = 0; step < newBuckets; step++) this.#busy[(newest - step) % this.#busy.length] = 0
    this.#newest = Math.max(this.#newest, newest)
  }
}
