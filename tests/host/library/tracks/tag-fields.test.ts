import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import { apeTag, id3Frame, id3Tag, textContent, textFrame } from '../../../fixtures/id3-frames.ts'
import * as matroska from '../../../fixtures/matroska-file.ts'
import * as mp4 from '../../../fixtures/mp4-file.ts'
import { createMpegFrames, createXingFrame } from '../../../fixtures/mpeg-file.ts'
import { encodeComments, splitPackets, writeOggStream } from '../../../fixtures/ogg-file.ts'
import { retagFlac } from '../../../fixtures/retag-flac.ts'
import { readTagsOf } from './read-file.ts'

const fixture = (name: string): Buffer => readFileSync(join(fixturesFolder, name))
const frames = createMpegFrames(100)

const userText = (name: string, value: string, version: 2 | 3 | 4 = 3): Buffer =>
  id3Frame(version === 2 ? 'TXX' : 'TXXX', textContent([name, value], version === 4 ? 'utf8' : 'utf16le'), {
    version,
  })

/** A frame RVA2 for the master channel, in 1/512 dB, with a peak of 16 bits. */
function relativeVolume(name: string, gain: number, peak: number, id = 'RVA2', version: 3 | 4 = 4): Buffer {
  const channel = Buffer.alloc(6)
  channel[0] = 1
  channel.writeInt16BE(gain * 512, 1)
  channel[3] = 16
  channel.writeUInt16BE(peak * 2 ** 15, 4)
  return id3Frame(id, Buffer.concat([Buffer.from(`${name}\0`), channel]), { version })
}

const withFrames = (version: 2 | 3 | 4, ...content: readonly Buffer[]): Buffer =>
  Buffer.concat([id3Tag(content, { version }), frames])

function vorbisComments(...comments: readonly string[]): Buffer {
  const [identification, , setup, ...packets] = splitPackets(fixture('tones/tone.ogg')) as [
    Buffer,
    Buffer,
    Buffer,
    ...Buffer[],
  ]
  const comment = Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), encodeComments(comments), Buffer.of(1)])
  return Buffer.concat(
    writeOggStream({
      serial: 7,
      headers: [identification, comment, setup],
      packets,
      granulesPerPacket: 1000,
    }),
  )
}

function opusComments(...comments: readonly string[]): Buffer {
  const [header, , ...packets] = splitPackets(fixture('tones/tone.opus'))
  const comment = Buffer.concat([Buffer.from('OpusTags'), encodeComments(comments)])
  return Buffer.concat(
    writeOggStream({ serial: 7, headers: [header as Buffer, comment], packets, granulesPerPacket: 960 }),
  )
}

const m4a = (...items: readonly Buffer[]): Buffer =>
  Buffer.concat([
    mp4.fileType(),
    mp4.movie(mp4.track({ entry: mp4.mp4aEntry() }), mp4.itemList(...items)),
    mp4.mediaData(),
  ])

const mka = (...tags: readonly Buffer[]): Buffer =>
  Buffer.concat([
    matroska.ebmlHeader(),
    matroska.segment(
      matroska.info({ duration: 1000 }),
      matroska.tracks(matroska.trackEntry({ frameMilliseconds: 20 })),
      matroska.tags(...tags),
      matroska.cluster(0, matroska.simpleBlock(0)),
    ),
  ])

const sortNames = {
  titleSort: 'Song, A',
  artistSorts: ['Beatles, The'],
  albumArtistSorts: ['Artists, Various'],
  albumSort: 'Album, The',
  discSubtitle: 'The second night',
  originalDate: '1969-09-26',
  isCompilation: true,
}

const freeNames: Readonly<Record<string, string>> = {
  TITLESORT: 'Song, A',
  ARTISTSORT: 'Beatles, The',
  ALBUMARTISTSORT: 'Artists, Various',
  ALBUMSORT: 'Album, The',
  DISCSUBTITLE: 'The second night',
  ORIGINALDATE: '1969-09-26',
  COMPILATION: '1',
}
const freeTexts = Object.entries(freeNames).map(([name, value]) => `${name}=${value}`)

