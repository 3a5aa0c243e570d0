/** What is counted is what happened in about the last so many ms. */
const windowDuration = 4_000
const bucketDuration = 500

/** How much of a thread's time something takes, over the last seconds. */
export class TimeShareMeter {
  #busy = new Float64Array(windowDuration / bucketDuration)
  #newest = 0
  #first: number | undefined

  /** Tells that it took `ms` until `now`; both by `performance.now()`. */
  add(now: number, ms: number): void {
    this.#first ??= now
    this.#moveTo(now)
    const place = this.#newest % this.#busy.length
    this.#busy[place] = (this.#busy[place] ?? 0) + ms
  }

  /** 0 … 1; undefined before there is anything to tell. */
  share(now: number): number | undefined {
    if (this.#first === undefined || now - this.#first < bucketDuration) return undefined
    this.#moveTo(now)
    const counted = Math.min(now - this.#first, windowDuration - bucketDuration + (now % bucketDuration))
    return this.#busy.reduce((sum, ms) => sum + ms, 0) / counted
  }

  #moveTo(now: number): void {
    const newest = Math.floor(now / bucketDuration)
    const passed = Math.min(newest - this.#newest, this.#busy.length)
    for (let step = 0; step < passed; step++) this.#busy[(newest - step) % this.#busy.length] = 0
    this.#newest = Math.max(this.#newest, newest)
  }
}
