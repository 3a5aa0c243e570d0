import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { LoudnessHistogram } from '../../shared/sound/loudness/loudness-histogram.ts'
import { LoudnessMeter } from '../../shared/sound/loudness/loudness-meter.ts'
import { block, decibels, sine } from './test-signals.ts'

const rate = 48_000
const level = (dBFS: number): number => 10 ** (dBFS / 20)

/** Sines of 1 kHz in both channels, one after the other: seconds and dBFS. */
function measureTones(tones: readonly (readonly [seconds: number, dBFS: number])[], sampleRate = rate) {
  const meter = new LoudnessMeter()
  for (const [seconds, dBFS] of tones) {
    const tone = sine(1000, sampleRate, Math.round(seconds * sampleRate), level(dBFS))
    meter.add(block(sampleRate, tone, tone))
  }
  meter.finish()
  return meter
}

describe('the integrated loudness of EBU Tech 3341', () => {
  it.each([
    ['1', [[20, -23]], -23],
    ['2', [[20, -33]], -33],
    [
      '3',
      [
        [10, -36],
        [60, -23],
        [10, -36],
      ],
      -23,
    ],
    [
      '4',
      [
        [10, -72],
        [10, -36],
        [60, -23],
        [10, -36],
        [10, -72],
      ],
      -23,
    ],
    [
      '5',
      [
        [20, -26],
        [20.1, -20],
        [20, -26],
      ],
      -23,
    ],
  ] as const)('test signal %s', (_, tones, expected) => {
    expect(Math.abs((measureTones(tones).loudness ?? 0) - expected)).toBeLessThan(0.1)
  })

  it('test signal 6: five channels', () => {
    const frames = 20 * rate
    const [front, centre, surround] = [-28, -24, -30].map((dBFS) => sine(1000, rate, frames, level(dBFS)))
    const meter = new LoudnessMeter()
    meter.add(block(rate, front!, front!, centre!, new Float32Array(frames), surround!, surround!))
    expect(Math.abs((meter.loudness ?? 0) + 23)).toBeLessThan(0.1)
  })

  it.each([8000, 11_025, 22_050, 44_100, 96_000, 192_000])('is the same at %i Hz', (sampleRate) => {
    expect(Math.abs((measureTones([[20, -23]], sampleRate).loudness ?? 0) + 23)).toBeLessThan(0.1)
  })

  it('is that of both speakers for a single channel', () => {
    const tone = sine(1000, rate, 5 * rate, level(-23))
    const [single, doubled] = [new LoudnessMeter(), new LoudnessMeter({ isMonoDoubled: true })]
    single.add(block(rate, tone))
    doubled.add(block(rate, tone))
    expect(single.loudness).toBeCloseTo(-26, 1)
    expect(doubled.loudness).toBeCloseTo(-23, 1)
  })

  it('is unknown for silence, for nothing, and for less than 400 ms', () => {
    expect(new LoudnessMeter().loudness).toBeUndefined()
    expect(measureTones([[5, -200]]).loudness).toBeUndefined()
    expect(measureTones([[0.35, -20]]).loudness).toBeUndefined()
    expect(measureTones([[0.45, -20]]).loudness).toBeCloseTo(-20, 0)
  })

  it('does not depend on how the song is divided into blocks', () => {
    const tone = sine(1000, rate, 3 * rate, level(-20))
    const parts = new LoudnessMeter()
    for (let start = 0; start < tone.length; start += 1111) {
      const part = tone.slice(start, start + 1111)
      parts.add(block(rate, part, part))
    }
    parts.finish()
    const whole = measureTones([[3, -20]])
    expect(parts.loudness).toBeCloseTo(whole.loudness ?? 0, 10)
    expect(parts.peak).toBeCloseTo(whole.peak, 10)
  })

  it('continues when the rate and the channels change', () => {
    const meter = new LoudnessMeter()
    const [first, second] = [sine(1000, rate, 5 * rate, level(-23)), sine(1000, 44_100, 220_500, level(-20))]
    meter.add(block(rate, first, first))
    meter.add(block(44_100, second))
    meter.finish()
    expect(meter.loudness).toBeCloseTo(-23, 1)
    expect(decibels(meter.peak)).toBeCloseTo(-20, 1)
  })
})

