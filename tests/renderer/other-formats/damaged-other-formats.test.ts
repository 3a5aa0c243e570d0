import { describe, expect, test } from 'vitest'
import { openAudioStream } from '../../../renderer/decoding/open-audio-stream.ts'
import { StreamError } from '../../../shared/sound/stream-error.ts'
import { createDsdFile } from '../../fixtures/dsd-file.ts'
import { MemorySource, otherFormatFile } from './decoded-file.ts'

const dsd = { bitRate: 2_822_400, channels: 2, bits: 80_000, amplitude: 0.1 }
const files: readonly (readonly [string, Buffer])[] = [
  ...['alac-mono.m4a', 'alac-stereo.caf', 'wavpack-six.wv', 'musepack-stereo.mpc', 'wma-2.wma'].map(
    (name) => [name, otherFormatFile(name)] as const,
  ),
  ['DSF', createDsdFile({ ...dsd, container: 'DSF' })],
  ['DSDIFF', createDsdFile({ ...dsd, container: 'DSDIFF' })],
]

/** Much more than any of the files has. */
const maxFrames = 10_000_000

/** Reads a file to its end. Resolves with the number of frames; rejects with anything but a StreamError. */
async function readAll(content: Uint8Array): Promise<number> {
  let frames = 0
  try {
    const stream = await openAudioStream(new MemorySource(content), 'song')
    for (let block = await stream.read(); block !== undefined; block = await stream.read()) {
      expect(block.channels[0]?.length).toBeGreaterThan(0)
      frames += block.channels[0]?.length ?? 0
      if (frames > maxFrames) throw new Error('The stream does not end.')
    }
    stream.close()
  } catch (error) {
    if (!(error instanceof StreamError)) throw error
  }
  return frames
}

describe.each(files)('%s', (_, content) => {
  test('with a damaged header is decoded or refused', async () => {
    for (let offset = 8; offset + 4 < Math.min(content.length, 1200); offset += 29) {
      const damaged = Buffer.from(content)
      damaged.fill(offset % 2 === 0 ? 0xff : 0x7f, offset, offset + 3)
      await readAll(damaged)
    }
  })

  test('that ends anywhere is decoded or refused', async () => {
    for (let part = 1; part < 12; part++)
      expect(await readAll(content.subarray(0, (content.length * part) / 12))).toBeLessThanOrEqual(
        await readAll(content),
      )
  })
})
