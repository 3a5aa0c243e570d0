import { describe, expect, test } from 'vitest'
import { programmeChannel, programmes } from '../../fixtures/programme.ts'
import { largestDifference, openFile, otherFormatFile, readRest } from './decoded-file.ts'

const files = [
  ['alac-stereo.m4a', 'ALAC', programmes.stereo],
  ['alac-mono.m4a', 'ALAC', programmes.mono],
  ['alac-deep.m4a', 'ALAC', programmes.deep],
  ['alac-six.m4a', 'ALAC', programmes.six],
  ['alac-stereo.caf', 'ALAC', programmes.stereo],
  ['wavpack-stereo.wv', 'WavPack', programmes.stereo],
  ['wavpack-mono.wv', 'WavPack', programmes.mono],
  ['wavpack-deep.wv', 'WavPack', programmes.deep],
  ['wavpack-six.wv', 'WavPack', programmes.six],
  ['wavpack-ffmpeg.wv', 'WavPack', programmes.stereo],
] as const

describe.each(files)('%s', (name, codec, programme) => {
  test('is decoded to the samples that were encoded', async () => {
    const { stream } = await openFile(otherFormatFile(name))
    expect(stream).toMatchObject({
      codec,
      sampleRate: programme.rate,
      channelCount: programme.channels,
      frames: programme.frames,
    })
    const channels = await readRest(stream)
    for (const [channel, samples] of channels.entries())
      expect(largestDifference(samples, programmeChannel(programme, channel))).toBe(0)
    expect(stream.damagedPlaces).toBe(0)
  })

  test.each([0, 1, 4095, 4096, programme.frames - 1, programme.frames])(
    'continues exactly at frame %i',
    async (frame) => {
      const { stream } = await openFile(otherFormatFile(name))
      await stream.read()
      await stream.seek(frame)
      const channels = await readRest(stream)
      for (const [channel, samples] of channels.entries())
        expect(largestDifference(samples, programmeChannel(programme, channel).subarray(frame))).toBe(0)
    },
  )

  test('is silent at the damaged place only', async () => {
    const content = otherFormatFile(name)
    const middle = Math.floor(content.length / 2)
    content.fill(0, middle, middle + 256)
    const { stream } = await openFile(content)
    const channels = await readRest(stream)
    expect(stream.damagedPlaces).toBe(1)
    for (const [channel, samples] of channels.entries()) {
      const expected = programmeChannel(programme, channel)
      const wrong = wrongFrames(samples, expected)
      expect(samples).toHaveLength(programme.frames)
      // Packets and blocks have 4096 frames, and two of them can be damaged.
      expect(wrong.last - wrong.first).toBeLessThanOrEqual(2 * 4096)
      expect(samples.subarray(wrong.first, wrong.last).every((sample) => sample === 0)).toBe(true)
    }
  })

  // The table of the packets is at the end of this one.
  test.skipIf(name.endsWith('.caf'))('ends where the file ends', async () => {
    const content = otherFormatFile(name)
    const { stream } = await openFile(content.subarray(0, Math.floor(content.length * 0.7)))
    const [samples = new Float32Array()] = await readRest(stream)
    expect(samples.length).toBeGreaterThan(0)
    expect(samples.length).toBeLessThan(programme.frames)
  })

  test('closes its source', async () => {
    const { stream, source } = await openFile(otherFormatFile(name))
    await stream.read()
    stream.close()
    expect(source.isClosed).toBe(true)
  })
})

/** Returns the first wrong frame, and the one behind the last. */
function wrongFrames(samples: Float32Array, expected: Float32Array): { first: number; last: number } {
  const first = samples.findIndex((sample, frame) => sample !== expected[frame])
  const last = samples.findLastIndex((sample, frame) => sample !== expected[frame])
  return { first, last: last + 1 }
}

describe('a WavPack file in the hybrid mode', () => {
  test('is decoded with the loss that it was encoded with', async () => {
    const { stream } = await openFile(otherFormatFile('wavpack-hybrid.wv'))
    const [left] = await readRest(stream)
    const expected = programmeChannel(programmes.stereo, 0)
    expect(largestDifference(left, expected)).toBeGreaterThan(0)
    expect(largestDifference(left, expected)).toBeLessThan(0.05)
  })
})

describe('a WavPack file of an hour', () => {
  const frames = 4096
  const block = otherFormatFile('wavpack-ffmpeg.wv').subarray(0)
  const length = block.readUInt32LE(4) + 8
  const blocks = Math.ceil((3600 * 44_100) / frames)
  const content = new Uint8Array(length * blocks)
  const view = new DataView(content.buffer)
  for (let index = 0; index < blocks; index++) {
    content.set(block.subarray(0, length), index * length)
    view.setUint32(index * length + 12, blocks * frames, true)
    view.setUint32(index * length + 16, index * frames, true)
  }

  test.each([0.01, 0.5, 0.999])('continues exactly at %d of it, and reads little of it', async (share) => {
    const { stream, source } = await openFile(content)
    const frame = Math.floor(blocks * frames * share)
    await stream.seek(frame)
    const found = await stream.read()
    const expected = programmeChannel(programmes.stereo, 0).subarray(frame % frames, frames)
    expect(largestDifference(found?.channels[0], expected)).toBe(0)
    expect(source.bytesRead).toBeLessThan(2_000_000)
  })
})

describe('a join of two files', () => {
  test('of ALAC has no sample too many or too few', async () => {
    const { stream } = await openFile(otherFormatFile('alac-stereo.m4a'))
    const [first = new Float32Array()] = await readRest(stream)
    const { stream: next } = await openFile(otherFormatFile('alac-stereo.caf'))
    const [second = new Float32Array()] = await readRest(next)
    const expected = programmeChannel(programmes.stereo, 0)
    expect(first.length + second.length).toBe(2 * programmes.stereo.frames)
    expect(first.at(-1)).toBe(expected.at(-1))
    expect(second[0]).toBe(expected[0])
  })
})