describe('names to sort by, original date, disc subtitle and compilation', () => {
  test.each<readonly [string, Buffer]>([
    [
      'ID3v2.4',
      withFrames(
        4,
        textFrame('TSOT', 'Song, A', 4),
        textFrame('TSOP', 'Beatles, The', 4),
        textFrame('TSO2', 'Artists, Various', 4),
        textFrame('TSOA', 'Album, The', 4),
        textFrame('TSST', 'The second night', 4),
        textFrame('TDOR', '1969-09-26', 4),
        textFrame('TCMP', '1', 4),
      ),
    ],
    [
      'ID3v2.3 with experimental frames',
      withFrames(
        3,
        textFrame('XSOT', 'Song, A'),
        textFrame('XSOP', 'Beatles, The'),
        textFrame('XSOA', 'Album, The'),
        userText('ALBUMARTISTSORT', 'Artists, Various'),
        userText('SetSubtitle', 'The second night'),
        userText('ORIGINALDATE', '1969-09-26'),
        textFrame('TCMP', '1'),
      ),
    ],
    [
      'ID3v2.2',
      withFrames(
        2,
        textFrame('TST', 'Song, A', 2),
        textFrame('TSP', 'Beatles, The', 2),
        textFrame('TS2', 'Artists, Various', 2),
        textFrame('TSA', 'Album, The', 2),
        userText('DISC SUBTITLE', 'The second night', 2),
        userText('ORIGINAL_DATE', '1969-09-26', 2),
        textFrame('TCP', '1', 2),
      ),
    ],
    ['ID3 user texts', withFrames(4, ...Object.entries(freeNames).map(([a, b]) => userText(a, b, 4)))],
    ['APE', Buffer.concat([frames, apeTag(freeNames)])],
    ['FLAC', retagFlac(fixture('tones/tone.flac'), freeNames, undefined)],
    ['Vorbis', vorbisComments(...freeTexts)],
    ['Opus', opusComments(...freeTexts)],
    [
      'MP4',
      m4a(
        mp4.box('sonm', mp4.data('Song, A')),
        mp4.box('soar', mp4.data('Beatles, The')),
        mp4.box('soaa', mp4.data('Artists, Various')),
        mp4.box('soal', mp4.data('Album, The')),
        mp4.box('cpil', mp4.data(Buffer.of(1), 21)),
        mp4.freeForm('DISCSUBTITLE', 'The second night'),
        mp4.freeForm('originaldate', '1969-09-26'),
      ),
    ],
    ['MP4 free-form items', m4a(...Object.entries(freeNames).map(([a, b]) => mp4.freeForm(a, b)))],
    ['Matroska', mka(matroska.tag({ level: 30 }, Object.entries(freeNames)))],
  ])('%s', async (_, content) => {
    expect(await readTagsOf(content)).toMatchObject(sortNames)
  })

  test('Matroska with names below others, by level', async () => {
    const simple = (level: number, name: string, text: string, sort: string) =>
      matroska.element(
        '7373',
        matroska.element('63c0', matroska.element('68ca', matroska.number(level))),
        matroska.simpleTag(name, text, matroska.simpleTag('SORT_WITH', sort)),
      )
    const content = mka(
      simple(30, 'TITLE', 'A Song', 'Song, A'),
      simple(30, 'ARTIST', 'The Beatles', 'Beatles, The'),
      simple(50, 'TITLE', 'The Album', 'Album, The'),
      simple(50, 'ARTIST', 'Various Artists', 'Artists, Various'),
      matroska.tag({ level: 40 }, [['TITLE', 'The second night']]),
    )
    const { originalDate: _, isCompilation: __, ...expected } = sortNames
    expect(await readTagsOf(content)).toMatchObject({
      ...expected,
      title: 'A Song',
      artists: ['The Beatles'],
      album: 'The Album',
      albumArtists: ['Various Artists'],
    })
  })

  test.each(['0', '', 'no', '2000'])('a compilation of %j is none', async (value) => {
    expect(await readTagsOf(vorbisComments(`COMPILATION=${value}`))).toMatchObject({ isCompilation: false })
  })

  test('without them, nothing is invented', async () => {
    expect(await readTagsOf(fixture('tones/tone.mp3'))).toMatchObject({
      titleSort: undefined,
      artistSorts: [],
      albumArtistSorts: [],
      albumSort: undefined,
      discSubtitle: undefined,
      isCompilation: false,
      replayGain: undefined,
    })
  })

  test('a number among them does not hide the code page of a tag', async () => {
    const latin = (text: string) => Buffer.concat([Buffer.of(0), Buffer.from(text, 'latin1')])
    // "Привет, мир" in windows-1251.
    const russian = Buffer.concat([Buffer.of(0), Buffer.from('cff0e8e2e5f22c20ece8f0', 'hex')])
    const content = withFrames(
      3,
      id3Frame('TIT2', russian),
      id3Frame('TXXX', latin('REPLAYGAIN_TRACK_GAIN\0-6.50 decibels of the reference')),
    )
    expect(await readTagsOf(content)).toMatchObject({ title: 'Привет, мир' })
  })
})

