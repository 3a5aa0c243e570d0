import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../../../electron/library/tracks/read-track.ts'
import { fixturesFolder } from '../../../../fixtures/fixture-files.ts'
import {
  box,
  data,
  extension,
  fileType,
  fragment,
  freeForm,
  itemList,
  longBox,
  mediaData,
  movie,
  mp4aEntry,
  openBox,
  plainItemList,
  segmentIndex,
  soundEntry,
  track,
  uint32,
} from '../../../../fixtures/mp4-file.ts'
import { scratchFolder } from '../../../scratch.ts'
import { threadCpuTime } from '../../../thread-cpu-time.ts'

const read = makeTrackReader()

async function readParts(...parts: readonly Buffer[]) {
  const file = join(scratchFolder(), 'file.m4a')
  writeFileSync(file, Buffer.concat(parts))
  const result = await read(file, undefined)
  if ('reason' in result) throw new Error(result.reason)
  return result
}

const readItems = async (...items: readonly Buffer[]) =>
  (await readParts(fileType(), movie(track(), itemList(...items)), mediaData())).tags

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
const png = readFileSync(join(fixturesFolder, 'covered', 'cover.jpg'))

describe('the tags of an MP4 file', () => {
  test.each<[string, readonly Buffer[], object]>([
    [
      'several values of an atom',
      [box('©ART', data('Julie'), data('Zoltan'))],
      { artists: ['Julie', 'Zoltan'] },
    ],
    [
      'several atoms',
      [box('©ART', data('Julie')), box('©ART', data('Zoltan'))],
      { artists: ['Julie', 'Zoltan'] },
    ],
    ['values with NUL between them', [box('©ART', data('Julie\0Zoltan'))], { artists: ['Julie', 'Zoltan'] }],
    ['a name with a slash', [box('©ART', data('AC/DC'))], { artists: ['AC/DC'] }],
    ['several album artists', [box('aART', data('A'), data('B'))], { albumArtists: ['A', 'B'] }],
    ['free-form artists', [freeForm('ARTISTS', 'Julie', 'Zoltan')], { artists: ['Julie', 'Zoltan'] }],
    [
      'the artist as written before the list',
      [freeForm('ARTISTS', 'A', 'B'), box('©ART', data('A & B'))],
      { artists: ['A & B'] },
    ],
    [
      'free-form names in any spelling',
      [freeForm('Album_Artist', 'A'), freeForm('original date', '1977-03')],
      { albumArtists: ['A'] },
    ],
    ['UTF-16', [box('©nam', data(utf16('Jóga 東京'), 2))], { title: 'Jóga 東京' }],
    [
      'UTF-16 with a byte order mark',
      [box('©nam', data(Buffer.from('\ufeffJóga', 'utf16le'), 2))],
      { title: 'Jóga' },
    ],
    ['text of type 0', [box('©nam', data('Élise', 0))], { title: 'Élise' }],
    ['Latin-1 instead of UTF-8', [box('©nam', data(Buffer.from('Käse', 'latin1')))], { title: 'Käse' }],
    [
      'number and disc',
      [
        box('trkn', data(Buffer.from([0, 0, 0, 3, 0, 12, 0, 0]), 0)),
        box('disk', data(Buffer.from([0, 0, 0, 2, 0, 2]), 0)),
      ],
      { number: 3, disc: 2 },
    ],
    ['a number as text', [box('trkn', data('4/12'))], { number: 4 }],
    ['no number', [box('trkn', data(Buffer.alloc(8), 0))], { number: undefined }],
    ['a numbered genre', [box('gnre', data(Buffer.from([0, 18]), 0))], { genres: ['Rock'] }],
    ['genres', [box('©gen', data('Jazz'), data('Blues'))], { genres: ['Jazz', 'Blues'] }],
    ['a date', [box('©day', data('2004-05-06T07:00:00Z'))], { date: expect.stringMatching(/^2004/) }],
    ['a composer', [box('©wrt', data('Bach'))], { composers: ['Bach'] }],
    [
      'an atom that is cut',
      [box('©nam', data('Title')), Buffer.from([0, 0, 0, 0xff, 0xa9])],
      { title: 'Title' },
    ],
    ['an atom without data', [box('©nam'), box('©ART', data('A'))], { title: 'file', artists: ['A'] }],
    ['an item of size 4', [box('©nam', data('Title')), uint32(4, 4, 4)], { title: 'Title' }],
  ])('are read from %s', async (_, items, expected) => {
    expect(await readItems(...items)).toMatchObject(expected)
  })

  const title = box('©nam', data('Title'))
  test.each<[string, Buffer]>([
    ['a meta box without version', plainItemList(title)],
    ['QuickTime texts', box('udta', box('©nam', Buffer.from([0, 5, 0, 0]), 'Title'))],
    ['3GPP boxes', box('udta', box('titl', uint32(0), Buffer.from([0x15, 0xc7]), 'Title\0'))],
    ['meta in the movie', box('meta', uint32(0), box('hdlr', Buffer.alloc(25)), box('ilst', title))],
    [
      'QuickTime keys',
      box(
        'meta',
        box('hdlr', uint32(0, 0), 'mdta', Buffer.alloc(12)),
        box('keys', uint32(0, 1), box('mdta', 'com.apple.quicktime.title')),
        box('ilst', box('\0\0\0\x01', data('Title'))),
      ),
    ],
  ])('are read from %s', async (_, tags) => {
    expect((await readParts(fileType(), movie(track(), tags), mediaData())).tags.title).toBe('Title')
  })

  test('are read from the track, and from the file', async () => {
    const inTrack = movie(track({ userData: itemList(title) }))
    expect((await readParts(fileType(), inTrack, mediaData())).tags.title).toBe('Title')
    const meta = box('meta', uint32(0), box('hdlr', Buffer.alloc(25)), box('ilst', title))
    expect((await readParts(fileType(), meta, movie(track()), mediaData())).tags.title).toBe('Title')
  })

  test('contain the first picture that can be shown', async () => {
    const items = itemList(box('covr', data('no picture', 13), data(png, 14)))
    const { cover } = await readParts(fileType(), movie(track(), items), mediaData())
    expect(cover).toMatchObject({ location: 'embedded' })
  })
})

