import type { TimedEntries } from '../model/timed-entries.ts'
import type { Extent } from '../timeline/viewport.ts'

/** What is drawn as a stepped line: each value holds from its time until the next. */
export interface SeriesPoints {
  readonly times: number[]
  readonly values: number[]
  readonly min: number
  readonly max: number
  /** Changes within the stretch. */
  readonly changes: number
}

/** The values of a series over a stretch of time, with the one that it begins with, and the last one until `end`. */
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
  const least = values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
  const most = values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY)
  return { times, values, min: least, max: most, changes }
}

/** The upper end of the scale: a round number that is not below what is shown. */
export function scaleTop(most: number): number {
  if (most <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(most))
  for (const factor of [1, 2, 4, 5, 8, 10]) if (factor * power >= most) return factor * power
  return most
}
