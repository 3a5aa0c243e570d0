import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pictureBlock } from '../../../../scripts/picture-block.ts'
import { encodePng } from '../../../../scripts/png.ts'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import {
  encodeComments,
  type OggStreamOptions,
  splitPackets,
  splitPages,
  writeOggStream,
} from '../../../fixtures/ogg-file.ts'
import { splitFlac } from '../../../fixtures/retag-flac.ts'
import { readContent, readTagsOf } from './read-file.ts'

const tone = (name: string): Buffer => readFileSync(join(fixturesFolder, 'tones', name))
const red = encodePng(8, 8, new Uint8Array(8 * 8 * 3).fill(200))
const tags = ['TITLE=A song', 'ARTIST=First', 'ARTIST=Second']

type Stream = Partial<OggStreamOptions> & {
  readonly comments?: readonly (string | Uint8Array)[]
  readonly seconds?: number
  readonly channels?: number
}

const opusPackets = splitPackets(tone('tone.opus'))
const vorbisPackets = splitPackets(tone('tone.ogg'))
const opusRate = 48_000
const opusPerSecond = 50
const preSkip = opusPackets[0]?.readUInt16LE(10) ?? 0

/** Ten seconds if nothing else is given. */
function opus({ comments = tags, seconds = 10, channels = 2, ...options }: Stream = {}): Buffer[] {
  const header = Buffer.from(opusPackets[0] as Buffer)
  header[9] = channels
  const comment = Buffer.concat([Buffer.from('OpusTags'), encodeComments(comments)])
  const sound = opusPackets.slice(3, 40)
  const packets = Array.from({ length: seconds * opusPerSecond }, (_, i) => sound[i % sound.length] as Buffer)
  return writeOggStream({
    serial: 7,
    headers: [header, comment],
    packets,
    granulesPerPacket: opusRate / opusPerSecond,
    ...options,
  })
}

/** Vorbis with packets of a fiftieth of a second. */
function vorbis({ comments = tags, seconds = 10, ...options }: Stream = {}): Buffer[] {
  const [identification, , setup] = vorbisPackets as [Buffer, Buffer, Buffer]
  const comment = Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), encodeComments(comments), Buffer.of(1)])
  const sound = vorbisPackets.slice(5, 40)
  const packets = Array.from({ length: seconds * 50 }, (_, i) => sound[i % sound.length] as Buffer)
  const granulesPerPacket = identification.readUInt32LE(12) / 50
  return writeOggStream({
    serial: 7,
    headers: [identification, comment, setup],
    packets,
    granulesPerPacket,
    ...options,
  })
}

/** FLAC of one second, with a picture block of its own. */
function flacInOgg(comments: readonly string[] = tags): Buffer[] {
  const { info, frames } = splitFlac(tone('tone.flac'))
  const block = (type: number, body: Buffer): Buffer => {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(type * 2 ** 24 + body.length)
    return Buffer.concat([header, body])
  }
  const mapping = Buffer.concat([Buffer.from([0x7f]), Buffer.from('FLAC'), Buffer.from([1, 0, 0, 2])])
  return writeOggStream({
    serial: 7,
    headers: [
      Buffer.concat([mapping, Buffer.from('fLaC'), block(0, info)]),
      block(4, encodeComments(comments)),
      block(0x86, pictureBlock('image/png', 8, 8, red)),
    ],
    packets: frames,
    granulesPerPacket: info.readUInt16BE(2),
    packetsPerPage: 2,
  })
}

function speex(): Buffer[] {
  const header = Buffer.alloc(80)
  header.write('Speex   1.2', 'latin1')
  header.writeUInt32LE(80, 32)
  header.writeUInt32LE(16_000, 36)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(320, 56)
  header.writeUInt32LE(1, 64)
  const packets = Array.from({ length: 500 }, () => Buffer.alloc(40, 0x2a))
  return writeOggStream({
    serial: 7,
    headers: [header, encodeComments(tags)],
    packets,
    granulesPerPacket: 320,
  })
}

/** A stream without sound, which ends where the sound ends. */
function silentStream(signature: string, serial: number): Buffer[] {
  const text = Buffer.from(signature, 'latin1')
  return writeOggStream({
    serial,
    headers: [Buffer.concat([text, Buffer.alloc(64)]), Buffer.from('a second header')],
    packets: [Buffer.alloc(2000, 1)],
    granulesPerPacket: 1,
  })
}

/** The first pages of all streams, then the other pages of each. */
function multiplex(...streams: readonly Buffer[][]): Buffer {
  return Buffer.concat([
    ...streams.map(([first]) => first as Buffer),
    ...streams.flatMap((pages) => pages.slice(1)),
  ])
}

const join10 = (pages: readonly Buffer[]): Buffer => Buffer.concat(pages)

