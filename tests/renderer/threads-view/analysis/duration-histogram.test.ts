import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DurationHistogram } from '../../../../renderer/threads-view/analysis/duration-histogram.ts'

/** By nearest rank. */
function exact(sorted: readonly number[], share: number): number {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0
}

const errorBound = 2 ** (1 / 32) - 1 + 1e-9

test('percentiles are within the error bound, for any durations', () => {
  const duration = fc.double({ min: 0.001, max: 3_600_000, noNaN: true })
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 500 }), (values) => {
      const durations = new DurationHistogram()
      for (const value of values) durations.add(value)
      const sorted = values.toSorted((one, other) => one - other)
      for (const share of [0.5, 0.95, 0.99, 1]) {
        const expected = exact(sorted, share)
        expect(Math.abs(durations.percentile(share) - expected) / expected).toBeLessThanOrEqual(errorBound)
      }
      expect(durations.summary()).toMatchObject({ count: values.length, maxDuration: sorted.at(-1) })
    }),
  )
})

test('durations below a microsecond and above five hours are counted', () => {
  const durations = new DurationHistogram()
  for (const value of [0, 0.0001, 1e9]) durations.add(value)
  expect(durations.summary()).toMatchObject({ count: 3, maxDuration: 1e9 })
  expect(durations.percentile(0.5)).toBeLessThan(0.0011)
})

test('without durations there is no summary', () => {
  expect(new DurationHistogram().summary()).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, maxDuration: 0 })
})
