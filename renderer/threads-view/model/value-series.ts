/** Numbers over time: each holds from its time until the next. */
export interface Series {
  /** Milliseconds since 1970, never decreasing. */
  readonly times: Float64Array
  readonly values: Float64Array
}

/** Points of all series of a process together: 32 MB. */
export const maxPoints = 2 ** 21

/** Bytes of one point. */
export const pointBytes = 16

/** Of more changes than this within one step, the first, the least, the greatest and the last are kept. */
const pointsPerInterval = 4

/** ms; well below what a pixel shows of a minute. */
const thinningInterval = 10

/** Points of one series at the most: a minute of changes in every step. */
const maxSeriesPoints = (60_000 / thinningInterval) * pointsPerInterval

/** How many points may still be used, by all who share it. */
export class PointBudget {
  #remaining: number

  constructor(points = maxPoints) {
    this.#remaining = points
  }

  get remaining(): number {
    return this.#remaining
  }

  reserve(points: number): boolean {
    if (points > this.#remaining) return false
    this.#remaining -= points
    return true
  }

  release(points: number): void {
    this.#remaining += points
  }
}

/**
 * One number over time, in a ring that grows by doubling as long as the budget lets it; then the oldest is
 * forgotten. Changes that come thick are thinned so that their picture stays true.
 */
export class ValueSeries {
  readonly #budget: PointBudget
  #times = new Float64Array(0)
  #values = new Float64Array(0)
  /** Points are numbered from `first` to `end - 1`; a point lies at its number modulo the capacity. */
  #first = 0
  #end = 0
  /** The points of the newest step begin here. */
  #intervalFirst = 0
  #intervalNumber = Number.NEGATIVE_INFINITY

  constructor(budget: PointBudget) {
    this.#budget = budget
  }

  get capacity(): number {
    return this.#times.length
  }

  /** Tells that the number is this one since `at`. */
  add(at: number, value: number): void {
    if (this.#end > this.#first && this.#value(this.#end - 1) === value) return
    const time = this.#end > this.#first ? Math.max(at, this.#time(this.#end - 1)) : at
    const number = Math.floor(time / thinningInterval)
    if (number !== this.#intervalNumber) {
      this.#intervalNumber = number
      this.#intervalFirst = this.#end
    }
    if (this.#end - this.#intervalFirst < pointsPerInterval) this.#push(time, value)
    else this.#thin(time, value)
  }

  /** The points from `from` to `to`, and the one before them, which tells the number at `from`. */
  between(from: number, to: number): Series {
    const begin = Math.max(this.#first, this.#firstAfter(from) - 1)
    const end = Math.max(begin, this.#firstAfter(to))
    const times = new Float64Array(end - begin)
    const values = new Float64Array(end - begin)
    for (let point = begin; point < end; point++) {
      times[point - begin] = this.#time(point)
      values[point - begin] = this.#value(point)
    }
    return { times, values }
  }

  /** The number at a time; undefined before the first. */
  at(time: number): number | undefined {
    const point = this.#firstAfter(time) - 1
    return point < this.#first ? undefined : this.#value(point)
  }

  /** Forgets what is over before a time. */
  forget(before: number): void {
    while (this.#first + 1 < this.#end && this.#time(this.#first + 1) < before) this.#first++
  }

  /** Ends its use of the budget. */
  release(): void {
    this.#budget.release(this.#times.length)
    this.#times = new Float64Array(0)
    this.#values = new Float64Array(0)
    this.#first = this.#end
  }

  /** What it holds now, with a budget of its own: it does not grow. */
  clone(): ValueSeries {
    const copy = new ValueSeries(new PointBudget(0))
    copy.#times = this.#times.slice()
    copy.#values = this.#values.slice()
    copy.#first = this.#first
    copy.#end = this.#end
    return copy
  }

  #time(point: number): number {
    return this.#times[point % this.#times.length] ?? 0
  }

  #value(point: number): number {
    return this.#values[point % this.#values.length] ?? 0
  }

  /** The first point later than a time. */
  #firstAfter(time: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#time(middle) <= time) low = middle + 1
      else high = middle
    }
    return low
  }

  #push(time: number, value: number): void {
    if (this.#end - this.#first === this.#times.length && !this.#grow()) {
      if (this.#times.length === 0) return
      this.#first++
    }
    const place = this.#end % this.#times.length
    this.#times[place] = time
    this.#values[place] = value
    this.#end++
  }

  /** The step has its four points: the newest takes the last place, unless that was its least or greatest so far. */
  #thin(time: number, value: number): void {
    const last = this.#end - 1
    const middle = [last - 2, last - 1]
    const inner = this.#value(last)
    const kept = middle.map((point) => this.#value(point))
    const [lowest, highest] = [Math.min(...kept), Math.max(...kept)]
    if (inner < lowest || inner > highest) {
      // The last becomes a middle point, in place of the one that it outdoes.
      const outdone = inner < lowest === this.#value(last - 2) < this.#value(last - 1) ? last - 2 : last - 1
      if (outdone === last - 2) this.#copy(last - 1, last - 2)
      this.#copy(last, last - 1)
    }
    this.#times[last % this.#times.length] = time
    this.#values[last % this.#values.length] = value
  }

  #copy(from: number, to: number): void {
    this.#times[to % this.#times.length] = this.#time(from)
    this.#values[to % this.#values.length] = this.#value(from)
  }

  #grow(): boolean {
    const old = this.#times.length
    const wanted = Math.min(maxSeriesPoints, Math.max(16, old * 2))
    if (wanted <= old || !this.#budget.reserve(wanted - old)) return false
    const { times, values } = this.#all()
    this.#times = new Float64Array(wanted)
    this.#values = new Float64Array(wanted)
    this.#intervalFirst -= this.#first
    this.#end -= this.#first
    this.#first = 0
    this.#times.set(times)
    this.#values.set(values)
    return true
  }

  #all(): Series {
    return this.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  }
}