describe('an Ogg file', () => {
  test.each<[string, Buffer, number, string]>([
    ['Opus', join10(opus()), 10, 'Opus'],
    ['Opus with a page for each packet', join10(opus({ packetsPerPage: 1 })), 10, 'Opus'],
    ['Opus larger than what is read whole', join10(opus({ seconds: 200 })), 200, 'Opus'],
    ['Vorbis', join10(vorbis()), 10, 'Vorbis'],
    ['Vorbis larger than what is read whole', join10(vorbis({ seconds: 300 })), 300, 'Vorbis'],
    ['FLAC', join10(flacInOgg()), 1, 'FLAC'],
    ['a picture as Theora in front', multiplex(silentStream('\x80theora', 3), vorbis()), 10, 'Vorbis'],
    ['a skeleton in front', multiplex(silentStream('fishead\0', 3), opus()), 10, 'Opus'],
    ['an unknown stream in front', multiplex(silentStream('mystery', 3), vorbis()), 10, 'Vorbis'],
    ['a picture behind', multiplex(opus(), silentStream('\x80theora', 3)), 10, 'Opus'],
    ['Speex in front of Vorbis', multiplex(speex(), vorbis({ serial: 9 })), 10, 'Vorbis'],
    [
      'an ID3 tag in front',
      Buffer.concat([encodeId3Tag({ title: 'x', artist: 'y' }), ...opus()]),
      10,
      'Opus',
    ],
  ])('with %s is read', async (_, content, seconds, codec) => {
    const track = await readTagsOf(content)
    expect(track).toMatchObject({ title: 'A song', artists: ['First', 'Second'], codec, isPlayable: true })
    expect(track.warnings).toEqual([])
    expect(track.duration).toBeCloseTo(seconds, 1)
  })

  test('with FLAC has the picture of its block', async () => {
    expect((await readTagsOf(join10(flacInOgg()))).hasCover).toBe(true)
  })

  test('with Speex is listed, and the warning says that it cannot be played', async () => {
    const track = await readTagsOf(join10(speex()))
    expect(track).toMatchObject({ title: 'A song', codec: 'Speex', isPlayable: false })
    expect(track.warnings).toEqual(['Skein cannot play Speex: convert the file to another format.'])
    expect(track.duration).toBeCloseTo(10, 1)
  })

  test('without sound is refused', async () => {
    const content = join10(silentStream('\x80theora', 3))
    expect(await readContent(content)).toHaveProperty('reason')
  })
})

describe('the duration of a chain', () => {
  const second = { serial: 8, comments: ['TITLE=Another'], seconds: 30 }
  test.each<[string, Buffer, number]>([
    ['two links', Buffer.concat([...vorbis(), ...vorbis(second)]), 40],
    ['two links with one serial number', Buffer.concat([...opus(), ...opus({ ...second, serial: 7 })]), 40],
    ['a file that is appended to itself', Buffer.concat([...opus(), ...opus()]), 20],
    [
      'a large file that is appended to itself',
      Buffer.concat(Array(2).fill(join10(opus({ seconds: 200 })))),
      400,
    ],
    [
      'a short and a long link with one number',
      Buffer.concat([...opus({ seconds: 60 }), ...opus({ seconds: 300 })]),
      360,
    ],
    [
      'a long and a short link',
      Buffer.concat([...opus({ seconds: 300 }), ...opus({ serial: 8, seconds: 5 })]),
      305,
    ],
    [
      'many links',
      Buffer.concat(Array.from({ length: 50 }, (_, serial) => join10(opus({ serial, seconds: 4 })))),
      200,
    ],
    [
      'links of several streams',
      Buffer.concat([
        multiplex(silentStream('fishead\0', 3), opus()),
        multiplex(silentStream('fishead\0', 4), opus({ serial: 8 })),
      ]),
      20,
    ],
    ['a link without sound', Buffer.concat([...opus(), ...silentStream('\x80theora', 3)]), 10],
  ])('of %s is their sum', async (_, content, seconds) => {
    const track = await readTagsOf(content)
    expect(track.title).toBe('A song')
    expect(Math.abs((track.duration ?? 0) - seconds)).toBeLessThan(0.5)
  })
})

describe('the links of a chain that Chromium does not play', () => {
  test.each<[string, Buffer]>([
    ['another codec', Buffer.concat([...opus(), ...vorbis({ serial: 8 })])],
    ['another codec between', Buffer.concat([...opus(), ...vorbis({ serial: 8 }), ...opus({ serial: 9 })])],
    ['other channels', Buffer.concat([...opus(), ...opus({ serial: 8, channels: 1 })])],
    ['FLAC', Buffer.concat([...flacInOgg(), ...flacInOgg()])],
  ])('do not count, and a warning says so: %s', async (_, content) => {
    const track = await readTagsOf(content)
    expect(track.duration).toBeCloseTo(track.codec === 'FLAC' ? 1 : 10, 1)
    expect(track.warnings).toEqual([
      'Skein plays only the first part of the file: convert the file to hear the rest.',
    ])
  })
})

