import { readFileSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makeTrackReader } from '../../../electron/library/tracks/read-track.ts'
import { aiffSource } from '../../../electron/media/aiff-source.ts'
import { mediaResponse } from '../../../electron/media/media-response.ts'
import { createAiffFile } from '../../fixtures/aiff-file.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder } from '../scratch.ts'

const headerBytes = 44

function writeSong(content: Uint8Array, name = 'song.aiff'): string {
  const path = join(scratchFolder(), name)
  writeFileSync(path, content)
  return path
}

async function openFile(content: Uint8Array): Promise<FileHandle> {
  const file = await open(writeSong(content))
  onTestFinished(() => file.close())
  return file
}

/** Returns the complete WAVE file for an AIFF file; undefined if it is sent unchanged. */
async function asWave(content: Buffer): Promise<Buffer | undefined> {
  return await wholeWave(await openFile(content), content.length)
}

async function wholeWave(file: FileHandle, size: number): Promise<Buffer | undefined> {
  const source = await aiffSource(file, size)
  if (source === undefined) return undefined
  const parts: Uint8Array[] = []
  for (let position = 0; position < source.size; ) {
    const part = await source.read(position, source.size - position)
    if (part.length === 0) throw new Error(`nothing at ${position} of ${source.size}`)
    parts.push(part)
    position += part.length
  }
  return Buffer.concat(parts)
}

/** Returns a valid AIFF file with other letters at this offset. */
function renamed(index: number, letters: string): Buffer {
  const content = createAiffFile({ samples: someSamples(8) })
  content.write(letters, index, 'latin1')
  return content
}

function samplesOf(wave: Buffer | undefined): number[] {
  return [...(wave?.subarray(headerBytes) ?? [])]
}

function ask(path: string, range?: string, method = 'GET') {
  const headers = new Headers(range === undefined ? {} : { Range: range })
  const library = { trackFile: () => path, cover: async () => undefined }
  return mediaResponse({ method, url: 'http://host/media/1', headers }, library)
}

async function bytesOf(response: Response | undefined): Promise<Buffer> {
  return Buffer.from(await (response?.arrayBuffer() ?? new ArrayBuffer(0)))
}

/** Returns `length` bytes that change when their order is reversed. */
function someSamples(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 8)) % 251)
}

function someDoubles(count: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(count * 8))
  for (let index = 0; index < count; index++) view.setFloat64(index * 8, Math.sin(index))
  return new Uint8Array(view.buffer)
}

