import { describe, expect, test } from 'vitest'
import { programmes } from '../../fixtures/programme.ts'
import { largestDifference, openFile, otherFormatFile, readRest } from './decoded-file.ts'

/** One step of 16 bits, to which ffmpeg's samples are rounded, and the rounding of the decoder itself. */
const step = 1.5 / 32_768

/** Returns a channel of what ffmpeg decodes. */
function ffmpegChannel(name: string, channels: number, channel: number): Float32Array {
  const bytes = otherFormatFile(`${name}.s16`)
  return Float32Array.from(
    { length: bytes.length / 2 / channels },
    (_, frame) => bytes.readInt16LE((frame * channels + channel) * 2) / 32_768,
  )
}

describe('Musepack', () => {
  test('is decoded like by ffmpeg, without the delay of the filter bank and the padding', async () => {
    const { stream } = await openFile(otherFormatFile('musepack-stereo.mpc'))
    const { frames } = programmes.stereo
    expect(stream).toMatchObject({ codec: 'Musepack', sampleRate: 44_100, channelCount: 2, frames })
    const channels = await readRest(stream)
    for (const [channel, samples] of channels.entries()) {
      const expected = ffmpegChannel('musepack-stereo.mpc', 2, channel).subarray(481, 481 + frames)
      // ffmpeg decodes with less precision at the end, where it has no more frames.
      expect(largestDifference(samples, expected)).toBeLessThan(4 / 32_768)
    }
  })

  test.each([1, 73_727, 73_728, 200_000, 600_000])('continues exactly at frame %i', async (frame) => {
    const { stream } = await openFile(otherFormatFile('musepack-long.mpc'))
    const [whole = new Float32Array()] = await readRest(stream)
    await stream.seek(frame)
    const [rest] = await readRest(stream)
    expect(largestDifference(rest, whole.subarray(frame))).toBeLessThan(1e-6)
  })

  test('is silent behind a damaged frame until the next packet', async () => {
    const intact = await openFile(otherFormatFile('musepack-long.mpc'))
    const [whole = new Float32Array()] = await readRest(intact.stream)
    const content = otherFormatFile('musepack-long.mpc')
    content.fill(0x5a, 49_000, 49_400)
    const { stream } = await openFile(content)
    const [samples = new Float32Array()] = await readRest(stream)
    expect(samples).toHaveLength(whole.length)
    expect(largestDifference(samples.subarray(-100_000), whole.subarray(-100_000))).toBeLessThan(1e-6)
  })
})

describe.each([
  ['wma-2.wma', 2],
  ['wma-1.wma', 1],
] as const)('%s', (name, channelCount) => {
  test('is decoded like by ffmpeg', async () => {
    const { stream } = await openFile(otherFormatFile(name))
    expect(stream).toMatchObject({ codec: 'WMA', sampleRate: 44_100, channelCount, frames: undefined })
    const channels = await readRest(stream)
    for (const [channel, samples] of channels.entries())
      expect(largestDifference(samples, ffmpegChannel(name, channelCount, channel))).toBeLessThan(step)
  })
})

describe('a long WMA file', () => {
  test.each([1, 2048, 5000, 100_003, 250_000])('continues exactly at frame %i', async (frame) => {
    const whole = await openFile(otherFormatFile('wma-long.wma'))
    const [expected = new Float32Array()] = await readRest(whole.stream)
    const { stream } = await openFile(otherFormatFile('wma-long.wma'))
    await stream.seek(frame)
    const [rest] = await readRest(stream)
    expect(largestDifference(rest, expected.subarray(frame))).toBeLessThan(1e-6)
  })

  test('is silent where a packet is damaged, and goes on behind it', async () => {
    const whole = await openFile(otherFormatFile('wma-long.wma'))
    const [expected = new Float32Array()] = await readRest(whole.stream)
    const content = otherFormatFile('wma-long.wma')
    content.fill(0, 32_000, 32_400)
    const { stream } = await openFile(content)
    const [samples = new Float32Array()] = await readRest(stream)
    expect(samples.length).toBeGreaterThan(expected.length - 22_050)
    expect(largestDifference(samples.subarray(-50_000), expected.subarray(-50_000))).toBeLessThan(1e-6)
  })
})
