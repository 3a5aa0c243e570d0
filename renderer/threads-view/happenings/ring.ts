/** One thing that happened; what its numbers mean is for the ring's owner to say. */
export interface Entry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly code: number
  readonly object: number
  /** What the object held afterwards, or who was woken. */
  readonly value: number
}

/**
 * The latest things that happened, in order, in a ring of fixed size. Entries are numbered from `first` to `end - 1`;
 * the numbers grow for ever and stay with their entries. Invariant: times never decrease.
 */
export class Ring {
  readonly #capacity: number
  readonly #times: Float64Array
  readonly #codes: Uint8Array
  readonly #objects: Int32Array
  readonly #values: Float64Array
  #first = 0
  #end = 0

  constructor(capacity: number) {
    this.#capacity = capacity
    this.#times = new Float64Array(capacity)
    this.#codes = new Uint8Array(capacity)
    this.#objects = new Int32Array(capacity)
    this.#values = new Float64Array(capacity)
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  push({ at, code, object, value }: Entry): void {
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
  firstFrom(time: number): number {
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
    this.#first = this.firstFrom(before)
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): Ring {
    const copy = new Ring(this.#capacity)
    copy.#times.set(this.#times)
    copy.#codes.set(this.#codes)
    copy.#objects.set(this.#objects)
    copy.#values.set(this.#values)
    copy.#first = this.#first
    copy.#end = this.#end
    return copy
  }
}
