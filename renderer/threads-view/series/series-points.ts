import type { TimedEntries } from '../model/timed-entries.ts'
import type { Extent } from '../timeline/viewport.ts'

/** The points of a stepped line: each value is true from its time until the next. */
export interface SeriesPoints {
  readonly times: number[]
  readonly values: number[]
  readonly min: number
  readonly max: number
  /** The number of changes within the time shown. */
  readonly changes: number
}

/**
 * Returns the values of a series over a time, with the one at its beginning, and the last one until `end`. Of the values
 * in a column of `columnWidth` ms only the first, the lowest, the highest and the last are points: more would not change
 * the picture. (M4 aggregation: Jugel, Jerzak, Hackenbroich and Markl, 2014.)
 */
export function seriesPoints(
  series: TimedEntries,
  { from, to }: Extent,
  end: number,
  columnWidth: number,
): SeriesPoints {
  const points: Point[] = []
  const after = series.firstAtOrAfter(from)
  let column: ColumnPoints | undefined
  let entry = Math.max(series.first, after - 1)
  for (; entry < series.end && series.at(entry) <= to; entry++) {
    const point = { time: Math.max(from, series.at(entry)), value: series.value(entry) }
    const number = Math.floor((point.time - from) / columnWidth)
    if (column?.number === number) column.add(point)
    else {
      column?.moveTo(points)
      column = new ColumnPoints(number, point)
    }
  }
  column?.moveTo(points)
  const last = points.at(-1)
  if (last) points.push({ time: end, value: last.value })
  return {
    times: points.map(({ time }) => time),
    values: points.map(({ value }) => value),
    min: points.reduce((min, { value }) => Math.min(min, value), Number.POSITIVE_INFINITY),
    max: points.reduce((max, { value }) => Math.max(max, value), Number.NEGATIVE_INFINITY),
    changes: Math.max(0, entry - after),
  }
}

interface Point {
  readonly time: number
  readonly value: number
}

/** The points of one column that matter to a picture. */
class ColumnPoints {
  readonly number: number
  readonly #first: Point
  #lowest: Point
  #highest: Point
  #last: Point

  constructor(number: number, first: Point) {
    this.number = number
    this.#first = first
    this.#lowest = first
    this.#highest = first
    this.#last = first
  }

  add(point: Point): void {
    if (point.value < this.#lowest.value) this.#lowest = point
    if (point.value > this.#highest.value) this.#highest = point
    this.#last = point
  }

  /** Appends the points in the order of their times, each once. */
  moveTo(points: Point[]): void {
    const isLowestFirst = this.#lowest.time <= this.#highest.time
    const extremes = isLowestFirst ? [this.#lowest, this.#highest] : [this.#highest, this.#lowest]
    points.push(...new Set([this.#first, ...extremes, this.#last]))
  }
}

/** Returns the upper end of the scale: a round number that is not below the maximum. */
export function scaleTop(max: number): number {
  if (max <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(max))
  for (const factor of [1, 2, 4, 5, 8, 10]) if (factor * power >= max) return factor * power
  return max
}
