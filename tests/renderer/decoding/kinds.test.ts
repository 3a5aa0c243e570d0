import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTrackReader } from '../../../electron/library/tracks/read-track.ts'
import { containerSongs } from '../../fixtures/field-cases/container-songs.ts'
import type { SongCase } from '../../fixtures/field-cases/field-case.ts'
import { mp4Songs } from '../../fixtures/field-cases/mp4-songs.ts'
import { mpegSongs } from '../../fixtures/field-cases/mpeg-songs.ts'
import { waveSongs } from '../../fixtures/field-cases/wave-songs.ts'
import { xiphSongs } from '../../fixtures/field-cases/xiph-songs.ts'
import { fixturesFolder } from '../../fixtures/fixture-files.ts'
import { type Decoded, StreamPage } from './stream-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'skein-kinds-'))
const read = makeTrackReader()
let page: StreamPage
beforeAll(async () => {
  page = await StreamPage.open()
})
afterAll(async () => {
  await page?.close()
  rmSync(folder, { recursive: true })
})

const seconds = ({ channels, sampleRate }: Decoded): number => (channels[0]?.length ?? 0) / sampleRate

/** Decodes a file and compares its duration with that which the host reads. */
async function expectDuration(file: string, tolerance: number): Promise<void> {
  const track = await read(file, undefined)
  const decoded = await page.tryDecode(file)
  if ('reason' in track) return expect(decoded).toMatch(/^(DecodeError|SourceError|UnsupportedFormat) /)
  // What Chromium does not play, another decoder may.
  if (!track.tags.isPlayable && typeof decoded === 'string')
    return expect(decoded).toContain('UnsupportedFormat')
  if (typeof decoded === 'string') throw new Error(decoded)
  expect(Math.abs(seconds(decoded) - (track.tags.duration ?? Number.NaN))).toBeLessThan(tolerance)
  expect(decoded.damagedPlaces).toBe(0)
  if (decoded.frames !== undefined) expect(decoded.channels[0]).toHaveLength(decoded.frames)
}

describe.each(['tones', 'parts', 'plain', 'broken'])('each file in %s', (name) => {
  it.each(readdirSync(join(fixturesFolder, name)))(
    'is decoded for as long as it is listed: %s',
    async (file) => {
      await expectDuration(join(fixturesFolder, name, file), 0.08)
    },
  )
})

const kinds: readonly (readonly [string, readonly SongCase[]])[] = [
  ['MPEG', mpegSongs],
  // The sound of the others is made up: their decoders refuse it.
  ['FLAC', xiphSongs.filter(({ extension }) => extension === '.flac')],
  ['WAVE', waveSongs],
  ['MP4', mp4Songs.filter(({ expected }) => expected.duration === 3)],
  ['other containers', containerSongs],
]
describe.each(kinds)('a case of %s', (kind, songs) => {
  it.each(songs.map((song, index) => ({ ...song, index })))(
    'is decoded for as long as it is listed: $name',
    async (song) => {
      const file = join(folder, `${kind}-${song.index}${song.extension}`)
      writeFileSync(file, song.content)
      await expectDuration(file, 1)
    },
  )
})
