import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PcmBlock } from '../../shared/sound/audio-stream.ts'
import { createTimeStretch } from '../../shared/sound/stretching/time-stretch.ts'
import { block, decibels, fitSine, join, rms, sine } from './test-signals.ts'

const rate = 44_100
const speeds = [0.5, 0.8, 0.97, 1.03, 1.25, 1.5, 2]

function stretch(input: PcmBlock, speed: number): PcmBlock {
  const stretcher = createTimeStretch(input.channels.length, rate, speed)
  return join([stretcher.process(input), stretcher.flush()])
}

const largestStep = (samples: Float32Array): number =>
  samples.reduce(
    (largest, sample, frame) => (frame === 0 ? 0 : Math.max(largest, Math.abs(sample - samples[frame - 1]!))),
    0,
  )

describe('a time-stretch', () => {
  it.each(speeds)('at speed %f keeps the pitch', (speed) => {
    const [output] = stretch(block(rate, sine(440, rate, rate)), speed).channels
    for (let start = 4410; start + 8820 < output!.length; start += 2205) {
      const part = output!.slice(start, start + 4410)
      const { amplitude, rest } = fitSine(part, 440, rate)
      expect(Math.abs(decibels(amplitude))).toBeLessThan(0.5)
      expect(decibels(rms(rest) * Math.SQRT2)).toBeLessThan(-20)
    }
  })

  it.each(speeds)('at speed %f does not click', (speed) => {
    const chord = sine(110, rate, rate, 0.3).map(
      (sample, frame) => sample + sine3(frame, 277.2) + sine3(frame, 1661.2),
    )
    const [output] = stretch(block(rate, chord), speed).channels
    // The chord ends in the middle of a wave.
    const inside = output!.slice(0, -2000)
    expect(largestStep(inside)).toBeLessThan(1.1 * largestStep(chord))
  })

  it.each(speeds)('at speed %f returns every frame', (speed) => {
    for (const frames of [0, 1, 100, 5000, rate])
      expect(stretch(block(rate, new Float32Array(frames)), speed).channels[0]).toHaveLength(
        Math.ceil(frames / speed),
      )
  })

  it('keeps each moment within 20 ms of its time', () => {
    const click = new Float32Array(rate)
    for (let at = 5000; at < rate; at += 10_000) click[at] = 1
    for (const speed of speeds) {
      const [output] = stretch(block(rate, click), speed).channels
      for (let at = 5000; at < rate - 3000; at += 10_000) {
        const expected = at / speed
        const around = output!.slice(Math.max(0, expected - 3000), expected + 3000)
        const loudest = around.indexOf(Math.max(...around)) + Math.max(0, Math.ceil(expected - 3000))
        expect(Math.abs(loudest - expected) / rate).toBeLessThan(0.02 + 0.015 / speed)
      }
    }
  })

  it('keeps the channels together, also those of opposite phase', () => {
    const tone = sine(220, rate, rate, 0.5)
    const [left, right] = stretch(
      block(
        rate,
        tone,
        tone.map((sample) => -sample),
      ),
      1.3,
    ).channels
    expect(left!.every((sample, frame) => sample === -right![frame]!)).toBe(true)
    expect(decibels(rms(left!.slice(4410, -4410)) / rms(tone))).toBeGreaterThan(-0.5)
  })

  it('does not depend on how the song is divided into blocks', () => {
    const input = block(rate, sine(440, rate, 9000))
    const whole = stretch(input, 1.4)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 10 }), (unsorted) => {
        const ends = [...unsorted.sort((a, b) => a - b), 9000]
        const stretcher = createTimeStretch(1, rate, 1.4)
        const parts = ends.map((end, index) =>
          stretcher.process(block(rate, input.channels[0]!.slice(ends[index - 1] ?? 0, end))),
        )
        expect(join([...parts, stretcher.flush()])).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  it('passes the block on at normal speed', () => {
    const input = block(rate, sine(440, rate, 100))
    const stretcher = createTimeStretch(1, rate, 1)
    expect(stretcher.process(input)).toBe(input)
    expect(stretcher.flush().channels[0]).toHaveLength(0)
  })

  it('rejects an impossible speed', () => {
    expect(() => createTimeStretch(1, rate, 0)).toThrow(RangeError)
    expect(() => createTimeStretch(1, rate, Number.NaN)).toThrow(RangeError)
  })
})

const sine3 = (frame: number, frequency: number): number =>
  0.3 * Math.sin((2 * Math.PI * frequency * frame) / rate)