describe('an Ogg file that is damaged', () => {
  const pages = opus()
  const large = opus({ seconds: 200 })
  const withGranule = (page: Buffer, granule: bigint): Buffer => {
    const copy = Buffer.from(page)
    copy.writeBigInt64LE(granule, 6)
    return copy
  }
  const without = (list: readonly Buffer[], ...indexes: number[]): Buffer =>
    join10(list.filter((_, index) => !indexes.includes(index)))
  test.each<[string, Buffer, number]>([
    ['is recorded from a live stream', join10(opus({ firstGranule: 123_456_789 })), 10],
    ['is recorded from a live stream of Vorbis', join10(vorbis({ firstGranule: 123_456_789 })), 10],
    ['is large and recorded from a live stream', join10(opus({ firstGranule: 2 ** 40, seconds: 200 })), 200],
    ['lacks a page', without(pages, 5), 10],
    ['lacks the last page', without(pages, pages.length - 1), 9.6],
    [
      'has garbage between pages',
      join10([...pages.slice(0, 6), Buffer.alloc(5000, 0x4f), ...pages.slice(6)]),
      10,
    ],
    ['has garbage at the end', join10([...pages, Buffer.alloc(3000)]), 10],
    ['has much garbage at the end', join10([...large, Buffer.alloc(300_000)]), 200],
    [
      'has a wrong granule position at the end',
      join10([...pages.slice(0, -1), withGranule(pages.at(-1) as Buffer, 2n ** 50n)]),
      9.6,
    ],
    [
      'has no granule position on a page',
      join10([...pages.slice(0, -2), withGranule(pages.at(-2) as Buffer, -1n), ...pages.slice(-1)]),
      10,
    ],
  ])('because it %s has the duration of what is heard', async (_, content, seconds) => {
    const track = await readTagsOf(content)
    expect(track.title).toBe('A song')
    expect(Math.abs((track.duration ?? 0) - seconds)).toBeLessThan(0.5)
  })

  test.each([0.9, 0.5, 0.2])('is listed with a warning if it is cut at %d', async (fraction) => {
    for (const [whole, seconds] of [
      [join10(opus({ packetsPerPage: 50 })), 10],
      [join10(opus({ seconds: 300 })), 300],
    ] as const) {
      const track = await readTagsOf(whole.subarray(0, Math.floor(whole.length * fraction) - 7))
      expect(track.warnings).toEqual(['The end of the file is missing: copy or download it again.'])
      expect(Math.abs((track.duration ?? 0) - seconds * fraction)).toBeLessThan(1.5)
    }
  })

  test('is refused if it is cut within its headers', async () => {
    expect(await readContent(join10(pages).subarray(0, 300))).toHaveProperty('reason')
  })
})

describe('comments', () => {
  const picture = pictureBlock('image/png', 8, 8, red).toString('base64')

  test.each<[string, Buffer[]]>([
    [
      'of several pages',
      opus({ comments: [...tags, `METADATA_BLOCK_PICTURE=${picture}`, `NOTE=${'x'.repeat(300_000)}`] }),
    ],
    [
      'of pages with one segment',
      opus({ comments: [...tags, `METADATA_BLOCK_PICTURE=${picture}`], headerSegments: 1 }),
    ],
    [
      'of Vorbis, over several pages',
      vorbis({ comments: [...tags, `METADATA_BLOCK_PICTURE=${picture}`], headerSegments: 3 }),
    ],
    [
      'with a picture as it was written once',
      vorbis({ comments: [...tags, 'COVERARTMIME=image/png', `COVERART=${red.toString('base64')}`] }),
    ],
    [
      'with a picture in lines',
      vorbis({ comments: [...tags, `COVERART=${red.toString('base64').replace(/.{20}/g, '$&\r\n')}`] }),
    ],
  ])('%s are read with the picture', async (_, pages) => {
    const track = await readTagsOf(join10(pages))
    expect(track).toMatchObject({
      title: 'A song',
      artists: ['First', 'Second'],
      hasCover: true,
      warnings: [],
    })
    expect(track.duration).toBeCloseTo(10, 1)
  })

  test('between the pages of another stream are read', async () => {
    const sound = opus({ comments: [...tags, `NOTE=${'x'.repeat(2000)}`], headerSegments: 2 })
    const other = silentStream('\x80theora', 3)
    const mixed = sound.flatMap((page, index) => [page, ...other.slice(index, index + 1)])
    expect(await readTagsOf(join10([...mixed]))).toMatchObject({ title: 'A song', warnings: [] })
  })

  test('that lack a page keep the fields before it, with a warning', async () => {
    const pages = opus({ comments: [...tags, `NOTE=${'x'.repeat(4000)}`, 'ALBUM=Lost'], headerSegments: 2 })
    const track = await readTagsOf(join10(pages.filter((_, index) => index !== 4)))
    expect(track).toMatchObject({ title: 'A song', album: undefined })
    expect(track.warnings).toEqual(['The tags are damaged: some of them may be missing.'])
  })

  test('whose pages have a wrong checksum are read', async () => {
    const pages = opus()
    const broken = Buffer.from(pages[1] as Buffer)
    broken.writeUInt32LE(1, 22)
    expect(await readTagsOf(join10(pages.with(1, broken)))).toMatchObject({ title: 'A song' })
  })
})

test('the pages of a written stream are those of the file', () => {
  const pages = opus()
  expect(splitPages(join10(pages)).map((page) => page.length)).toEqual(pages.map((page) => page.length))
  expect(preSkip).toBeGreaterThan(0)
})