describe('the duration of an MP4 file', () => {
  const index = segmentIndex([[fragment({ count: 20 }).length, 4000]])
  test.each<[string, readonly Buffer[], number]>([
    ['its samples', [movie(track()), mediaData()], 10],
    ['its samples, if the header is wrong', [movie(track({ stated: 999_000 })), mediaData()], 10],
    ['its header, without a table', [movie(track({ samples: [0, 0], stated: 7000 })), mediaData()], 7],
    ['moov at the end', [mediaData(), movie(track())], 10],
    ['a box of 64 bits', [longBox('mdat', Buffer.alloc(100)), movie(track())], 10],
    ['offsets of 64 bits', [movie(track({ longOffsets: true })), mediaData()], 10],
    ['a last box without a size', [movie(track()), openBox('mdat', Buffer.alloc(100))], 10],
    ['an edit', [movie(track({ edits: [[9500, 300]] })), mediaData()], 9.5],
    ['an edit without an end', [movie(track({ edits: [[0, 1000]] })), mediaData()], 9],
    ['an edit beyond the samples', [movie(track({ edits: [[60_000, 0]] })), mediaData()], 10],
    [
      'fragments with defaults of the movie',
      [movie(track({ samples: [0, 0] }), extension(100)), fragment({ count: 50 }), fragment({ count: 50 })],
      10,
    ],
    [
      'fragments with defaults of their own',
      [movie(track({ samples: [0, 0] }), extension(0)), fragment({ count: 50, headerDuration: 200 })],
      10,
    ],
    [
      'fragments with a duration for each sample',
      [movie(track({ samples: [0, 0] }), extension(0, 3)), fragment({ count: 50, runDuration: 200 })],
      10,
    ],
    [
      'fragments of another track, too',
      [
        movie(track({ samples: [0, 0] }), extension(100)),
        fragment({ count: 50 }),
        fragment({ id: 2, count: 50 }),
      ],
      5,
    ],
    [
      'samples before the fragments',
      [movie(track({ samples: [2, 1000] }), extension(100)), fragment({ count: 50 })],
      7,
    ],
    [
      'an index of the whole file',
      [movie(track({ samples: [0, 0] }), extension(100)), index, fragment({ count: 20 })],
      4,
    ],
    [
      'fragments if the index is not of the whole file',
      [
        movie(track({ samples: [0, 0] }), extension(100)),
        index,
        fragment({ count: 20 }),
        fragment({ count: 20 }),
      ],
      4,
    ],
    [
      'the movie, if nothing else has it',
      [movie(track({ samples: [0, 0] }), extension(0, 8000)), mediaData()],
      8,
    ],
  ])('is read from %s', async (_, parts, seconds) => {
    expect((await readParts(fileType(), ...parts)).tags.duration).toBeCloseTo(seconds, 3)
  })

  test('is that of the sound, not of the video or a text', async () => {
    const others = [
      track({ id: 1, handler: 'vide', samples: [99, 1000] }),
      track({ id: 2, handler: 'text', entry: soundEntry('tx3g'), samples: [99, 1000] }),
    ]
    const { tags } = await readParts(fileType('isom'), movie(...others, track({ id: 3 })), mediaData())
    expect(tags.duration).toBe(10)
  })

  test('of a truncated file is what remains, with a warning', async () => {
    const head = Buffer.concat([fileType(), movie(track({ chunks: [0, 0, 0, 0, 0] }))])
    const chunks = [0, 1, 2, 3, 4].map((index) => head.length + 8 + index * 400)
    const whole = Buffer.concat([fileType(), movie(track({ chunks })), mediaData(2000)])
    const { tags } = await readParts(whole.subarray(0, chunks[3]))
    expect(tags.duration).toBe(6)
    expect(tags.warnings).toEqual([expect.stringContaining('The end of the file is missing')])
    expect(tags.isPlayable).toBe(true)
  })
})

