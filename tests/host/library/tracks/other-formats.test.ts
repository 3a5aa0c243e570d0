import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../../electron/library/tracks/read-track.ts'
import { m } from '../../../../shared/i18n/messages.js'
import { codecNames } from '../../../../shared/sound/engine-codecs.ts'
import { asfPicture, createAsfFile } from '../../../fixtures/asf-file.ts'
import { createDsdFile } from '../../../fixtures/dsd-file.ts'
import { fixturesFolder, toneTags } from '../../../fixtures/fixture-files.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import { programmes } from '../../../fixtures/programme.ts'
import { scratchFolder } from '../../scratch.ts'
import { readTagsOf } from './read-file.ts'

const fixture = (name: string) => readFileSync(join(fixturesFolder, 'other-formats', name))
const unplayable = (codec: string) => [m.host_codec_unplayable({ codec })]
const stereoSeconds = programmes.stereo.frames / programmes.stereo.rate
const id3 = encodeId3Tag({ title: 'In ID3' })

describe('the tags of', () => {
  test.each([
    ['alac-stereo.m4a', codecNames.alac],
    ['alac-stereo.caf', codecNames.alac],
    ['wavpack-ffmpeg.wv', codecNames.wavPack],
    ['wma-2.wma', codecNames.wma],
  ])('%s are read', async (name, codec) => {
    const { number, ...tags } = toneTags
    expect(await readTagsOf(fixture(name))).toMatchObject({ ...tags, number, codec })
  })

  test.each(['DSF', 'DSDIFF'] as const)('%s are those of its ID3 tag', async (container) => {
    const content = createDsdFile({
      container,
      bitRate: 2_822_400,
      channels: 2,
      bits: 80_000,
      amplitude: 0.1,
      id3,
    })
    expect(await readTagsOf(content)).toMatchObject({ title: 'In ID3', codec: codecNames.dsd })
  })

  test.each([
    ['musepack-stereo.mpc', codecNames.musepack],
    ['wavpack-stereo.wv', codecNames.wavPack],
  ])('%s are those around its sound', async (name, codec) => {
    const content = Buffer.concat([id3, fixture(name), apeTag({ Title: 'In APE', Artist: 'One' })])
    expect(await readTagsOf(content)).toMatchObject({ title: 'In ID3', artists: ['One'], codec })
  })
})

/** Returns an APE tag with a footer. */
function apeTag(items: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(items).map(([key, value]) => {
    const header = Buffer.alloc(8)
    header.writeUInt32LE(Buffer.byteLength(value))
    return Buffer.concat([header, Buffer.from(`${key}\0${value}`)])
  })
  const body = Buffer.concat(parts)
  const footer = Buffer.alloc(32)
  footer.write('APETAGEX')
  footer.writeUInt32LE(2000, 8)
  footer.writeUInt32LE(body.length + 32, 12)
  footer.writeUInt32LE(parts.length, 16)
  return Buffer.concat([body, footer])
}

describe('the duration of', () => {
  test.each([
    ['alac-stereo.m4a', stereoSeconds, 6],
    ['wavpack-stereo.wv', stereoSeconds, 6],
    ['wavpack-six.wv', programmes.six.frames / programmes.six.rate, 6],
    ['musepack-stereo.mpc', stereoSeconds, 6],
    // These state it in packets or milliseconds.
    ['alac-stereo.caf', stereoSeconds, 1],
    ['wma-2.wma', stereoSeconds, 1],
  ])('%s is read', async (name, seconds, digits) => {
    expect((await readTagsOf(fixture(name))).duration).toBeCloseTo(seconds, digits)
  })

  test('a WavPack file whose header does not state it is that of its last block', async () => {
    const content = fixture('wavpack-ffmpeg.wv')
    content.writeUInt32LE(0xffff_ffff, 12)
    expect((await readTagsOf(content)).duration).toBeCloseTo(stereoSeconds, 6)
  })

  test.each(['DSF', 'DSDIFF'] as const)('%s is that of its bits', async (container) => {
    const content = createDsdFile({
      container,
      bitRate: 2_822_400,
      channels: 2,
      bits: 282_240,
      amplitude: 0.1,
    })
    expect((await readTagsOf(content)).duration).toBeCloseTo(0.1, 9)
  })

  test.each([
    ['new', 3990],
    ['old', 3970],
  ] as const)("a Monkey's Audio file with a %s header is read", async (_, version) => {
    const tags = await readTagsOf(Buffer.concat([monkeysHeader(version), Buffer.alloc(10_000, 1)]))
    const codec = codecNames.monkeysAudio
    expect(tags).toMatchObject({ codec, isPlayable: false, warnings: unplayable(codec) })
    expect(tags.duration).toBeCloseTo((73_728 * 4 + 1000) / 44_100, 6)
  })
})

