/** Looks of a minute at 240 a second; only those that saw something new are kept. */
export const mostLooks = 16_384

/** Bytes of one look. */
const lookBytes = 48

/** The fields of the looks that were recorded, each in an array of its own; the oldest are forgotten. */
export class Looks {
  #at = new Float64Array(256)
  #events = new Float64Array(256)
  #earliest = new Float64Array(256)
  #latest = new Float64Array(256)
  #unmarked = new Float64Array(256)
  #dropped = new Float64Array(256)
  #first = 0
  #end = 0

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#at.length * lookBytes
  }

  /** When it was made, in ms since 1970. Never decreases. */
  at(look: number): number {
    return this.#at[look % this.#at.length] ?? 0
  }

  /** The number of the first event that it brought. */
  events(look: number): number {
    return this.#events[look % this.#events.length] ?? 0
  }

  /** Times of the earliest and the latest event that it brought. */
  earliest(look: number): number {
    return this.#earliest[look % this.#earliest.length] ?? 0
  }

  latest(look: number): number {
    return this.#latest[look % this.#latest.length] ?? 0
  }

  unmarked(look: number): number {
    return this.#unmarked[look % this.#unmarked.length] ?? 0
  }

  dropped(look: number): number {
    return this.#dropped[look % this.#dropped.length] ?? 0
  }

  /** The last look at or before a time; `first - 1` before the oldest. */
  before(time: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  add(look: Look): void {
    if (this.#end - this.#first === this.#at.length && !this.#grow()) this.#first++
    const place = this.#end % this.#at.length
    this.#at[place] = this.#end > this.#first ? Math.max(look.at, this.at(this.#end - 1)) : look.at
    this.#events[place] = look.events
    this.#earliest[place] = look.earliest
    this.#latest[place] = look.latest
    this.#unmarked[place] = look.unmarked
    this.#dropped[place] = look.dropped
    this.#end++
  }

  /** Forgets looks before a time, but for the last of them: it tells how things stood then. */
  forget(before: number): void {
    while (this.#first + 1 < this.#end && this.at(this.#first + 1) < before) this.#first++
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): Looks {
    const copy = new Looks()
    for (let look = this.#first; look < this.#end; look++) copy.add(this.#read(look))
    return copy
  }

  #read(look: number): Look {
    return {
      at: this.at(look),
      events: this.events(look),
      earliest: this.earliest(look),
      latest: this.latest(look),
      unmarked: this.unmarked(look),
      dropped: this.dropped(look),
    }
  }

  #grow(): boolean {
    if (this.#at.length >= mostLooks) return false
    const looks = Array.from({ length: this.#end - this.#first }, (_, index) =>
      this.#read(this.#first + index),
    )
    const capacity = this.#at.length * 2
    this.#at = new Float64Array(capacity)
    this.#events = new Float64Array(capacity)
    this.#earliest = new Float64Array(capacity)
    this.#latest = new Float64Array(capacity)
    this.#unmarked = new Float64Array(capacity)
    this.#dropped = new Float64Array(capacity)
    this.#first = 0
    this.#end = 0
    for (const look of looks) this.add(look)
    return true
  }
}

export interface Look {
  readonly at: number
  readonly events: number
  readonly earliest: number
  readonly latest: number
  readonly unmarked: number
  readonly dropped: number
}