describe('the codec of an MP4 file', () => {
  const protectedEntry = soundEntry('drms', box('sinf', box('frma', 'mp4a')))
  test.each<[string, Buffer, string, boolean]>([
    ['mp4a', mp4aEntry(), 'AAC', true],
    ['mp4a of MPEG-2', mp4aEntry(0x67), 'AAC', true],
    ['mp4a with MP3', mp4aEntry(0x6b), 'MP3', true],
    ['mp4a with Vorbis', mp4aEntry(0xdd), 'Vorbis', true],
    ['mp4a with AC-3', mp4aEntry(0xa5), 'AC-3', false],
    ['mp4a without a descriptor', soundEntry('mp4a'), 'AAC', true],
    ['Opus', soundEntry('Opus', box('dOps', Buffer.alloc(11))), 'Opus', true],
    ['fLaC', soundEntry('fLaC', box('dfLa', Buffer.alloc(42))), 'FLAC', true],
    ['.mp3', soundEntry('.mp3'), 'MP3', true],
    ['alac', soundEntry('alac', box('alac', Buffer.alloc(28))), 'ALAC', true],
    ['ac-3', soundEntry('ac-3', box('dac3', Buffer.alloc(3))), 'AC-3', false],
    ['ec-3', soundEntry('ec-3', box('dec3', Buffer.alloc(5))), 'E-AC-3', false],
    ['dtsc', soundEntry('dtsc'), 'DTS', false],
    ['sowt', soundEntry('sowt'), 'PCM', true],
    ['big-endian floats', soundEntry('fl32'), 'PCM', false],
    ['a protected song', protectedEntry, 'AAC', false],
    ['one that is not known', soundEntry('zzzz'), 'zzzz', true],
  ])('%s has its name and is marked as playable or not', async (_, entry, codec, isPlayable) => {
    const { tags } = await readParts(fileType(), movie(track({ entry })), mediaData())
    expect(tags).toMatchObject({ codec, isPlayable })
    expect(tags.warnings).toHaveLength(isPlayable ? 0 : 1)
  })

  test('that can be decoded is preferred', async () => {
    const tracks = [track({ id: 1, entry: soundEntry('ac-3') }), track({ id: 2 })]
    expect((await readParts(fileType(), movie(...tracks), mediaData())).tags).toMatchObject({
      codec: 'AAC',
      isPlayable: true,
    })
  })
})