describe('an AIFF file converted to WAVE', () => {
  test.each([
    // compression, bits of a sample, its bytes in AIFF and in WAVE, WAVE's number of the coding
    [undefined, 16, [1, 2, 3, 4], [2, 1, 4, 3], 1],
    [undefined, 24, [1, 2, 3, 4, 5, 6], [3, 2, 1, 6, 5, 4], 1],
    [undefined, 32, [1, 2, 3, 4], [4, 3, 2, 1], 1],
    // One byte is signed in AIFF and unsigned in WAVE.
    [undefined, 8, [0, 127, 128, 255], [128, 255, 0, 127], 1],
    // These fill two bytes from the most significant bit.
    [undefined, 12, [0x12, 0x30], [0x30, 0x12], 1],
    ['NONE', 16, [1, 2], [2, 1], 1],
    ['twos', 16, [1, 2], [2, 1], 1],
    ['sowt', 16, [1, 2, 3, 4], [1, 2, 3, 4], 1],
    ['sowt', 8, [0, 255], [128, 127], 1],
    ['sowt', 24, [1, 2, 3], [1, 2, 3], 1],
    ['raw ', 8, [0, 255], [0, 255], 1],
    ['in24', 24, [1, 2, 3], [3, 2, 1], 1],
    ['in32', 32, [1, 2, 3, 4], [4, 3, 2, 1], 1],
    ['fl32', 32, [1, 2, 3, 4], [4, 3, 2, 1], 3],
    ['FL32', 32, [1, 2, 3, 4], [4, 3, 2, 1], 3],
    // The number −1.5, which a float represents exactly.
    ['fl64', 64, [0xbf, 0xf8, 0, 0, 0, 0, 0, 0], [0, 0, 0xc0, 0xbf], 3],
    ['alaw', 16, [1, 200], [1, 200], 6],
    ['ulaw', 16, [1, 200], [1, 200], 7],
  ] as const)('has the same samples: %s, %i bits', async (compression, bits, there, here, tag) => {
    const wave = await asWave(createAiffFile({ compression, bits, samples: Uint8Array.from(there) }))
    expect(samplesOf(wave)).toEqual(here)
    expect(wave?.readUInt16LE(20)).toBe(tag)
    // The laws state the bits of what they expand to.
    const width = tag > 3 ? 1 : compression === 'fl64' ? 4 : Math.ceil(bits / 8)
    expect(wave?.readUInt16LE(34)).toBe(8 * width)
    expect(wave?.readUInt16LE(32)).toBe(width)
  })

  test('declares the format of its samples', async () => {
    const wave = await asWave(createAiffFile({ bits: 24, channels: 2, samples: someSamples(600) }))
    expect({
      riff: [wave?.toString('latin1', 0, 4), wave?.readUInt32LE(4)],
      wave: [wave?.toString('latin1', 8, 16), wave?.readUInt32LE(16)],
      channels: wave?.readUInt16LE(22),
      rate: wave?.readUInt32LE(24),
      bytesPerSecond: wave?.readUInt32LE(28),
      bytesPerFrame: wave?.readUInt16LE(32),
      bits: wave?.readUInt16LE(34),
      data: [wave?.toString('latin1', 36, 40), wave?.readUInt32LE(40)],
    }).toEqual({
      riff: ['RIFF', 636],
      wave: ['WAVEfmt ', 16],
      channels: 2,
      rate: 8000,
      bytesPerSecond: 48_000,
      bytesPerFrame: 6,
      bits: 24,
      data: ['data', 600],
    })
  })

  test('equals a file that another program wrote', async () => {
    const content = readFileSync(join(fixturesFolder, 'tones', 'tone.aiff'))
    const chunk = content.indexOf('SSND')
    const sound = content.subarray(chunk + 16, chunk + 8 + content.readUInt32BE(chunk + 4))
    const wave = await asWave(content)
    const samples = Array.from({ length: sound.length / 2 }, (_, index) => sound.readInt16BE(index * 2))
    const sent = samples.map((_, index) => wave?.readInt16LE(headerBytes + index * 2))
    expect(samples.length).toBe(4000)
    expect(Math.max(...samples)).toBeGreaterThan(1000)
    expect(sent).toEqual(samples)
    expect(wave?.length).toBe(headerBytes + sound.length)
    expect(await makeTrackReader()(writeSong(wave ?? Buffer.alloc(0), 'sent.wav'), undefined)).toMatchObject({
      tags: { duration: 1 },
    })
  })

  test('has complete frames only, wherever the file is truncated', async () => {
    const samples = someSamples(120)
    const content = createAiffFile({ bits: 24, channels: 2, samples })
    const file = await openFile(content)
    const complete = (await wholeWave(file, content.length)) ?? Buffer.alloc(0)
    const begin = content.indexOf(samples)
    for (let size = 0; size <= content.length; size++) {
      const frames = Math.max(0, Math.floor(Math.min(size - begin, samples.length) / 6))
      const wave = await wholeWave(file, size)
      expect(wave?.length).toBe(frames === 0 ? undefined : headerBytes + frames * 6)
      expect(samplesOf(wave)).toEqual([...complete.subarray(headerBytes, headerBytes + frames * 6)])
      expect(wave?.readUInt32LE(40)).toBe(frames === 0 ? undefined : frames * 6)
    }
  })

  test.each([
    ['fewer frames', { frames: 1 }],
    ['no frames', { frames: 0 }],
    ['four thousand million frames', { frames: 0xffff_ffff }],
  ])('has all its samples if it claims %s', async (_, claims) => {
    expect(
      samplesOf(await asWave(createAiffFile({ samples: Uint8Array.of(1, 2, 3, 4), claimed: claims }))),
    ).toEqual([2, 1, 4, 3])
  })

  test('ends with the file even if it claims to be longer', async () => {
    const content = createAiffFile({ samples: Uint8Array.of(1, 2, 3, 4), claimed: { length: 0xffff_ffff } })
    const wave = await asWave(content.subarray(0, content.indexOf('ANNO')))
    expect(samplesOf(wave)).toEqual([2, 1, 4, 3])
  })

  test.each([
    ['is compressed', createAiffFile({ compression: 'ima4', samples: someSamples(68) })],
    ['has no sound', createAiffFile({ samples: new Uint8Array(0) })],
    ['has less than a frame', createAiffFile({ channels: 2, samples: Uint8Array.of(1, 2, 3) })],
    [
      'has its sound behind its end',
      createAiffFile({ samples: someSamples(8), claimed: { offset: 0xffff_ffff } }),
    ],
    ['claims no room for its sound', createAiffFile({ samples: someSamples(8), claimed: { length: 8 } })],
    ['has no channels', createAiffFile({ channels: 0, samples: someSamples(8) })],
    ['has too many channels', createAiffFile({ channels: 33, samples: someSamples(660) })],
    ['has too many bits', createAiffFile({ bits: 40, samples: someSamples(50) })],
    [
      'has too many bits in little-endian',
      createAiffFile({ compression: 'sowt', bits: 40, samples: someSamples(50) }),
    ],
    ['has none', createAiffFile({ bits: 0, samples: someSamples(8) })],
    ['is another IFF file', renamed(8, '8SVX')],
    ['is no IFF file', renamed(0, 'RIFX')],
    ['is empty', Buffer.alloc(0)],
  ])('is rejected if it %s', async (_, content) => {
    expect(await asWave(content)).toBeUndefined()
  })

  test('is rejected, or at most as long as its file, whatever bytes are damaged', async () => {
    const content = createAiffFile({ bits: 16, channels: 2, samples: someSamples(40) })
    const path = writeSong(content)
    const file = await open(path, 'r+')
    onTestFinished(() => file.close())
    const damage = fc.array(fc.tuple(fc.nat(content.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Buffer.from(content)
        for (const [index, value] of changes) damaged[index] = value
        await file.write(damaged, 0, damaged.length, 0)
        const wave = await wholeWave(file, damaged.length)
        expect(wave?.length ?? 0).toBeLessThanOrEqual(headerBytes + content.length)
      }),
      { numRuns: 500 },
    )
  })
})