const gainTexts = {
  REPLAYGAIN_TRACK_GAIN: '-6.48 dB',
  REPLAYGAIN_TRACK_PEAK: '0.988831',
  REPLAYGAIN_ALBUM_GAIN: '+3.1 dB',
  REPLAYGAIN_ALBUM_PEAK: '1.25',
}
const gains = { trackGain: -6.48, trackPeak: 0.988831, albumGain: 3.1, albumPeak: 1.25 }
const gainEntries = Object.entries(gainTexts)

describe('ReplayGain', () => {
  test.each<readonly [string, Buffer]>([
    ['ID3 user texts', withFrames(4, ...gainEntries.map(([name, value]) => userText(name, value, 4)))],
    [
      'ID3 user texts in lower case',
      withFrames(3, ...gainEntries.map(([name, value]) => userText(name.toLowerCase(), value))),
    ],
    ['APE', Buffer.concat([frames, apeTag(gainTexts)])],
    ['FLAC', retagFlac(fixture('tones/tone.flac'), gainTexts, undefined)],
    ['Vorbis', vorbisComments(...gainEntries.map(([name, value]) => `${name.toLowerCase()}=${value}`))],
    ['MP4', m4a(...gainEntries.map(([name, value]) => mp4.freeForm(name.toLowerCase(), value)))],
    ['Matroska with free names', mka(matroska.tag({ level: 30 }, gainEntries))],
    [
      'Matroska by level',
      mka(
        matroska.tag({ level: 30 }, [
          ['REPLAYGAIN_GAIN', '-6.48 dB'],
          ['REPLAYGAIN_PEAK', '0.988831'],
        ]),
        matroska.tag({ level: 50 }, [
          ['REPLAYGAIN_GAIN', '3.1 dB'],
          ['REPLAYGAIN_PEAK', '1.25'],
        ]),
      ),
    ],
  ])('%s', async (_, content) => {
    expect(await readTagsOf(content)).toMatchObject({ replayGain: gains, warnings: [] })
  })

  test.each([
    ['RVA2', 4],
    ['XRVA', 3],
  ] as const)('the frame %s', async (id, version) => {
    const content = withFrames(
      version,
      relativeVolume('track', -6.5, 0.75, id, version),
      relativeVolume('Album', 3, 1.5, id, version),
    )
    expect(await readTagsOf(content)).toMatchObject({
      replayGain: { trackGain: -6.5, trackPeak: 0.75, albumGain: 3, albumPeak: 1.5 },
    })
  })

  test('the text comes before the frame RVA2', async () => {
    const content = withFrames(
      4,
      relativeVolume('track', 2, 0.5),
      userText('REPLAYGAIN_TRACK_GAIN', '1 dB', 4),
    )
    expect(await readTagsOf(content)).toMatchObject({ replayGain: { trackGain: 1, trackPeak: 0.5 } })
  })

  test.each(['RVA2', 'XRVA'])('a frame %s that is cut costs only itself', async (id) => {
    for (const length of [0, 1, 6, 7, 9, 10]) {
      const content = relativeVolume('track', 2, 0.5).subarray(10, 10 + length)
      const tags = await readTagsOf(
        withFrames(4, id3Frame(id, content, { version: 4 }), textFrame('TIT2', 'x', 4)),
      )
      expect(tags).toMatchObject({ title: 'x' })
    }
  })

  test('R128 is converted to the reference volume of ReplayGain', async () => {
    const content = opusComments('R128_TRACK_GAIN=-1024', 'R128_ALBUM_GAIN=256')
    expect(await readTagsOf(content)).toMatchObject({ replayGain: { trackGain: 1, albumGain: 6 } })
  })

  test('R128 comes first in Opus, and last elsewhere', async () => {
    const comments = ['R128_TRACK_GAIN=0', 'REPLAYGAIN_TRACK_GAIN=-9 dB']
    expect(await readTagsOf(opusComments(...comments))).toMatchObject({ replayGain: { trackGain: 5 } })
    expect(await readTagsOf(vorbisComments(...comments))).toMatchObject({ replayGain: { trackGain: -9 } })
  })

  test.each([
    ['-6.48 dB', -6.48],
    ['-6,48 dB', -6.48],
    ['+2', 2],
    [' 0.00 DB ', 0],
    ['.5 dB', 0.5],
    ['64 dB', 64],
  ])('%j is %d', async (text, trackGain) => {
    const tags = await readTagsOf(vorbisComments(`REPLAYGAIN_TRACK_GAIN=${text}`))
    expect(tags).toMatchObject({ replayGain: { trackGain }, warnings: [] })
  })

  test.each([
    ['REPLAYGAIN_TRACK_GAIN', '1000 dB'],
    ['REPLAYGAIN_ALBUM_GAIN', '-64.1 dB'],
    ['REPLAYGAIN_TRACK_GAIN', 'nan'],
    ['REPLAYGAIN_TRACK_GAIN', '1e9 dB'],
    ['REPLAYGAIN_TRACK_GAIN', 'loud'],
    ['REPLAYGAIN_TRACK_PEAK', '-1'],
    ['REPLAYGAIN_TRACK_PEAK', '65'],
    ['R128_TRACK_GAIN', '32767'],
    ['R128_TRACK_GAIN', '-3 dB'],
  ])('%s=%s is dropped with a warning', async (name, value) => {
    const tags = await readTagsOf(vorbisComments(`${name}=${value}`, 'TITLE=x'))
    expect(tags).toMatchObject({ title: 'x', replayGain: undefined })
    expect(tags.warnings.join().replace(/[\u2066-\u2069]/g, '')).toContain(`ReplayGain value ${value} is not`)
  })

  /** A first frame with LAME's extension: a peak, and the two gains in its 16 bits. */
  function lameFrame(version: string, peak: number, track: number, album: number): Buffer {
    const count = 100
    const frame = createXingFrame('Info', { frames: count, bytes: 417 * (count + 1), added: [576, 0] })
    const start = frame.indexOf('LAME')
    frame.write(version, start, 'latin1')
    frame.writeUInt32BE(peak, start + 11)
    frame.writeUInt16BE(track, start + 15)
    frame.writeUInt16BE(album, start + 17)
    return frame
  }
  const automatic = 3 << 10
  const trackBits = (1 << 13) | automatic | 0x200 | 56
  const albumBits = (2 << 13) | automatic | 31

  test("LAME's header counts without tags", async () => {
    const frame = lameFrame('LAME3.100', 2 ** 22, trackBits, albumBits)
    expect(await readTagsOf(Buffer.concat([frame, frames]))).toMatchObject({
      replayGain: { trackGain: -5.6, albumGain: 3.1, trackPeak: 0.5 },
    })
    const tag = id3Tag([userText('REPLAYGAIN_TRACK_GAIN', '-1 dB')])
    expect(await readTagsOf(Buffer.concat([tag, frame, frames]))).toMatchObject({
      replayGain: { trackGain: -1, albumGain: 3.1 },
    })
  })

  test('the header of an old LAME has another reference, and a header without values counts for nothing', async () => {
    const old = lameFrame('LAME3.93 ', 2 ** 22, trackBits, 0)
    const { replayGain } = await readTagsOf(Buffer.concat([old, frames]))
    expect(replayGain?.trackGain).toBeCloseTo(0.4)
    expect(replayGain).toMatchObject({ trackPeak: undefined, albumGain: undefined })
    const empty = lameFrame('LAME3.100', 0, 0, 0)
    expect(await readTagsOf(Buffer.concat([empty, frames]))).toMatchObject({ replayGain: undefined })
  })
})
