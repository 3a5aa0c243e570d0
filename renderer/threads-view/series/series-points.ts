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

/** Returns the values of a series over a time, with the one at its beginning, and the last one until `end`. */
export function seriesPoints(series: TimedEntries, { from, to }: Extent, end: number): SeriesPoints {
  const times: number[] = []
  const values: number[] = []
  const after = series.firstAtOrAfter(from)
  let last = Math.max(series.first, after - 1)
  let changes = 0
  for (let entry = last; entry < series.end && series.at(entry) <= to; entry++) {
    times.push(Math.max(from, series.at(entry)))
    values.push(series.value(entry))
    if (entry >= after) changes++
    last = entry
  }
  if (times.length > 0) {
    times.push(end)
    values.push(series.value(last))
  }
  const min = values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  const max = values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY)
  return { times, values, min, max, changes }
}

/** Returns the upper end of the scale: a round number that is not below the maximum. */
export function scaleTop(max: number): number {
  if (max <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(max))
  for (const factor of [1, 2, 4, 5, 8, 10]) if (factor * power >= max) return factor * power
  return max
}
