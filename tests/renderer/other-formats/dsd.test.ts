import { describe, expect, test } from 'vitest'
import { openAudioStream } from '../../../renderer/decoding/open-audio-stream.ts'
import { UnsupportedFormat } from '../../../shared/sound/stream-error.ts'
import { createDsdFile, type DsdOptions, dsdTone } from '../../fixtures/dsd-file.ts'
import { largestDifference, MemorySource, openFile, readRest } from './decoded-file.ts'

const dsd64: DsdOptions = {
  container: 'DSF',
  bitRate: 2_822_400,
  channels: 2,
  bits: 1_411_200,
  amplitude: 0.4,
}

describe.each([
  ['DSF at 64 times 44.1 kHz', dsd64, 88_200],
  ['DSDIFF at 64 times 44.1 kHz', { ...dsd64, container: 'DSDIFF' }, 88_200],
  ['DSF at 128 times 44.1 kHz', { ...dsd64, bitRate: 5_644_800 }, 88_200],
  ['DSDIFF at 64 times 48 kHz', { ...dsd64, container: 'DSDIFF', bitRate: 3_072_000 }, 96_000],
  ['DSF with one channel', { ...dsd64, channels: 1 }, 88_200],
] satisfies [string, DsdOptions, number][])('%s', (_, options, sampleRate) => {
  const content = createDsdFile(options)
  const frames = options.bits / (options.bitRate / sampleRate)

  test('has the tones that were modulated', async () => {
    const { stream } = await openFile(content)
    expect(stream).toMatchObject({ codec: 'DSD', sampleRate, channelCount: options.channels, frames })
    const channels = await readRest(stream)
    expect(channels).toHaveLength(options.channels)
    for (const [channel, samples] of channels.entries()) {
      expect(samples).toHaveLength(frames)
      const { amplitude, residue } = measureTone(samples, dsdTone(channel), sampleRate)
      expect(amplitude).toBeCloseTo(options.amplitude, 3)
      // What is left is the noise of the modulator below half of the sample rate.
      expect(residue).toBeLessThan(0.02)
    }
  })

  test.each([1, 4096, 10_000])('continues exactly at frame %i', async (frame) => {
    const { stream } = await openFile(content)
    const [whole = new Float32Array()] = await readRest(stream)
    await stream.seek(frame)
    const [rest] = await readRest(stream)
    expect(largestDifference(rest, whole.subarray(frame))).toBe(0)
  })
})

test('DSD in DST compression is unsupported', async () => {
  const source = new MemorySource(createDsdFile({ ...dsd64, container: 'DSDIFF', compression: 'DST ' }))
  await expect(openAudioStream(source, 'song')).rejects.toThrow(UnsupportedFormat)
})

/** Returns the amplitude of a tone in whole periods in the middle, and the root of the mean square of the rest. */
function measureTone(
  samples: Float32Array,
  hertz: number,
  sampleRate: number,
): { amplitude: number; residue: number } {
  const start = 1000
  const length = sampleRate / 10
  let sine = 0
  let cosine = 0
  let power = 0
  for (const [index, sample] of samples.subarray(start, start + length).entries()) {
    const phase = (2 * Math.PI * hertz * index) / sampleRate
    sine += sample * Math.sin(phase)
    cosine += sample * Math.cos(phase)
    power += sample * sample
  }
  const amplitude = (2 * Math.hypot(sine, cosine)) / length
  return { amplitude, residue: Math.sqrt(Math.max(0, power / length - amplitude ** 2 / 2)) }
}
