import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../../../electron/library/tracks/read-track.ts'
import { fixturesFolder } from '../../../../fixtures/fixture-files.ts'
import {
  attachment,
  attachments,
  blockGroup,
  cluster,
  cues,
  ebmlHeader,
  element,
  info,
  openCluster,
  openSegment,
  seekHead,
  segment,
  simpleBlock,
  simpleTag,
  tag,
  tags,
  trackEntry,
  tracks,
} from '../../../../fixtures/matroska-file.ts'
import { scratchFolder } from '../../../scratch.ts'
import { threadCpuTime } from '../../../thread-cpu-time.ts'

const read = makeTrackReader()

async function readFileOf(...parts: readonly Buffer[]) {
  const file = join(scratchFolder(), 'file.mka')
  writeFileSync(file, Buffer.concat(parts))
  const result = await read(file, undefined)
  if ('reason' in result) throw new Error(result.reason)
  return result
}

const readSegment = (...parts: readonly Buffer[]) => readFileOf(ebmlHeader(), segment(...parts))

const sound = tracks(trackEntry({ frameMilliseconds: 20 }))
const song = cluster(0, simpleBlock(0), simpleBlock(20))

describe('the tags of a Matroska file', () => {
  const picard = [
    tag({ level: 50 }, [
      ['TITLE', 'Album'],
      ['ARTIST', 'Ensemble'],
      ['DATE_RELEASED', '2004-05-06'],
      ['PART_NUMBER', '2'],
    ]),
    tag({ level: 30 }, [
      ['TITLE', 'Song'],
      ['ARTIST', 'Julie'],
      ['ARTIST', 'Zoltan'],
      ['PART_NUMBER', '3'],
      ['GENRE', 'Jazz'],
      ['COMPOSER', 'Bach'],
    ]),
  ]
  test.each<[string, readonly Buffer[], object]>([
    [
      'levels',
      [tags(...picard)],
      {
        title: 'Song',
        artists: ['Julie', 'Zoltan'],
        album: 'Album',
        albumArtists: ['Ensemble'],
        date: expect.stringMatching(/^2004/),
        number: 3,
        disc: 2,
        genres: ['Jazz'],
        composers: ['Bach'],
      },
    ],
    [
      'no levels',
      [
        info({ title: 'Song' }),
        tags(
          tag(undefined, [
            ['ARTIST', 'Julie'],
            ['ALBUM', 'Album'],
            ['album_artist', 'Ensemble'],
            ['DATE', '2004'],
            ['TRACK', '3/12'],
            ['disc', '2/2'],
          ]),
        ),
      ],
      {
        title: 'Song',
        artists: ['Julie'],
        album: 'Album',
        albumArtists: ['Ensemble'],
        date: '2004',
        number: 3,
        disc: 2,
      },
    ],
    [
      'empty targets',
      [
        tags(
          tag({}, [
            ['TITLE', 'Song'],
            ['PART_NUMBER', '3'],
          ]),
        ),
      ],
      { title: 'Song', album: undefined, number: 3 },
    ],
    [
      'a title of the album only',
      [
        info({ title: 'Song' }),
        tags(
          tag({ level: 50 }, [
            ['TITLE', 'Album'],
            ['ARTIST', 'Julie'],
          ]),
        ),
      ],
      { title: 'Song', album: 'Album', artists: ['Julie'] },
    ],
    [
      'the album without a level and the song with one',
      [tags(tag({}, [['TITLE', 'Album']]), tag({ level: 30 }, [['TITLE', 'Song']]))],
      { title: 'Song', album: 'Album' },
    ],
    [
      'the disc of level 40',
      [tags(tag({ level: 40 }, [['PART_NUMBER', '2']]), tag({ level: 30 }, [['PART_NUMBER', '5']]))],
      { disc: 2, number: 5 },
    ],
    ['the track', [tags(tag({ trackUid: 77 }, [['TITLE', 'Song']]))], { title: 'Song' }],
    ['the information only', [info({ title: 'Song' })], { title: 'Song' }],
    [
      'lower case',
      [
        tags(
          tag({ level: 30 }, [
            ['title', 'Song'],
            ['Artist', 'Julie'],
          ]),
        ),
      ],
      { title: 'Song', artists: ['Julie'] },
    ],
  ])('are read from %s', async (_, parts, expected) => {
    expect((await readSegment(...parts, sound, song)).tags).toMatchObject(expected)
  })

  test.each<[string, Buffer]>([
    ['a chapter', tag({ level: 30, chapterUid: 5 }, [['TITLE', 'Chapter']])],
    ['another track', tag({ trackUid: 78 }, [['TITLE', 'Comment']])],
    [
      'an original',
      element(
        '7373',
        element('67c8', element('45a3', 'ORIGINAL'), element('4487', 'x'), simpleTag('TITLE', 'Old')),
      ),
    ],
  ])('are not those of %s', async (_, other) => {
    const { tags: found } = await readSegment(tags(other, tag({}, [['TITLE', 'Song']])), sound, song)
    expect(found.title).toBe('Song')
  })

  test('are found behind the clusters, with and without a seek head', async () => {
    const last = tags(tag({ level: 30 }, [['TITLE', 'Song']]))
    const head = seekHead(['1254c367', 0])
    const position = head.length + sound.length + song.length
    const files = [
      [seekHead(['1254c367', position]), sound, song, last],
      [sound, song, last],
      // A seek head that is wrong.
      [seekHead(['1254c367', 9]), sound, song, last],
    ]
    for (const parts of files) expect((await readSegment(...parts)).tags.title).toBe('Song')
    const stream = [ebmlHeader('webm'), openSegment(sound, openCluster(0, simpleBlock(0)), last)]
    expect((await readFileOf(...stream)).tags.title).toBe('Song')
  })

  test('are found by a seek head behind the clusters that another one names', async () => {
    const last = tags(tag({ level: 30 }, [['TITLE', 'Song']]))
    const first = seekHead(['114d9b74', 0])
    const second = first.length + sound.length + song.length
    const behind = seekHead(['1254c367', 0])
    const parts = [
      seekHead(['114d9b74', second]),
      sound,
      song,
      seekHead(['1254c367', second + behind.length]),
      last,
    ]
    expect((await readSegment(...parts)).tags.title).toBe('Song')
  })

  test('contain the attached cover', async () => {
    const jpeg = readFileSync(join(fixturesFolder, 'covered', 'cover.jpg'))
    const files = attachments(
      attachment('font.ttf', 'application/x-font', jpeg),
      attachment('back.jpg', 'image/jpeg', Buffer.from('no picture')),
      attachment('cover.jpg', 'image/jpeg', jpeg),
    )
    expect((await readSegment(sound, files, song)).cover).toMatchObject({ location: 'embedded' })
  })
})