/** Returns a header of two blocks at 44.1 kHz, of which the last one has 1000 frames. */
function monkeysHeader(version: number): Buffer {
  const header = Buffer.alloc(76)
  header.write('MAC ')
  header.writeUInt16LE(version, 4)
  if (version < 3980) {
    header.writeUInt16LE(2000, 6)
    header.writeUInt16LE(2, 10)
    header.writeUInt32LE(44_100, 12)
    header.writeUInt32LE(2, 24)
    header.writeUInt32LE(1000, 28)
    return header
  }
  header.writeUInt32LE(52, 8)
  header.writeUInt32LE(73_728 * 4, 56)
  header.writeUInt32LE(1000, 60)
  header.writeUInt32LE(2, 64)
  header.writeUInt16LE(16, 68)
  header.writeUInt16LE(2, 70)
  header.writeUInt32LE(44_100, 72)
  return header
}

describe('an ASF file', () => {
  test('has the attributes of all its objects', async () => {
    const content = createAsfFile({
      title: 'Zwölf',
      author: 'One',
      extended: [
        ['WM/AlbumTitle', 'Album'],
        ['WM/TrackNumber', 7],
        ['WM/PartOfSet', '2/3'],
        ['WM/Year', '1999'],
        ['replaygain_track_gain', '-3.20 dB'],
        ['WM/IsCompilation', true],
      ],
      library: [
        ['WM/AlbumArtist', 'Everyone'],
        ['WM/Composer', 'Two'],
        ['WM/Composer', 'Three'],
      ],
    })
    expect(await readTagsOf(content)).toMatchObject({
      title: 'Zwölf',
      artists: ['One'],
      albumArtists: ['Everyone'],
      album: 'Album',
      disc: 2,
      number: 7,
      date: '1999',
      composers: ['Two', 'Three'],
      isCompilation: true,
      replayGain: { trackGain: -3.2 },
      duration: 2,
    })
  })

  test.each(['extended', 'library'] as const)('has the picture of its %s object', async (object) => {
    const picture = readFileSync(join(fixturesFolder, 'covered/cover.jpg'))
    const attributes = [['WM/Picture', asfPicture(3, 'image/jpeg', picture)]] as const
    expect(await readTagsOf(createAsfFile({ [object]: attributes }))).toMatchObject({ hasCover: true })
  })

  test('counts tracks from 1', async () => {
    expect(await readTagsOf(createAsfFile({ extended: [['WM/Track', 0]] }))).toMatchObject({ number: 1 })
  })

  test('that is protected says so', async () => {
    const tags = await readTagsOf(createAsfFile({ isProtected: true }))
    expect(tags).toMatchObject({ isPlayable: false, warnings: [m.host_file_protected()] })
  })

  test('that is cut short has the duration of what is there', async () => {
    const content = createAsfFile({})
    const tags = await readTagsOf(content.subarray(0, content.length - 16_000))
    expect(tags.warnings).toContain(m.host_file_cut())
    expect(tags.duration).toBeCloseTo(1, 1)
  })
})

const intact: readonly (readonly [string, Buffer])[] = [
  ...['alac-stereo.m4a', 'alac-stereo.caf', 'wavpack-six.wv', 'musepack-stereo.mpc', 'wma-2.wma'].map(
    (name) => [name, fixture(name)] as const,
  ),
  ['ASF', createAsfFile({ title: 'x', extended: [['WM/Year', '1999']], library: [['WM/Composer', 'y']] })],
  [
    'DSF',
    createDsdFile({ container: 'DSF', bitRate: 2_822_400, channels: 2, bits: 80_000, amplitude: 0.1, id3 }),
  ],
  [
    'DSDIFF',
    createDsdFile({ container: 'DSDIFF', bitRate: 2_822_400, channels: 2, bits: 80_000, amplitude: 0.1 }),
  ],
  ["Monkey's Audio", monkeysHeader(3990)],
]

describe.each(intact)('a damaged %s file', (_, content) => {
  test('is read or refused, whatever its header has', async () => {
    const read = makeTrackReader()
    const file = join(scratchFolder(), 'song')
    const length = Math.min(content.length, 1500)
    for (let offset = 0; offset + 4 <= length; offset += 17) {
      const damaged = Buffer.from(content)
      damaged.fill(offset % 2 === 0 ? 0xff : 0, offset, offset + 4)
      writeFileSync(file, damaged)
      const result = await read(file, undefined)
      if ('reason' in result) continue
      expect(result.tags.duration ?? 0).toBeGreaterThanOrEqual(0)
    }
  })

  test('is read or refused, wherever it ends', async () => {
    const read = makeTrackReader()
    const file = join(scratchFolder(), 'song')
    for (let end = 0; end < Math.min(content.length, 1500); end += 31) {
      writeFileSync(file, content.subarray(0, end))
      await read(file, undefined)
    }
  })
})