describe('the true peak of EBU Tech 3341', () => {
  // Sines of a fraction of the rate, whose peaks lie between the frames.
  it.each([
    [4, 0],
    [4, 45],
    [6, 60],
    [8, 67.5],
  ])('of a sine of a %ith of the rate with the phase %f°', (part, phase) => {
    const tone = Float32Array.from(
      { length: rate },
      (_, frame) => 0.5 * Math.sin((2 * Math.PI * frame) / part + (phase * Math.PI) / 180),
    )
    const fade = tone.map((sample, frame) => sample * Math.min(1, frame / 4800, (rate - frame) / 4800))
    const meter = new LoudnessMeter()
    meter.add(block(rate, fade))
    meter.finish()
    expect(decibels(meter.peak)).toBeGreaterThan(-6.4)
    expect(decibels(meter.peak)).toBeLessThan(-5.8)
  })

  it('is at least the highest frame', () => {
    const click = new Float32Array(1000)
    click[999] = -0.8
    const meter = new LoudnessMeter()
    meter.add(block(rate, click))
    meter.finish()
    expect(meter.peak).toBeGreaterThanOrEqual(Math.fround(0.8))
  })
})

describe('a stored histogram', () => {
  it('gives the loudness of the song', () => {
    const meter = measureTones([
      [3, -30],
      [5, -20],
      [3, -24],
      [2, -60],
    ])
    const decoded = LoudnessHistogram.decode(meter.histogram.encode())
    expect(Math.abs((decoded.loudness ?? 0) - (meter.loudness ?? 0))).toBeLessThan(0.06)
  })

  it('is small, and empty for silence', () => {
    expect(
      measureTones([
        [3, -30],
        [5, -20],
      ]).histogram.encode().length,
    ).toBeLessThan(300)
    expect(new LoudnessHistogram().encode()).toHaveLength(0)
    expect(LoudnessHistogram.decode(new Uint8Array(0)).loudness).toBeUndefined()
  })

  it('is ignored if it is damaged', () => {
    expect(LoudnessHistogram.decode(Uint8Array.of(255, 255, 255, 255, 1, 5)).loudness).toBeUndefined()
    expect(LoudnessHistogram.decode(Uint8Array.of(0x80)).loudness).toBeUndefined()
  })
})

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0

/** Returns what ffmpeg's filter ebur128 measures of two channels. */
function measureByFfmpeg(left: Float32Array, right: Float32Array) {
  const interleaved = new Float32Array(2 * left.length)
  for (const [frame, sample] of left.entries()) interleaved.set([sample, right[frame] ?? 0], 2 * frame)
  const input = ['-f', 'f32le', '-ar', `${rate}`, '-ac', '2', '-i', '-']
  const { stderr } = spawnSync('ffmpeg', [...input, '-af', 'ebur128=peak=true', '-f', 'null', '-'], {
    input: Buffer.from(interleaved.buffer),
    encoding: 'utf8',
  })
  const numberAfter = (label: string) =>
    Number(new RegExp(`${label}:\\s+(-?[\\d.]+)`).exec(stderr.slice(stderr.lastIndexOf('Summary')))?.[1])
  return { loudness: numberAfter('I'), peak: numberAfter('Peak') }
}

it.skipIf(!hasFfmpeg)('measures what ffmpeg measures of a changing sound', () => {
  const frames = 20 * rate
  // A pseudorandom sequence, the same in each run.
  let state = 1
  const noise = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x40000000 - 1
  }
  const swell = (frame: number) => 0.02 + 0.4 * Math.sin((Math.PI * frame) / (4 * rate)) ** 4
  const left = Float32Array.from({ length: frames }, (_, frame) => swell(frame) * noise())
  const right = Float32Array.from({ length: frames }, (_, frame) => swell(frame + rate) * noise())
  const meter = new LoudnessMeter()
  meter.add(block(rate, left, right))
  meter.finish()
  const expected = measureByFfmpeg(left, right)
  // ffmpeg prints one digit after the point.
  expect(Math.abs((meter.loudness ?? 0) - expected.loudness)).toBeLessThan(0.11)
  expect(Math.abs(decibels(meter.peak) - expected.peak)).toBeLessThan(0.25)
})