describe('the duration of a Matroska file', () => {
  const clusters = [
    cluster(0, simpleBlock(0), simpleBlock(20)),
    cluster(5000, simpleBlock(0), simpleBlock(960)),
  ]
  const opus = tracks(trackEntry({ codec: 'A_OPUS' }))
  const bare = tracks(trackEntry())
  const twoFrames = Buffer.from([0xfd, 0, 0, 0])
  test.each<[string, readonly Buffer[], number]>([
    ['the information', [segment(info({ duration: 10_000 }), sound, song)], 10],
    ['the last block', [segment(info({}), sound, ...clusters)], 5.98],
    ['the last block, if 0 is stated', [segment(info({ duration: 0 }), sound, ...clusters)], 5.98],
    [
      'the distance of the last blocks',
      [segment(bare, cluster(0, simpleBlock(0), simpleBlock(30), simpleBlock(60)))],
      0.09,
    ],
    ['the duration of a block', [segment(bare, cluster(1000, blockGroup(100, 70)))], 1.17],
    ['an Opus packet', [segment(opus, cluster(1000, simpleBlock(100, 1, twoFrames)))], 1.14],
    [
      'a cluster of unknown size',
      [openSegment(sound, openCluster(0, simpleBlock(0)), openCluster(2000, simpleBlock(80)))],
      2.1,
    ],
    [
      'a cluster before one of another track',
      [segment(sound, cluster(1000, simpleBlock(80)), cluster(9000, simpleBlock(0, 2)))],
      1.1,
    ],
  ])('is read from %s', async (_, parts, seconds) => {
    expect((await readFileOf(ebmlHeader(), ...parts)).tags.duration).toBeCloseTo(seconds, 3)
  })

  test.each<[string, readonly number[], number]>([
    ['one frame of SILK with 60 ms', [11 << 3, 0], 60],
    ['two frames of SILK with 10 ms', [(0 << 3) | 1, 0], 20],
    ['two frames of hybrid coding with 10 ms, of different sizes', [(12 << 3) | 2, 0], 20],
    ['one frame of hybrid coding with 20 ms', [15 << 3, 0], 20],
    ['one frame of CELT with 2.5 ms', [16 << 3, 0], 2.5],
    ['five frames of CELT with 5 ms', [(17 << 3) | 3, 5], 25],
    ['three padded frames of CELT with 20 ms', [(19 << 3) | 3, 0x40 | 3], 60],
  ])('is read from an Opus packet of %s', async (_, packet, milliseconds) => {
    const block = simpleBlock(0, 1, Buffer.from([...packet, 0, 0]))
    const { tags: found } = await readSegment(opus, cluster(1000, block))
    expect(found.duration).toBeCloseTo(1 + milliseconds / 1000, 4)
  })

  test('is found by the cues', async () => {
    const head = Buffer.concat([cues(0, 0), sound])
    const index = cues(head.length, head.length + (clusters[0]?.length ?? 0))
    expect((await readSegment(index, sound, ...clusters)).tags.duration).toBeCloseTo(5.98, 3)
    expect((await readSegment(cues(3, 999_999), sound, ...clusters)).tags.duration).toBeCloseTo(5.98, 3)
  })

  test('of a truncated file is what remains, with a warning', async () => {
    const whole = Buffer.concat([ebmlHeader(), segment(info({ duration: 10_000 }), sound, ...clusters)])
    const { tags: found } = await readFileOf(whole.subarray(0, whole.length - (clusters[1]?.length ?? 0) - 1))
    expect(found.duration).toBeCloseTo(0.04, 3)
    expect(found.warnings).toEqual([expect.stringContaining('The end of the file is missing')])
  })
})

