/** One thing that happened; what its numbers mean is for the ring's owner to say. */
export interface RingEntry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: number
  readonly object: number
  /** What the object held afterwards, or who was woken. */
  readonly value: number
}

/** Bytes of one entry in memory. */
const entryBytes = 21

/** Entries that a ring has room for at first. */
const minCapacity = 256

/**
 * The latest things that happened, in order, in a ring that grows up to a fixed size. Entries are numbered from `first` to `end - 1`;
 * the numbers grow for ever and stay with their entries. Invariant: times never decrease.
 */
export class EntryRing {
  readonly #maxCapacity: number
  #capacity = 0
  #times = new Float64Array(0)
  #codes = new Uint8Array(0)
  #objects = new Int32Array(0)
  #values = new Float64Array(0)
  #first = 0
  #end = 0

  constructor(most: number) {
    this.#maxCapacity = most
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#capacity * entryBytes
  }

  push({ at, code, object, value }: RingEntry): void {
    if (this.#end - this.#first === this.#capacity && this.#capacity < this.#maxCapacity) this.#grow()
    const place = this.#end % this.#capacity
    // Holds the invariant when a clock is set back.
    this.#times[place] = this.#end > this.#first ? Math.max(at, this.at(this.#end - 1)) : at
    this.#codes[place] = code
    this.#objects[place] = object
    this.#values[place] = value
    this.#end++
    if (this.#end - this.#first > this.#capacity) this.#first++
  }

  at(entry: number): number {
    return this.#times[entry % this.#capacity] ?? 0
  }

  code(entry: number): number {
    return this.#codes[entry % this.#capacity] ?? 0
  }

  object(entry: number): number {
    return this.#objects[entry % this.#capacity] ?? 0
  }

  value(entry: number): number {
    return this.#values[entry % this.#capacity] ?? 0
  }

  /** The first entry at a time or later; `end` when there is none. */
  firstAtOrAfter(time: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) < time) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Forgets what happened before a time. */
  forget(before: number): void {
    this.#first = this.firstAtOrAfter(before)
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): EntryRing {
    const copy = new EntryRing(this.#maxCapacity)
    copy.#capacity = this.#capacity
    copy.#times = this.#times.slice()
    copy.#codes = this.#codes.slice()
    copy.#objects = this.#objects.slice()
    copy.#values = this.#values.slice()
    copy.#first = this.#first
    copy.#end = this.#end
    return copy
  }

  #grow(): void {
    const old = this.clone()
    this.#capacity = Math.min(this.#maxCapacity, Math.max(minCapacity, 2 * this.#capacity))
    this.#times = new Float64Array(this.#capacity)
    this.#codes = new Uint8Array(this.#capacity)
    this.#objects = new Int32Array(this.#capacity)
    this.#values = new Float64Array(this.#capacity)
    for (let entry = this.#first; entry < this.#end; entry++) {
      const place = entry % this.#capacity
      this.#times[place] = old.at(entry)
      this.#codes[place] = old.code(entry)
      this.#objects[place] = old.object(entry)
      this.#values[place] = old.value(entry)
    }
  }
}
