/** Looks of a minute at 240 a second; only those that saw something new are kept. */
export const maxSamples = 16_384

/** Bytes of one look. */
const sampleBytes = 48

/** The fields of the looks that were recorded, each in an array of its own; the oldest are forgotten. */
export class SampleRing {
  #at = new Float64Array(256)
  #events = new Float64Array(256)
  #earliest = new Float64Array(256)
  #latest = new Float64Array(256)
  #unrecordedCounts = new Float64Array(256)
  #droppedCounts = new Float64Array(256)
  #first = 0
  #end = 0

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#at.length * sampleBytes
  }

  /** When it was made, in ms since 1970. Never decreases. */
  at(look: number): number {
    return this.#at[look % this.#at.length] ?? 0
  }

  /** The number of the first event that it brought. */
  firstEvent(look: number): number {
    return this.#events[look % this.#events.length] ?? 0
  }

  /** Times of the earliest and the latest event that it brought. */
  earliestEventAt(look: number): number {
    return this.#earliest[look % this.#earliest.length] ?? 0
  }

  latestEventAt(look: number): number {
    return this.#latest[look % this.#latest.length] ?? 0
  }

  unrecordedCount(look: number): number {
    return this.#unrecordedCounts[look % this.#unrecordedCounts.length] ?? 0
  }

  droppedCount(look: number): number {
    return this.#droppedCounts[look % this.#droppedCounts.length] ?? 0
  }

  /** The last look at or before a time; `first - 1` before the oldest. */
  indexAt(time: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  add(look: SampleEntry): void {
    if (this.#end - this.#first === this.#at.length && !this.#grow()) this.#first++
    const place = this.#end % this.#at.length
    this.#at[place] = this.#end > this.#first ? Math.max(look.at, this.at(this.#end - 1)) : look.at
    this.#events[place] = look.firstEvent
    this.#earliest[place] = look.earliestEventAt
    this.#latest[place] = look.latestEventAt
    this.#unrecordedCounts[place] = look.unrecordedCount
    this.#droppedCounts[place] = look.droppedCount
    this.#end++
  }

  /** Forgets looks before a time, but for the last of them: it tells how things stood then. */
  forget(before: number): void {
    while (this.#first + 1 < this.#end && this.at(this.#first + 1) < before) this.#first++
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): SampleRing {
    const copy = new SampleRing()
    for (let look = this.#first; look < this.#end; look++) copy.add(this.#read(look))
    return copy
  }

  #read(look: number): SampleEntry {
    return {
      at: this.at(look),
      firstEvent: this.firstEvent(look),
      earliestEventAt: this.earliestEventAt(look),
      latestEventAt: this.latestEventAt(look),
      unrecordedCount: this.unrecordedCount(look),
      droppedCount: this.droppedCount(look),
    }
  }

  #grow(): boolean {
    if (this.#at.length >= maxSamples) return false
    const looks = Array.from({ length: this.#end - this.#first }, (_, index) =>
      this.#read(this.#first + index),
    )
    const capacity = this.#at.length * 2
    this.#at = new Float64Array(capacity)
    this.#events = new Float64Array(capacity)
    this.#earliest = new Float64Array(capacity)
    this.#latest = new Float64Array(capacity)
    this.#unrecordedCounts = new Float64Array(capacity)
    this.#droppedCounts = new Float64Array(capacity)
    this.#first = 0
    this.#end = 0
    for (const look of looks) this.add(look)
    return true
  }
}

export interface SampleEntry {
  readonly at: number
  readonly firstEvent: number
  readonly earliestEventAt: number
  readonly latestEventAt: number
  readonly unrecordedCount: number
  readonly droppedCount: number
}
