import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatSpan,
  formatTick,
  maxSpan,
  minSpan,
  panExtent,
  tickStep,
  zoomExtent,
} from '../../../../renderer/threads-view/timeline/viewport.ts'

/** The last minute, as a frozen scene has it. */
const now = 1_795_000_000_000
const known = { from: now - maxSpan, to: now }
const shown = { from: now - 20_000, to: now - 10_000 }

describe('zooming', () => {
  test('keeps the moment under the pointer', () => {
    const about = now - 12_500
    const closer = zoomExtent(shown, about, 0.5, known)
    expect(closer.to - closer.from).toBeCloseTo(5_000)
    expect((about - closer.from) / (closer.to - closer.from)).toBeCloseTo(0.75)
  })

  test('is limited to one millisecond and one minute', () => {
    const closest = zoomExtent(shown, now - 15_000, 1e-9, known)
    expect(closest.to - closest.from).toBeCloseTo(minSpan, 3)
    expect(zoomExtent(shown, now - 15_000, 1e9, known)).toEqual(known)
  })

  test('never shows a time that is not recorded', () => {
    const anything = fc.record({
      position: fc.double({ min: 0, max: 1, noNaN: true }),
      factor: fc.double({ min: 0.001, max: 1000, noNaN: true }),
      by: fc.integer({ min: -100_000, max: 100_000 }),
    })
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (steps) => {
        let view = shown
        for (const { position, factor, by } of steps) {
          view = zoomExtent(view, view.from + position * (view.to - view.from), factor, known)
          view = panExtent(view, by, known)
          expect(view.from).toBeGreaterThanOrEqual(known.from - 0.001)
          expect(view.to).toBeLessThanOrEqual(known.to + 0.001)
          expect(view.to - view.from).toBeGreaterThanOrEqual(minSpan - 0.001)
        }
      }),
    )
  })
})

test('panning moves both ends, and stops at the newest and the oldest moment', () => {
  expect(panExtent(shown, -5_000, known)).toEqual({ from: now - 25_000, to: now - 15_000 })
  expect(panExtent(shown, 1e9, known)).toEqual({ from: now - 10_000, to: now })
  expect(panExtent(shown, -1e9, known)).toEqual({ from: now - 60_000, to: now - 50_000 })
})

describe('the axis', () => {
  test.each([
    [10_000, 1000, 1_000],
    [60_000, 700, 10_000],
    [2_000, 250, 1_000],
    [1, 700, 0.2],
  ])('%d ms over %d pixels are divided by %d ms', (span, width, step) =>
    expect(tickStep(span, width, 84)).toBeCloseTo(step),
  )

  test.each([
    [0, 1_000, 'now'],
    [-8_000, 1_000, '−8 s'],
    [-1_250, 50, '−1.25 s'],
    [-2_195, 5, '−2.195 s'],
    [-3_214.2, 0.2, '−3,214.2 ms'],
    [-40_000.05, 0.05, '−40,000.05 ms'],
  ])('%d ms from now, %d ms from its neighbours, is %s', (at, step, label) =>
    expect(formatTick(at, step)).toBe(label),
  )

  test('neighbours never have the same label', () => {
    const spans = fc.double({ min: minSpan, max: maxSpan, noNaN: true })
    fc.assert(
      fc.property(
        spans,
        fc.integer({ min: 100, max: 2_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        (span, width, ago) => {
          const step = tickStep(span, width, 84)
          const first = Math.ceil(-ago / step)
          const labels = Array.from({ length: 12 }, (_, index) => formatTick((first - index) * step, step))
          expect(new Set(labels).size).toBe(labels.length)
        },
      ),
    )
  })
})

test.each([
  [60_000, '60 s'],
  [1_250, '1.25 s'],
  [340, '340 ms'],
  [2.5, '2.5 ms'],
])('%d ms shown are %s', (ms, words) => expect(formatSpan(ms)).toBe(words))
