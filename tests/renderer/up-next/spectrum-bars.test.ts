import { describe, expect, test } from 'vitest'
import { levelShare, spectrumBars } from '../../../renderer/up-next/spectrum-bars.ts'

const silence = new Float32Array(1024).fill(Number.NEGATIVE_INFINITY)

describe('the bars of a spectrum', () => {
  test('are empty in silence', () => {
    expect(spectrumBars(silence, 24_000, 30)).toEqual(new Array(30).fill(0))
  })

  test.each([
    [100, 0.15],
    [1000, 0.537],
    [10_000, 0.92],
  ])('show %d Hz at its part of the octaves', (hertz, share) => {
    const spectrum = silence.slice()
    spectrum[Math.round((hertz / 24_000) * spectrum.length)] = -20
    const bars = spectrumBars(spectrum, 24_000, 30)
    const [first = -1] = bars.flatMap((height, bar) => (height === 1 ? [bar] : []))
    expect(Math.abs(first / 30 - share)).toBeLessThan(0.05)
  })

  test('stay within the spectrum at any sample rate', () => {
    for (const maxFrequency of [4000, 22_050, 192_000]) {
      const bars = spectrumBars(silence.slice().fill(-50), maxFrequency, 60)
      expect(bars.every((height) => height === 0.5)).toBe(true)
    }
  })
})

test('a level is shown in decibels', () => {
  expect(levelShare(1)).toBe(1)
  expect(levelShare(0.01)).toBeCloseTo(0.5)
  expect(levelShare(0)).toBe(0)
  expect(levelShare(2)).toBe(1)
})
