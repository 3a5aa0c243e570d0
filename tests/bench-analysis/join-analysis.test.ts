import { describe, expect, test } from 'vitest'
import { analyseJoin, countGaps, splitAtSilence } from '../bench/sound/join-analysis.ts'

const rate = 44_100
const hertz = 100
const frames = 132_301

const sine = (count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => 0.5 * Math.sin((2 * Math.PI * hertz * (from + index)) / rate))

const silence = (count: number): number[] => new Array<number>(count).fill(0)

const recordingOf = (...parts: readonly (readonly number[])[]) => ({
  rate,
  samples: Float32Array.from(parts.flat()),
})

const programme = { hertz, rate, frames }

describe('a join', () => {
  test('without a gap is continuous', () => {
    const { added, step } = analyseJoin(recordingOf(silence(777), sine(frames), silence(99)), programme)
    expect(added).toBeCloseTo(0, 1)
    expect(step).toBeCloseTo(1, 2)
  })

  test.each([1, -1, 7, 300, 5000, -250])('with %i added frames is measured', (count) => {
    const half = 66_150
    const first = sine(half)
    const rest = sine(frames - half - Math.max(0, -count), half + Math.max(0, -count))
    const { added } = analyseJoin(
      recordingOf(silence(500), first, silence(Math.max(0, count)), rest),
      programme,
    )
    expect(added).toBeCloseTo(count, 0)
  })

  test('with a click has a large step', () => {
    const samples = sine(frames)
    samples[66_000] = 0.9
    expect(analyseJoin(recordingOf(samples), programme).step).toBeGreaterThan(10)
  })

  test('recorded at another rate is measured in frames of the file', () => {
    const recorded = 48_000
    const added = 480
    const at = (index: number) => 0.5 * Math.sin((2 * Math.PI * hertz * index) / recorded)
    const count = Math.round((frames * recorded) / rate)
    const samples = Float32Array.from({ length: count + added }, (_, index) =>
      index < 60_000 ? at(index) : index < 60_000 + added ? 0 : at(index - added),
    )
    expect(analyseJoin({ rate: recorded, samples }, programme).added).toBeCloseTo(441, 0)
  })
})

test('a recording is split at silences', () => {
  const parts = splitAtSilence(recordingOf(sine(30_000), silence(30_000), sine(40_000), silence(9)), 0.3)
  expect(parts.map(({ samples }) => Math.round(samples.length / 1000))).toEqual([30, 40])
})

test('gaps are counted, with and without a step', () => {
  const faded = sine(44_100).map((value, index) => value * Math.max(0, 1 - index / 22_050))
  expect(countGaps(recordingOf(sine(100_000)), hertz)).toBe(0)
  expect(countGaps(recordingOf(sine(44_200), silence(2000), sine(44_100)), hertz)).toBe(1)
  expect(countGaps(recordingOf(faded, sine(44_100)), hertz)).toBe(1)
})
