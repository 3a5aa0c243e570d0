import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pictureBlock } from '../../../../scripts/picture-block.ts'
import { encodePng } from '../../../../scripts/png.ts'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import { encodeComments } from '../../../fixtures/ogg-file.ts'
import { splitFlac } from '../../../fixtures/retag-flac.ts'
import { readContent, readTagsOf } from './read-file.ts'

const { info, frames } = splitFlac(readFileSync(join(fixturesFolder, 'tones', 'tone.flac')))
const samplesPerFrame = info.readUInt16BE(2)
const sampleRate = info.readUIntBE(10, 3) >> 4
const red = encodePng(8, 8, new Uint8Array(8 * 8 * 3).fill(200))
const tags = ['TITLE=A song', 'ARTIST=First', 'ARTIST=Second']
const mark = Buffer.from('fLaC')

interface Block {
  readonly type: number
  readonly body: Uint8Array
  /** The size that the header states, if it is wrong. */
  readonly size?: number
}

/** Returns blocks of which the last one is marked. */
function encodeBlocks(blocks: readonly Block[]): Buffer {
  return Buffer.concat(
    blocks.flatMap(({ type, body, size = body.length }, index) => {
      const header = Buffer.alloc(4)
      header.writeUInt32BE(
        (index === blocks.length - 1 ? 0x80 : 0) * 2 ** 24 + type * 2 ** 24 + (size % 2 ** 24),
      )
      return [header, body]
    }),
  )
}

/** Returns STREAMINFO with this number of samples. */
function withTotal(samples: number): Block {
  const body = Buffer.from(info)
  body[13] = ((body[13] ?? 0) & 0xf0) | Math.floor(samples / 2 ** 32)
  body.writeUInt32BE(samples % 2 ** 32, 14)
  return { type: 0, body }
}

/** Returns whole frames of about this duration, each with its number and checksums. */
function sound(seconds: number, firstNumber = 0): Buffer {
  const source = frames[1] as Buffer
  const count = Math.round((seconds * sampleRate) / samplesPerFrame)
  return Buffer.concat(Array.from({ length: count }, (_, index) => renumber(source, firstNumber + index)))
}

function renumber(frame: Buffer, number: number): Buffer {
  const coded = number < 0x80 ? Buffer.of(number) : encodeNumber(number)
  const header = Buffer.concat([frame.subarray(0, 4), coded])
  const body = Buffer.concat([header, Buffer.of(crc(header, 8, 0x07)), frame.subarray(6, -2)])
  const check = Buffer.alloc(2)
  check.writeUInt16BE(crc(body, 16, 0x8005))
  return Buffer.concat([body, check])
}

/** Codes a number from 128 on like UTF-8. */
function encodeNumber(number: number): Buffer {
  let length = 2
  while (number >= 2 ** (5 * length + 1)) length++
  const bytes = Array.from({ length }, (_, index) => Math.floor(number / 64 ** (length - 1 - index)))
  return Buffer.from(
    bytes.map((bits, index) => (index === 0 ? (0xff00 >> length) | bits : 0x80 | (bits & 0x3f))),
  )
}

function crc(bytes: Uint8Array, width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1)
  let value = 0
  for (const byte of bytes) {
    value ^= byte << (width - 8)
    for (let bit = 0; bit < 8; bit++) value = ((value << 1) ^ (value & top ? polynomial : 0)) & (2 * top - 1)
  }
  return value
}

const seconds = 10
const ten = sound(seconds)
const total = Math.round((seconds * sampleRate) / samplesPerFrame) * samplesPerFrame
const comments: Block = { type: 4, body: encodeComments(tags) }
const picture: Block = { type: 6, body: pictureBlock('image/png', 8, 8, red) }
const padding = (length: number): Block => ({ type: 1, body: new Uint8Array(length) })

function flac(
  blocks: readonly Block[],
  audio: Uint8Array = ten,
  front: Uint8Array = Buffer.alloc(0),
): Buffer {
  return Buffer.concat([front, mark, encodeBlocks(blocks), audio])
}

const id3 = encodeId3Tag({ title: 'Not this', artist: 'Nor this' })
const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])
const text = (name: string): Uint8Array => Buffer.from(name)

