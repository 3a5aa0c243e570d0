import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waveHeader } from '../../../electron/media/wave-header.ts'
import { createAiffFile } from '../../fixtures/aiff-file.ts'
import { createFlacFile } from '../../fixtures/flac-file.ts'
import { allFrames, halfFrames, halvesFolder } from '../../fixtures/halves.ts'
import { type Decoded, StreamPage } from './stream-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-special-'))
let page: StreamPage
beforeAll(async () => {
  page = await StreamPage.open()
})
afterAll(async () => {
  await page?.close()
  rmSync(folder, { recursive: true })
})

let files = 0
function write(bytes: Buffer): string {
  const file = join(folder, String(files++))
  writeFileSync(file, bytes)
  return file
}

const half = (name: string): Buffer => readFileSync(join(halvesFolder, name))

/** Samples that no part repeats. */
const noise = (length: number): Int16Array => {
  let state = 1
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) - 32_768
  })
}

describe('channels', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('%i of them are decoded in their sequence', async (channels) => {
    const samples = new Int16Array(1000 * channels).map((_, index) => (index % channels) * 1000 + 7)
    const header = waveHeader({ tag: 1, width: 2, channels, rate: 8000, length: samples.byteLength })
    const decoded = await page.decode(write(Buffer.concat([header, Buffer.from(samples.buffer)])))
    expect(decoded.channels.map((channel) => [channel.length, channel[500]! * 32_768])).toEqual(
      Array.from({ length: channels }, (_, channel) => [1000, channel * 1000 + 7]),
    )
  })
})

describe('a short file', () => {
  it.each([1, 2, 17, 800])('of %i frames of FLAC is decoded', async (length) => {
    const decoded = await page.decode(write(createFlacFile(noise(length))))
    expect(decoded.channels[0]).toEqual(Float32Array.from(noise(length), (sample) => sample / 32_768))
  })

  it('of one frame of WAVE is decoded', async () => {
    const header = waveHeader({ tag: 1, width: 2, channels: 1, rate: 8000, length: 2 })
    const decoded = await page.decode(write(Buffer.concat([header, Buffer.from([0, 64])])))
    expect(decoded.channels[0]).toEqual(Float32Array.of(0.5))
  })
})

describe('a long file', () => {
  it('of ten hours is entered near its end', async () => {
    const frames = 10 * 3600 * 8000
    const file = join(folder, 'long.wav')
    const descriptor = openSync(file, 'w')
    writeSync(descriptor, waveHeader({ tag: 1, width: 2, channels: 1, rate: 8000, length: frames * 2 }))
    ftruncateSync(descriptor, 44 + frames * 2)
    writeSync(descriptor, Buffer.from([0, 32]), 0, 2, 44 + (frames - 5) * 2)
    closeSync(descriptor)
    const decoded = await page.decode(file, { seeks: [frames - 8] })
    expect(decoded.channels[0]).toEqual(Float32Array.of(0, 0, 0, 0.25, 0, 0, 0, 0))
    expect(decoded.requestedBytes).toBeLessThan(300_000)
  })

  it.each([undefined, 20])(
    'of FLAC with a seek table of every %s frames is entered anywhere',
    async (tableStep) => {
      const samples = noise(8000 * 300)
      const bytes = createFlacFile(samples, { ...(tableStep && { tableStep }) })
      const file = write(bytes)
      for (const to of [0, 4095, 4096, 1_234_567, samples.length - 1]) {
        const decoded = await page.decode(file, { seeks: [to], maxFrames: 100 })
        const expected = Float32Array.from(samples.subarray(to, to + 100), (sample) => sample / 32_768)
        expect(decoded.channels[0]!.subarray(0, 100)).toEqual(expected)
        expect(decoded.requestedBytes).toBeLessThan(1_000_000)
      }
    },
  )
})

describe('a chain of Ogg streams', () => {
  const lengths = [halfFrames, allFrames - halfFrames]

  it('plays each link at its own rate', async () => {
    const file = write(Buffer.concat([half('vorbis-1.ogg'), half('opus-2.opus')]))
    const decoded = await page.decode(file)
    expect(decoded.formats).toEqual(['44100/1', '48000/1'])
    expect(decoded.channels[0]).toHaveLength(allFrames)
    expect(decoded.frames).toBe(allFrames)
    expect(decoded.damagedPlaces).toBe(0)
  })

  it('is entered at any link', async () => {
    const names = ['vorbis-1.ogg', 'vorbis-2.ogg', 'ogg-flac-1.oga']
    const file = write(Buffer.concat(names.map(half)))
    const whole = await page.decode(file)
    for (const to of [lengths[0]!, lengths[0]! + 5000, allFrames, allFrames + 7777, 100]) {
      const part = await page.decode(file, { seeks: [to], maxFrames: 500 })
      expect(difference(part, whole, to, 500)).toBeLessThan(1e-5)
    }
  })
})

function difference(part: Decoded, whole: Decoded, start: number, length: number): number {
  const [samples, all] = [part.channels[0]!, whole.channels[0]!]
  return Math.max(...Array.from({ length }, (_, i) => Math.abs(samples[i]! - all[start + i]!)))
}

describe('an AIFF file', () => {
  it.each([
    ['NONE', 16, [0x40, 0, 0xc0, 0], [0.5, -0.5]],
    ['NONE', 24, [0x40, 0, 0, 0xc0, 0, 0], [0.5, -0.5]],
    ['NONE', 8, [0x40, 0xc0], [0.5, -0.5]],
    ['sowt', 16, [0, 0x40, 0, 0xc0], [0.5, -0.5]],
    ['fl32', 32, [0x3f, 0, 0, 0, 0xbf, 0, 0, 0], [0.5, -0.5]],
  ])('coded as %s with %i bits is decoded without the host', async (compression, bits, bytes, expected) => {
    const file = write(createAiffFile({ compression, bits, samples: Buffer.from(bytes) }))
    const decoded = await page.decode(file, { isRaw: true })
    expect(decoded.channels[0]).toEqual(Float32Array.from(expected))
    expect(decoded.sampleRate).toBe(8000)
  })
})

describe('a file that changes while it is read', () => {
  it('is reported as changed if it is replaced', async () => {
    const file = write(createFlacFile(noise(300_000)))
    const read = await page.openSource(file)
    writeFileSync(file, createFlacFile(noise(299_000)))
    expect(await read(200_000, 201_000)).toBe('SourceError fileDamaged changed')
  })

  it('is reported as missing if it is removed', async () => {
    const file = write(createFlacFile(noise(300_000)))
    const read = await page.openSource(file)
    rmSync(file)
    expect(await read(200_000, 201_000)).toBe('SourceError fileMissing')
  })

  it('is read by ranges of any length', async () => {
    const bytes = createFlacFile(noise(300_000))
    const read = await page.openSource(write(bytes))
    expect(await read(0, 10)).toBe(bytes.subarray(0, 10).toString('base64'))
    expect(await read(65_530, 65_540)).toBe(bytes.subarray(65_530, 65_540).toString('base64'))
    expect(await read(bytes.length - 3, bytes.length)).toBe(bytes.subarray(-3).toString('base64'))
  })
})
