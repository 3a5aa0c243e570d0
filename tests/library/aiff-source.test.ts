import { writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { aiffSource } from '../../electron/aiff-source.ts'
import { makeTrackReader } from '../../electron/library/read-track.ts'
import { mediaResponse } from '../../electron/media-response.ts'
import { fixturesFolder } from '../fixtures/tones.ts'
import { scratchFolder } from './scratch.ts'

interface AiffOptions {
  readonly bits: number
  readonly compression?: string
  readonly channels?: number
  /** The bytes of the samples, as they lie in the file. */
  readonly samples: readonly number[]
}

/** An AIFF file at 8000 samples a second; an AIFC where a compression is given. */
function aiff({ bits, compression, channels = 1, samples }: AiffOptions): Buffer {
  const frames = samples.length / channels / Math.ceil(bits / 8)
  const format = Buffer.alloc(18)
  format.writeUInt16BE(channels, 0)
  format.writeUInt32BE(frames, 2)
  format.writeUInt16BE(bits, 6)
  format.set([0x40, 0x0b, 0xfa], 8) // 8000 in 80 bits
  const kind = compression === undefined ? '' : compression
  const chunks = Buffer.concat([
    chunk('NAME', Buffer.from('odd')),
    chunk('COMM', Buffer.concat([format, Buffer.from(kind), Buffer.from(kind === '' ? [] : [0, 0])])),
    chunk('SSND', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0, 99, 99, ...samples])),
    chunk('ANNO', Buffer.from('later')),
  ])
  return chunk('FORM', Buffer.concat([Buffer.from(kind === '' ? 'AIFF' : 'AIFC'), chunks]))
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32BE(content.length, 4)
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
}

async function openFile(content: Uint8Array): Promise<FileHandle> {
  const path = join(scratchFolder(), 'song.aiff')
  writeFileSync(path, content)
  const file = await open(path)
  onTestFinished(() => file.close())
  return file
}

/** The whole WAVE file that an AIFF becomes; undefined where it stays as it is. */
async function asWave(content: Buffer): Promise<Buffer | undefined> {
  const source = await aiffSource(await openFile(content), content.length)
  if (source === undefined) return undefined
  const parts: Uint8Array[] = []
  for (let position = 0; position < source.size; ) {
    const part = await source.read(position, source.size - position)
    parts.push(part)
    position += part.length
  }
  return Buffer.concat(parts)
}

describe('an AIFF file as a WAVE file', () => {
  test.each([
    ['16 bits', { bits: 16, samples: [1, 2, 3, 4] }, [2, 1, 4, 3], 16],
    ['24 bits in stereo', { bits: 24, channels: 2, samples: [1, 2, 3, 4, 5, 6] }, [3, 2, 1, 6, 5, 4], 24],
    ['8 bits, which have a sign in AIFF', { bits: 8, samples: [0, 127, 128, 255] }, [128, 255, 0, 127], 8],
    ['12 bits in two bytes', { bits: 12, samples: [0x12, 0x30] }, [0x30, 0x12], 16],
    ['little-endian AIFC', { bits: 16, compression: 'sowt', samples: [1, 2, 3, 4] }, [1, 2, 3, 4], 16],
    ['floating point AIFC', { bits: 32, compression: 'fl32', samples: [1, 2, 3, 4] }, [4, 3, 2, 1], 32],
  ] as const)('has the same samples: %s', async (_, options, samples, bits) => {
    const wave = await asWave(aiff(options))
    expect(wave?.toString('latin1', 0, 4)).toBe('RIFF')
    expect(wave?.readUInt32LE(4)).toBe((wave?.length ?? 0) - 8)
    expect(wave?.readUInt16LE(20)).toBe('compression' in options && options.compression === 'fl32' ? 3 : 1)
    expect(wave?.readUInt32LE(24)).toBe(8000)
    expect(wave?.readUInt16LE(34)).toBe(bits)
    expect([...(wave?.subarray(44) ?? [])]).toEqual(samples)
  })

  test('is none where the samples are compressed, or nothing is as it should be', async () => {
    expect(await asWave(aiff({ bits: 16, compression: 'ima4', samples: [1, 2] }))).toBeUndefined()
    expect(await asWave(aiff({ bits: 16, samples: [] }))).toBeUndefined()
    expect(await asWave(Buffer.from('FORM of something else'))).toBeUndefined()
    const whole = aiff({ bits: 16, samples: [1, 2, 3, 4] })
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(255), async (place, value) => {
        const damaged = Buffer.from(whole)
        damaged[place] = value
        const wave = await asWave(damaged.subarray(0, place + 30))
        return wave === undefined || wave.length <= 44 + whole.length
      }),
      { numRuns: 200 },
    )
  })

  test('can be read from any place to any other', async () => {
    const samples = Array.from({ length: 3000 }, (_, index) => (index * 7) % 256)
    const content = aiff({ bits: 24, channels: 2, samples })
    const whole = (await asWave(content)) ?? Buffer.alloc(0)
    const source = await aiffSource(await openFile(content), content.length)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 500 }),
        async (position, length) => {
          const part = (await source?.read(position, length)) ?? new Uint8Array(0)
          expect(part.length).toBeGreaterThan(0)
          expect([...part]).toEqual([...whole.subarray(position, position + part.length)])
        },
      ),
      { numRuns: 200 },
    )
  })

  test('is what a browser is sent', async () => {
    const path = join(fixturesFolder, 'tones', 'tone.aiff')
    const source = { trackFile: () => path, cover: async () => undefined }
    const request = { method: 'GET', url: 'http://host/media/1', headers: new Headers({ Range: 'bytes=0-' }) }
    const response = await mediaResponse(request, source)
    expect([response?.status, response?.headers.get('Content-Type')]).toEqual([206, 'audio/wav'])
    const wave = join(scratchFolder(), 'sent.wav')
    writeFileSync(wave, new Uint8Array((await response?.arrayBuffer()) ?? []))
    expect(await makeTrackReader()(wave, undefined)).toMatchObject({
      tags: { duration: expect.closeTo(1, 1) },
    })
  })
})
