import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PcmBlock } from '../../shared/sound/audio-stream.ts'
import { createResampler } from '../../shared/sound/resampling/resampler.ts'
import { block, decibels, fitSine, join, rms, sine } from './test-signals.ts'

function resample(input: PcmBlock, to: number): PcmBlock {
  const resampler = createResampler(input.channels.length, input.sampleRate, to)
  return join([resampler.process(input), resampler.flush()])
}

const tone = (frequency: number, from: number, to: number): Float32Array<ArrayBuffer> =>
  resample(block(from, sine(frequency, from, from)), to).channels[0]!

/** Without the first and the last 50 ms, where silence and tone meet. */
const middle = (samples: Float32Array, rate: number): Float32Array =>
  samples.subarray(rate / 20, samples.length - rate / 20)

const commonRates = [
  [44_100, 48_000],
  [48_000, 44_100],
  [96_000, 44_100],
  [44_100, 96_000],
  [22_050, 48_000],
  [8000, 44_100],
  [192_000, 48_000],
  // No common divisor: coefficients are interpolated.
  [44_099, 48_000],
] as const

describe('a resampler', () => {
  it.each(commonRates)('keeps tones from %i Hz to %i Hz, without images', (from, to) => {
    const nyquist = Math.min(from, to) / 2
    for (const frequency of [100, 1000, 0.5 * nyquist, 0.9 * nyquist]) {
      const { amplitude, rest } = fitSine(middle(tone(frequency, from, to), to), frequency, to)
      expect(Math.abs(decibels(amplitude))).toBeLessThan(0.001)
      expect(decibels(rms(rest) * Math.SQRT2)).toBeLessThan(-100)
    }
  })

  it.each([
    [48_000, 44_100],
    [96_000, 44_100],
    [96_000, 48_000],
    [192_000, 48_000],
  ])('removes what cannot be represented from %i Hz at %i Hz', (from, to) => {
    for (let frequency = to / 2 + 50; frequency < from / 2; frequency += (from - to) / 16)
      expect(decibels(rms(middle(tone(frequency, from, to), to)) * Math.SQRT2)).toBeLessThan(-100)
  })

  it('leaves no image of the highest frequencies', () => {
    for (const frequency of [20_500, 21_000, 21_900]) {
      const { rest } = fitSine(middle(tone(frequency, 44_100, 48_000), 48_000), frequency, 48_000)
      expect(decibels(rms(rest) * Math.SQRT2)).toBeLessThan(-100)
    }
  })

  it('keeps the time: each output frame is the tone at its own time', () => {
    const output = tone(997, 44_100, 48_000)
    const expected = sine(997, 48_000, 48_000)
    const difference = middle(output, 48_000).map((sample, frame) => sample - expected[frame + 2400]!)
    expect(decibels(difference.reduce((max, value) => Math.max(max, Math.abs(value)), 0))).toBeLessThan(-100)
  })

  it.each(commonRates)('returns every frame from %i Hz to %i Hz', (from, to) => {
    for (const frames of [0, 1, 7, 1000, from])
      expect(resample(block(from, new Float32Array(frames)), to).channels[0]).toHaveLength(
        Math.ceil((frames * to) / from),
      )
  })

  it('does not depend on how the song is divided into blocks', () => {
    const input = block(44_100, sine(440, 44_100, 6000), sine(10_000, 44_100, 6000, 0.5))
    const whole = resample(input, 48_000)
    const cuts = fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 20 })
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const ends = [...unsorted.sort((a, b) => a - b), 6000]
        const resampler = createResampler(2, 44_100, 48_000)
        const parts = ends.map((end, index) =>
          resampler.process(
            block(44_100, ...input.channels.map((samples) => samples.slice(ends[index - 1] ?? 0, end))),
          ),
        )
        expect(join([...parts, resampler.flush()])).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  it('joins two halves of a tone sample by sample', () => {
    const whole = sine(1000, 44_100, 44_100)
    const resampler = createResampler(1, 44_100, 48_000)
    const joined = join([
      resampler.process(block(44_100, whole.slice(0, 20_001))),
      resampler.process(block(44_100, whole.slice(20_001))),
      resampler.flush(),
    ])
    expect(joined).toEqual(resample(block(44_100, whole), 48_000))
    expect(joined.channels[0]).toHaveLength(48_000)
    // The first frame of the second half.
    expect(resampler.outputFrame(20_001)).toBe(Math.ceil((20_001 * 160) / 147))
  })

  it('begins a new signal after a flush', () => {
    const input = block(44_100, sine(1000, 44_100, 5000))
    const resampler = createResampler(1, 44_100, 48_000)
    const first = join([resampler.process(input), resampler.flush()])
    expect(join([resampler.process(input), resampler.flush()])).toEqual(first)
  })

  it('passes the block on if the rates are the same', () => {
    const input = block(48_000, sine(1000, 48_000, 100))
    const resampler = createResampler(1, 48_000, 48_000)
    expect(resampler.process(input)).toBe(input)
    expect(resampler.flush().channels[0]).toHaveLength(0)
  })

  it('rejects blocks of another format', () => {
    const resampler = createResampler(2, 44_100, 48_000)
    expect(() => resampler.process(block(44_100, new Float32Array(1)))).toThrow(RangeError)
    expect(() => resampler.process(block(48_000, new Float32Array(1), new Float32Array(1)))).toThrow(
      RangeError,
    )
    expect(() => resampler.process(block(44_100, new Float32Array(1), new Float32Array(2)))).toThrow(
      RangeError,
    )
    expect(() => createResampler(1, 0, 48_000)).toThrow(RangeError)
  })
})