function apeTag(items: Readonly<Record<string, string>>): Buffer {
  const body = Buffer.concat(
    Object.entries(items).map(([key, value]) => {
      const head = Buffer.alloc(8)
      head.writeUInt32LE(Buffer.byteLength(value))
      return Buffer.concat([head, Buffer.from(`${key}\0${value}`)])
    }),
  )
  const footer = Buffer.alloc(32)
  footer.write('APETAGEX')
  footer.writeUInt32LE(2000, 8)
  footer.writeUInt32LE(body.length + 32, 12)
  footer.writeUInt32LE(Object.keys(items).length, 16)
  return Buffer.concat([body, footer])
}

describe('a FLAC file', () => {
  test.each<[string, Buffer]>([
    ['is as programs write it', flac([withTotal(total), comments, picture, padding(1000)])],
    ['has no total', flac([withTotal(0), comments, picture])],
    ['has much padding', flac([withTotal(total), padding(2 ** 24 - 1), comments, picture])],
    [
      'has padding in several blocks',
      flac([withTotal(total), ...Array(50).fill(padding(10)), comments, picture]),
    ],
    ['has an ID3 tag in front', flac([withTotal(total), comments, picture], ten, id3)],
    [
      'has two ID3 tags in front',
      flac([withTotal(total), comments, picture], ten, Buffer.concat([id3, id3])),
    ],
    ['has an ID3v1 tag behind', flac([withTotal(total), comments, picture], Buffer.concat([ten, id3v1]))],
    [
      'has an ID3v1 tag behind and no total',
      flac([withTotal(0), comments, picture], Buffer.concat([ten, id3v1])),
    ],
    [
      'has zeros behind and no total',
      flac([withTotal(0), comments, picture], Buffer.concat([ten, Buffer.alloc(500_000)])),
    ],
    ['is cut out of a stream', flac([withTotal(0), comments, picture], sound(seconds, 5000))],
    ['has unknown blocks', flac([withTotal(total), { type: 2, body: text('test data') }, comments, picture])],
    [
      'has its comments in several blocks',
      flac([withTotal(total), { type: 4, body: encodeComments([]) }, comments, picture]),
    ],
    [
      'has fields in several blocks',
      flac([
        withTotal(total),
        { type: 4, body: encodeComments(['TITLE=A song']) },
        { type: 4, body: encodeComments(['TITLE=Another', 'ARTIST=First', 'ARTIST=Second']) },
        picture,
      ]),
    ],
    [
      'has its picture in a comment',
      flac([
        withTotal(total),
        {
          type: 4,
          body: encodeComments([
            ...tags,
            `METADATA_BLOCK_PICTURE=${Buffer.from(picture.body).toString('base64')}`,
          ]),
        },
      ]),
    ],
  ])('that %s is read', async (_, content) => {
    const track = await readTagsOf(content)
    expect(track).toMatchObject({
      title: 'A song',
      artists: ['First', 'Second'],
      codec: 'FLAC',
      isPlayable: true,
      hasCover: true,
      warnings: [],
    })
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  test.each<[string, Buffer]>([
    ['in front', flac([withTotal(total)], ten, id3)],
    [
      'behind',
      flac([withTotal(total)], Buffer.concat([ten, apeTag({ Title: 'Not this', Artist: 'Nor this' })])),
    ],
  ])('without comments has the tags %s', async (_, content) => {
    const track = await readTagsOf(content)
    expect(track).toMatchObject({ title: 'Not this', artists: ['Nor this'], codec: 'FLAC' })
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  const broken = 'The tags are damaged: some of them may be missing.'
  test.each<[string, Buffer]>([
    ['a size of the comments that is too small', flac([withTotal(total), { ...comments, size: 9 }, picture])],
    [
      'a size of the comments that is too large',
      flac([withTotal(total), { ...comments, size: 5_000_000 }, picture]),
    ],
    [
      'a size of the last block that is too large',
      flac([withTotal(total), picture, { ...comments, size: 5_000_000 }]),
    ],
    [
      'a size of the picture that is too small',
      flac([withTotal(total), comments, { ...picture, size: 20 }, padding(100)]),
    ],
    [
      'a size of the picture that is too large',
      flac([withTotal(total), comments, { ...picture, size: 4_000_000 }, padding(100)]),
    ],
  ])('with %s is read, with a warning', async (_, content) => {
    const track = await readTagsOf(content)
    expect(track).toMatchObject({
      title: 'A song',
      artists: ['First', 'Second'],
      hasCover: true,
      warnings: [broken],
    })
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  test.each<[string, Uint8Array]>([
    ['its last entry', encodeComments(tags).subarray(0, -3)],
    [
      'its number of entries',
      Buffer.concat([
        encodeComments([]).subarray(0, -4),
        Buffer.alloc(4, 0xff),
        encodeComments(tags).subarray(9 + 4),
      ]),
    ],
    ['its first length', Buffer.alloc(40, 0xff)],
  ])('whose comments are broken in %s is listed with a warning', async (_, body) => {
    const track = await readTagsOf(flac([withTotal(total), { type: 4, body }, padding(40)]))
    expect(track.warnings).toEqual([broken])
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  test.each([0.9, 0.5, 0.1])('that is cut at %d is listed with a warning', async (fraction) => {
    const audio = ten.subarray(0, Math.floor(ten.length * fraction))
    const track = await readTagsOf(flac([withTotal(total), comments], audio))
    expect(track.warnings).toEqual(['The end of the file is missing: copy or download it again.'])
    expect(Math.abs((track.duration ?? 0) - seconds * fraction)).toBeLessThan(0.3)
  })

  test('whose total is too small has the duration of its frames', async () => {
    const track = await readTagsOf(flac([withTotal(samplesPerFrame), comments]))
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  test.each([3, 30])('with another file of %d s behind it has its own duration', async (more) => {
    const second = flac([withTotal(0), comments], sound(more))
    const track = await readTagsOf(Buffer.concat([flac([withTotal(total), comments]), second]))
    expect(track.duration).toBeCloseTo(seconds, 0)
  })

  test('of one frame is read', async () => {
    const track = await readTagsOf(flac([withTotal(0), comments], frames[0]))
    expect(track.duration).toBeCloseTo(samplesPerFrame / sampleRate, 2)
  })

  test.each<[string, Buffer]>([
    ['no frame', flac([withTotal(total), comments], Buffer.alloc(0))],
    ['zeros instead of frames', flac([withTotal(total), comments], Buffer.alloc(100_000))],
  ])('with %s is refused', async (_, content) => {
    expect(await readContent(content)).toHaveProperty('reason')
  })
})

describe('comments', () => {
  const read = async (...lines: (string | Uint8Array)[]) =>
    await readTagsOf(flac([withTotal(total), { type: 4, body: encodeComments(lines) }]))
  /** Windows-1251 has the letters from А to я in the order of Unicode. */
  const cyrillic = (name: string, text: string): Buffer =>
    Buffer.concat([
      Buffer.from(name),
      Buffer.from(
        [...text].map((letter) => (letter === ' ' ? 32 : (letter.codePointAt(0) ?? 0) - 0x410 + 0xc0)),
      ),
    ])
  const shiftJis = Buffer.concat([Buffer.from('TITLE='), Buffer.from('938c8b9e8e9695cf82cc89cc', 'hex')])
  const latin = (line: string): Buffer => Buffer.from(line, 'latin1')

  test.each<[string, (string | Uint8Array)[], object]>([
    ['in lower case', ['title=A song', 'artist=First'], { title: 'A song', artists: ['First'] }],
    ['with the same value twice', ['ARTIST=A', 'ARTIST=B', 'ARTIST=A'], { artists: ['A', 'B'] }],
    ['with a slash', ['ARTIST=AC/DC', 'GENRE=Pop/Rock'], { artists: ['AC/DC'], genres: ['Pop/Rock'] }],
    ['with a semicolon', ['ARTIST=Me; You'], { artists: ['Me; You'] }],
    ['with an equals sign', ['TITLE=E=mc²'], { title: 'E=mc²' }],
    [
      'with empty values',
      ['TITLE=', 'ARTIST= ', 'ALBUM=An album', 'TITLE=A song'],
      { title: 'A song', artists: [] },
    ],
    ['without an equals sign', ['nonsense', '=nameless', 'TITLE=A song'], { title: 'A song' }],
    ['with several genres', ['GENRE=Rock', 'GENRE=Pop'], { genres: ['Rock', 'Pop'] }],
    ['with several composers', ['COMPOSER=A', 'COMPOSER=B'], { composers: ['A', 'B'] }],
    ['with several album artists', ['ALBUMARTIST=A', 'ALBUMARTIST=B'], { albumArtists: ['A', 'B'] }],
    ['ALBUM ARTIST', ['ALBUM ARTIST=A'], { albumArtists: ['A'] }],
    ['ALBUM_ARTIST', ['album_artist=A'], { albumArtists: ['A'] }],
    ['Album-Artist', ['Album-Artist=A'], { albumArtists: ['A'] }],
    ['ALBUMARTIST and ALBUM ARTIST', ['ALBUM ARTIST=A', 'ALBUMARTIST=A'], { albumArtists: ['A'] }],
    ['ARTISTS beside ARTIST', ['ARTIST=A feat. B', 'ARTISTS=A', 'ARTISTS=B'], { artists: ['A feat. B'] }],
    ['ARTISTS alone', ['ARTISTS=A', 'ARTISTS=B'], { artists: ['A', 'B'] }],
    ['TRACK', ['TRACK=7'], { number: 7 }],
    ['TRACKNUMBER with a total', ['TRACKNUMBER=07/12'], { number: 7 }],
    ['TRACKNUMBER beside totals', ['TRACKTOTAL=12', 'TOTALTRACKS=12', 'TRACKNUMBER=7'], { number: 7 }],
    ['a side of a record', ['TRACKNUMBER=B2'], { side: 'B', number: 2 }],
    ['DISC', ['DISC=2'], { disc: 2 }],
    ['DISCNUMBER with a total', ['DISCNUMBER=2/3'], { disc: 2 }],
    ['DISKNUMBER', ['DISKNUMBER=2'], { disc: 2 }],
    ['YEAR', ['YEAR=2004'], { date: '2004' }],
    ['YEAR beside an unknown DATE', ['DATE=0000', 'YEAR=2004'], { date: '2004' }],
    ['DATE before ORIGINALDATE', ['ORIGINALDATE=1977', 'DATE=2011'], { date: '2011' }],
    ['ORIGINALDATE alone', ['ORIGINALDATE=1977'], { date: '1977' }],
    ['RELEASE DATE', ['RELEASE DATE=2004'], { date: '2004' }],
    ['Latin-1', [latin('TITLE=Käse'), latin('ARTIST=Björk')], { title: 'Käse', artists: ['Björk'] }],
    [
      'Cyrillic of Windows',
      [cyrillic('TITLE=', 'Владимирский централ'), cyrillic('ARTIST=', 'Михаил Круг')],
      { title: 'Владимирский централ', artists: ['Михаил Круг'] },
    ],
    ['Shift-JIS', [shiftJis], { title: '東京事変の歌' }],
    ['UTF-8 beside Latin-1', [latin('TITLE=Käse'), 'ARTIST=Björk'], { title: 'Käse', artists: ['Björk'] }],
    ['a byte order mark', ['TITLE=\uFEFFA song'], { title: 'A song' }],
    ['a null byte at the end', ['TITLE=A song\0', 'ARTIST=A\0'], { title: 'A song', artists: ['A'] }],
    [
      'a very long text',
      [`TITLE=${'ä'.repeat(200_000)}`, 'ARTIST=A'],
      { title: 'ä'.repeat(1000), artists: ['A'] },
    ],
    ['a very long name', [`${'N'.repeat(100_000)}=x`, 'TITLE=A song'], { title: 'A song' }],
    [
      'thousands of values',
      [...Array.from({ length: 9000 }, (_, i) => `ARTIST=${i}`), 'TITLE=A song'],
      { title: 'A song' },
    ],
  ])('%s are read', async (_, lines, expected) => {
    expect(await read(...lines)).toMatchObject({ ...expected, warnings: [] })
  })

  test('are limited in number, with a warning', async () => {
    const entries = Array.from({ length: 100_000 }, () => 'X=')
    const track = await read('TITLE=A song', ...entries)
    expect(track).toMatchObject({ title: 'A song', warnings: [expect.stringContaining('tags are damaged')] })
  })
})

describe('pictures', () => {
  const blue = encodePng(4, 4, new Uint8Array(4 * 4 * 3).fill(20))
  const block = (type: number, image: Uint8Array): Block => {
    const body = pictureBlock('image/png', 8, 8, image)
    body.writeUInt32BE(type)
    return { type: 6, body }
  }
  const cover = async (...blocks: Block[]) => {
    const result = await readContent(flac([withTotal(total), comments, ...blocks]))
    return 'reason' in result ? undefined : result.cover?.key
  }

  test('a front cover comes before others', async () => {
    const front = await cover(block(3, red))
    expect(front).toBeDefined()
    expect(await cover(block(4, blue), block(3, red), block(0, blue))).toBe(front)
    expect(await cover(block(4, red), block(5, blue))).toBe(front)
  })

  test('that are addresses or that cannot be shown are passed over', async () => {
    const address: Block = { type: 6, body: pictureBlock('-->', 0, 0, text('https://example.org/a.png')) }
    const front = await cover(block(3, red))
    expect(await cover(address)).toBeUndefined()
    expect(
      await cover(address, { type: 6, body: text('short') }, block(3, text('<svg/>')), block(0, red)),
    ).toBe(front)
  })
})
