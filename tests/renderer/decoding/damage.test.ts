import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allFrames, halfFormats, halfFrames, halvesFolder } from '../../fixtures/halves.ts'
import { maxDifference } from './compare-samples.ts'
import { type Decoded, StreamPage } from './stream-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-damage-'))
const frames = allFrames - halfFrames
let page: StreamPage
beforeAll(async () => {
  page = await StreamPage.open()
})
afterAll(async () => {
  await page?.close()
  rmSync(folder, { recursive: true })
})

let files = 0
async function decodeBytes(bytes: Buffer, extension: string): Promise<Decoded | string> {
  const file = join(folder, `${files++}.${extension}`)
  writeFileSync(file, bytes)
  return await page.tryDecode(file)
}

const read = (name: string): Buffer => readFileSync(join(halvesFolder, name))
const isDecoded = (result: Decoded | string): result is Decoded => typeof result !== 'string'

const compressed = halfFormats.filter(({ options }) => !options.some((option) => option.startsWith('pcm')))

describe.each(compressed)('damage in the middle of $name', ({ name, extension }) => {
  const file = `${name}-2.${extension}`
  let whole: Decoded
  let damaged: Decoded
  beforeAll(async () => {
    whole = await page.decode(join(halvesFolder, file))
    const bytes = read(file)
    // Half of the file with Vorbis is headers.
    const middle = Math.floor(bytes.length * (name === 'vorbis' ? 0.8 : 0.5))
    bytes.fill(0xa5, middle, middle + (name === 'vorbis' ? 20 : 300))
    const result = await decodeBytes(bytes, extension)
    if (!isDecoded(result)) throw new Error(result)
    damaged = result
  })

  it('leaves the length as it is', () => {
    expect(damaged.channels[0]).toHaveLength(frames)
  })

  // Packets of Opus have no checksum, and its decoder accepts any bytes.
  it.skipIf(/-opus$/.test(name))('is counted once', () => {
    expect(damaged.damagedPlaces).toBe(1)
  })

  it('changes nothing far from it', () => {
    const tolerance = name.includes('opus') ? 0.01 : 1e-4
    const [before, after] = [whole.channels[0]!, damaged.channels[0]!]
    expect(maxDifference(before, after, 0, 4000)).toBeLessThanOrEqual(tolerance)
    expect(maxDifference(before, after, frames - 4000, frames)).toBeLessThanOrEqual(tolerance)
  })

  it('is not louder than the sound', () => {
    expect(Math.max(...damaged.channels[0]!.map(Math.abs))).toBeLessThan(0.7)
  })
})

describe.each(halfFormats)('a file of $name that ends early', ({ name, extension }) => {
  it('plays up to there', async () => {
    const bytes = read(`${name}-2.${extension}`)
    const result = await decodeBytes(bytes.subarray(0, bytes.length * 0.9), extension)
    // The index of MP4 is at the end, and a WebM file of one cluster has no whole one left.
    if (/aac|mp4|webm/.test(name)) return expect(result).toContain('DecodeError fileDamaged')
    if (!isDecoded(result)) throw new Error(result)
    expect(result.channels[0]!.length).toBeGreaterThan(frames * 0.3)
    expect(result.channels[0]!.length).toBeLessThan(frames)
  })
})

describe('a file without sound', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'SourceError fileEmpty'],
    ['a text', Buffer.from('This is a text. '.repeat(500)), 'DecodeError fileDamaged'],
    ['zeros', Buffer.alloc(100_000), 'DecodeError fileDamaged'],
    ['the beginning of a FLAC file', read('flac-1.flac').subarray(0, 60), 'DecodeError fileDamaged'],
    ['the beginning of an Ogg file', read('vorbis-1.ogg').subarray(0, 200), 'UnsupportedFormat'],
  ])('is refused: %s', async (_, bytes, error) => {
    expect(await decodeBytes(bytes, 'mp3')).toContain(error)
  })

  it('is refused: a file that does not exist', async () => {
    expect(await page.tryDecode(join(folder, 'missing.mp3'))).toContain('SourceError fileMissing')
  })
})