describe('an MP4 file is recognized', () => {
  test.each<[string, readonly Buffer[]]>([
    ['without ftyp', [movie(track()), mediaData()]],
    ['with the samples first', [mediaData(), movie(track())]],
    ['with QuickTime’s wide first', [box('wide'), mediaData(), movie(track())]],
    ['with an unknown box first', [box('abcd', uint32(1)), movie(track()), mediaData()]],
  ])('%s', async (_, parts) => {
    expect((await readParts(...parts)).tags.duration).toBe(10)
  })

  test.each(['', 'SOUN', 'mhlr', 'text'])('with sound whose handler is “%s”', async (handler) => {
    const parts = [fileType('qt  '), movie(track({ handler })), mediaData()]
    expect((await readParts(...parts)).tags).toMatchObject({ codec: 'AAC', duration: 10, warnings: [] })
  })

  test.each(['text', 'meta'])('without the entry of a sound a track of %s is none', async (handler) => {
    const other = track({ handler, entry: soundEntry('tx3g') })
    await expect(readParts(fileType(), movie(other), mediaData())).rejects.toThrow(/^The file /)
  })

  test.each<[string, string, number]>([
    ['minf', 'a size that is too small', 8],
    ['mdhd', 'a size that exceeds the next box', 0x100],
    ['tkhd', 'a size that exceeds the track', 0xff00_0054],
    ['tkhd', 'a size that ends in the next box', 0x60],
  ])('where %s has %s, with a warning', async (type, _, size) => {
    const whole = Buffer.concat([fileType(), movie(track({ stated: 10_000 })), mediaData()])
    whole.writeUInt32BE(size, whole.indexOf(type) - 4)
    const { tags } = await readParts(whole)
    expect(tags).toMatchObject({ codec: 'AAC' })
    expect(tags.warnings).toEqual([expect.stringContaining('A part of the file is damaged')])
  })

  test('without sound it is refused', async () => {
    const parts = [fileType(), movie(track({ handler: 'vide' })), mediaData()]
    await expect(readParts(...parts)).rejects.toThrow(/^The file /)
  })

  test('as audio book, by its content', async () => {
    const file = join(scratchFolder(), 'book.m4b')
    copyFileSync(join(fixturesFolder, 'tones', 'tone.m4a'), file)
    expect(await read(file, undefined)).toMatchObject({
      tags: { codec: 'AAC', duration: expect.closeTo(1, 1) },
    })
  })
})

describe('a file that is made to cost time', () => {
  test.each<[string, readonly Buffer[]]>([
    [
      'a million empty boxes',
      [fileType(), movie(track()), Buffer.concat(Array(1_000_000).fill(box('free')))],
    ],
    [
      'a million items',
      [fileType(), movie(track(), itemList(Buffer.concat(Array(500_000).fill(box('©ART', data('a'))))))],
    ],
    [
      'a table that claims billions of entries',
      [
        fileType(),
        movie(
          track(),
          box('trak', box('mdia', box('minf', box('stbl', box('stts', uint32(0, 0xffff_ffff)))))),
        ),
      ],
    ],
  ])('%s is read in less than three seconds of a processor', async (_, parts) => {
    const begin = threadCpuTime()
    await readParts(...parts)
    expect(threadCpuTime() - begin).toBeLessThan(3000)
  })
})