describe('the codec of a Matroska file', () => {
  const format = (formatTag: number) => Buffer.from([formatTag & 0xff, formatTag >> 8, ...Array(14).fill(16)])
  test.each<[string, Parameters<typeof trackEntry>[0], string, boolean]>([
    ['A_OPUS', { codec: 'A_OPUS' }, 'Opus', true],
    ['A_VORBIS', { codec: 'A_VORBIS' }, 'Vorbis', true],
    ['A_FLAC', { codec: 'A_FLAC' }, 'FLAC', true],
    ['A_AAC/MPEG4/LC', { codec: 'A_AAC/MPEG4/LC' }, 'AAC', true],
    ['A_MPEG/L3', { codec: 'A_MPEG/L3' }, 'MP3', true],
    ['A_MPEG/L2', { codec: 'A_MPEG/L2' }, 'MP2', false],
    ['A_PCM/INT/LIT', { codec: 'A_PCM/INT/LIT' }, 'PCM', true],
    ['A_AC3', { codec: 'A_AC3' }, 'AC-3', false],
    ['A_EAC3', { codec: 'A_EAC3' }, 'E-AC-3', false],
    ['A_DTS', { codec: 'A_DTS' }, 'DTS', false],
    ['A_ALAC', { codec: 'A_ALAC' }, 'ALAC', false],
    ['A_TRUEHD', { codec: 'A_TRUEHD' }, 'TrueHD', false],
    ['MP3 by its WAVE format', { codec: 'A_MS/ACM', codecPrivate: format(0x55) }, 'MP3', true],
    ['WMA by its WAVE format', { codec: 'A_MS/ACM', codecPrivate: format(0x161) }, 'WMA', false],
    ['an encrypted track', { isEncrypted: true }, 'FLAC', false],
    ['one that is not known', { codec: 'A_NEW' }, 'NEW', true],
  ])('%s has its name and is marked as playable or not', async (_, entry, codec, isPlayable) => {
    const { tags: found } = await readSegment(tracks(trackEntry(entry)), song)
    expect(found).toMatchObject({ codec, isPlayable })
    expect(found.warnings).toHaveLength(isPlayable ? 0 : 1)
  })

  test('is that of the track that can be decoded', async () => {
    const entries = [
      trackEntry({ number: 2, uid: 1, type: 1, codec: 'V_VP9' }),
      trackEntry({ number: 3, uid: 2, codec: 'A_AC3' }),
      trackEntry(),
    ]
    expect((await readSegment(tracks(...entries), song)).tags.codec).toBe('FLAC')
  })

  test('is missing in a file without sound, which is refused', async () => {
    const video = tracks(trackEntry({ type: 1, codec: 'V_VP9' }))
    await expect(readSegment(video, song)).rejects.toThrow(/^The file /)
  })
})

describe('a damaged Matroska file', () => {
  const parts = [
    seekHead(['1549a966', 60], ['1654ae6b', 120]),
    info({ title: 'Song', duration: 10_000 }),
    sound,
    tags(tag({ level: 30 }, [['ARTIST', 'Julie']])),
    song,
  ]
  const whole = Buffer.concat([ebmlHeader(), segment(...parts)])
  /** Changes the size of the element with an ID: its last byte is 12 bytes behind the ID's first. */
  const withSize = (id: string, size: number): Buffer => {
    const copy = Buffer.from(whole)
    copy.writeUInt32BE(size, copy.indexOf(Buffer.from(id, 'hex')) + 8)
    return copy
  }
  test.each<[string, Buffer]>([
    ['whose seek head is too long', withSize('114d9b74', 130)],
    ['whose segment is too short', withSize('18538067', 40)],
    ['whose header is too long', withSize('1a45dfa3', 40)],
    [
      'with bytes inserted',
      Buffer.concat([whole.subarray(0, 70), Buffer.from([0, 1, 2]), whole.subarray(70)]),
    ],
    ['with bytes removed', Buffer.concat([whole.subarray(0, 70), whole.subarray(73)])],
  ])('%s is listed with its tags and a warning', async (_, file) => {
    const { tags: found } = await readFileOf(file)
    expect(found).toMatchObject({ title: 'Song', artists: ['Julie'], codec: 'FLAC' })
    expect(found.warnings).toEqual([expect.stringContaining('A part of the file is damaged')])
    expect(found.duration).toBeCloseTo(10, 3)
  })

  test('of 64 MiB without any element is refused in less than three seconds of a processor', async () => {
    const begin = threadCpuTime()
    const zeros = Buffer.alloc(64 * 1024 * 1024)
    await expect(readFileOf(ebmlHeader(), zeros)).rejects.toThrow(/^The file /)
    expect(threadCpuTime() - begin).toBeLessThan(3000)
  })
})
