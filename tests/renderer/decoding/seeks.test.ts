import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFrameHeader } from '../../../shared/sound/mpeg/frame-header.ts'
import { allFrames, halfFormats, halfFrames, halvesFolder } from '../../fixtures/halves.ts'
import { createXingFrame } from '../../fixtures/mpeg-file.ts'
import { maxDifference } from './compare-samples.ts'
import { type Decoded, StreamPage } from './stream-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-seeks-'))
let page: StreamPage
beforeAll(async () => {
  page = await StreamPage.open()
})
afterAll(async () => {
  await page?.close()
  rmSync(folder, { recursive: true })
})

/** How many frames are compared after a seek. */
const compared = 3000
/** Decoders of these come as close to the sound as this, but not exactly to it. */
const tolerances: Readonly<Record<string, number>> = { AAC: 1e-4, MP3: 1e-5, Opus: 0.01, Vorbis: 1e-5 }

describe.each(halfFormats)('a seek in $name', ({ name, extension }) => {
  const file = join(halvesFolder, `${name}-2.${extension}`)
  const frames = allFrames - halfFrames
  let whole: Decoded
  beforeAll(async () => {
    whole = await page.decode(file)
  })

  it.each([0, 1, 1151, 5000, 12_345, 20_000, frames - 3000, frames - 1])('to %i is exact', async (to) => {
    const part = await page.decode(file, { seeks: [to], maxFrames: compared })
    const length = Math.min(compared, frames - to)
    for (const [channel, samples] of part.channels.entries()) {
      expect(samples.length).toBeGreaterThanOrEqual(length)
      const expected = whole.channels[channel]!.subarray(to, to + length)
      expect(maxDifference(samples, expected, 0, length)).toBeLessThanOrEqual(tolerances[whole.codec] ?? 0)
    }
  })

  it('to the end and beyond has no more sound', async () => {
    for (const to of [frames, frames + 100_000])
      expect((await page.decode(file, { seeks: [to] })).channels[0]).toHaveLength(0)
  })

  it('back after others is exact', async () => {
    const part = await page.decode(file, { seeks: [frames, 15_000, 4000, 30_000, 777] })
    const [samples = new Float32Array()] = part.channels
    expect(samples).toHaveLength(frames - 777)
    expect(maxDifference(samples, whole.channels[0]!.subarray(777), 0, frames - 777)).toBeLessThanOrEqual(
      tolerances[whole.codec] ?? 0,
    )
  })
})

/** A file of an hour in which the frames of a short one are repeated. */
interface LongFile {
  readonly name: string
  readonly bytes: Buffer
  /** The frames of a repetition. */
  readonly period: number
  readonly count: number
}

function framesOf(name: string): { readonly frames: readonly Buffer[]; readonly samples: number } {
  const bytes = readFileSync(join(halvesFolder, name))
  const frames: Buffer[] = []
  let position = bytes.readUIntBE(6, 4) === 0 ? 10 : 10 + id3Size(bytes)
  let samples = 0
  for (let header = readFrameHeader(bytes, position); header; header = readFrameHeader(bytes, position)) {
    frames.push(bytes.subarray(position, position + header.length))
    samples = header.samples
    position += header.length
  }
  // The first frame has no sound.
  return { frames: frames.slice(1), samples }
}

const id3Size = (bytes: Buffer): number =>
  [6, 7, 8, 9].reduce((size, index) => size * 128 + (bytes[index] ?? 0), 0)

const hour = 3600 * 44_100

function makeLongFile(name: string, source: string, hasTotal: boolean): LongFile {
  const { frames, samples } = framesOf(source)
  const count = Math.ceil(hour / samples / frames.length)
  const sound = Buffer.concat(Array.from({ length: count }, () => Buffer.concat(frames)))
  const claims = { frames: count * frames.length, bytes: sound.length + 417 }
  const head = hasTotal ? createXingFrame('Xing', claims) : Buffer.alloc(0)
  return { name, bytes: Buffer.concat([head, sound]), period: frames.length * samples, count }
}

describe.each([
  { name: 'constant bitrate', source: 'mp3-48-2.mp3', hasTotal: false, maxShare: 0.1 },
  { name: 'varying bitrate and a total', source: 'mp3-vbr-2.mp3', hasTotal: true, maxShare: 0.1 },
  // Without a total, the frames have to be counted from the beginning.
  { name: 'varying bitrate alone', source: 'mp3-vbr-2.mp3', hasTotal: false, maxShare: 1.1 },
])('a seek in an hour of MP3 with $name', ({ name, source, hasTotal, maxShare }) => {
  const file = join(folder, `${name}.mp3`)
  let long: LongFile
  let short: Decoded
  beforeAll(async () => {
    long = makeLongFile(name, source, hasTotal)
    writeFileSync(file, long.bytes)
    const { frames } = framesOf(source)
    const shortFile = join(folder, `${name}-short.mp3`)
    writeFileSync(shortFile, Buffer.concat([...frames, ...frames]))
    short = await page.decode(shortFile)
  })

  it.each([0.999, 0.5])('to %f of it is exact', async (share) => {
    // In the middle of a repetition, which is decoded like that of the short file.
    const to = Math.floor(long.count * share) * long.period + 7000
    const part = await page.decode(file, { seeks: [to], maxFrames: compared })
    const expected = short.channels[0]!.subarray(long.period + 7000)
    expect(maxDifference(part.channels[0]!, expected, 0, compared)).toBeLessThanOrEqual(1e-5)
    // In the middle of a varying bitrate, all frames up to there have to be counted.
    if (share > 0.99) expect(part.requestedBytes / long.bytes.length).toBeLessThan(maxShare)
  })
})