describe('an AIFF track', () => {
  test.each([
    ['8 bits', { bits: 8, samples: someSamples(600_000) }],
    ['16 bits', { bits: 16, channels: 2, samples: someSamples(600_000) }],
    ['24 bits', { bits: 24, channels: 2, samples: someSamples(600_000) }],
    ['32 bits', { bits: 32, channels: 3, samples: someSamples(600_000) }],
    ['doubles', { bits: 64, channels: 2, compression: 'fl64', samples: someDoubles(150_000) }],
  ])('is sent in any range as that slice of the file: %s', async (_, options) => {
    const path = writeSong(createAiffFile(options))
    const complete = await bytesOf(await ask(path))
    const size = complete.length
    // More than the host reads in one step.
    expect(size).toBe(headerBytes + 600_000)
    const range = fc.tuple(fc.nat(size - 1), fc.nat(size * 2)).filter(([start, end]) => end >= start)
    await fc.assert(
      fc.asyncProperty(range, async ([start, end]) => {
        const last = Math.min(end, size - 1)
        const response = await ask(path, `bytes=${start}-${end}`)
        expect(response?.status).toBe(206)
        expect(response?.headers.get('Content-Range')).toBe(`bytes ${start}-${last}/${size}`)
        expect(response?.headers.get('Content-Length')).toBe(String(last - start + 1))
        expect(Buffer.compare(await bytesOf(response), complete.subarray(start, last + 1))).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  describe('has the size and type of the WAVE file', () => {
    let path: string
    beforeEach(() => {
      path = writeSong(createAiffFile({ samples: someSamples(1000) }))
    })

    test('without a range', async () => {
      const response = await ask(path)
      expect(response?.status).toBe(200)
      expect(response?.headers.get('Content-Type')).toBe('audio/wav')
      expect(response?.headers.get('Content-Length')).toBe('1044')
      expect((await bytesOf(response)).length).toBe(1044)
    })

    test('for HEAD', async () => {
      const response = await ask(path, undefined, 'HEAD')
      expect(response?.headers.get('Content-Length')).toBe('1044')
      expect(response?.body).toBeNull()
    })

    test('for a range beyond its end', async () => {
      const response = await ask(path, 'bytes=1044-')
      expect(response?.status).toBe(416)
      expect(response?.headers.get('Content-Range')).toBe('bytes */1044')
    })
  })

  test('is recognized by its content, not by its name', async () => {
    const samples = someSamples(1000)
    const misnamed = await ask(writeSong(createAiffFile({ samples }), 'song.mp3'))
    expect(misnamed?.headers.get('Content-Type')).toBe('audio/wav')
    expect((await bytesOf(misnamed)).toString('latin1', 0, 4)).toBe('RIFF')
    const wave = createWaveFile({ seconds: 0.1, hertz: 440 })
    expect(Buffer.compare(await bytesOf(await ask(writeSong(wave, 'song.aiff'))), wave)).toBe(0)
  })

  test('that cannot be converted is sent unchanged', async () => {
    const content = createAiffFile({ compression: 'ima4', samples: someSamples(68) })
    const response = await ask(writeSong(content))
    expect(response?.headers.get('Content-Type')).toBe('audio/aiff')
    expect(Buffer.compare(await bytesOf(response), content)).toBe(0)
  })
})
