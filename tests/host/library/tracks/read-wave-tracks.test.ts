import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../../electron/library/tracks/read-track.ts'
import { m } from '../../../../shared/i18n/messages.js'
import { createAiffFile } from '../../../fixtures/aiff-file.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import { createMpegFrames } from '../../../fixtures/mpeg-file.ts'
import {
  createFormatChunk,
  createInfoList,
  createRiff,
  createRiffChunk,
  createWave64,
  type FormatOptions,
} from '../../../fixtures/riff-file.ts'
import { scratchFolder } from '../../scratch.ts'

const read = makeTrackReader()

async function readContent(content: Uint8Array) {
  const file = join(scratchFolder(), 'song.wav')
  writeFileSync(file, content)
  return await read(file, undefined)
}

/** Two seconds at 16 bits and 8000 Hz. */
const samples = Buffer.alloc(32_000, 1)
const format = createFormatChunk()
const data = createRiffChunk('data', samples)
const dataOf = (stated: number) => createRiffChunk('data', samples, { stated })
const fact = (frames: number) => {
  const content = Buffer.alloc(4)
  content.writeUInt32LE(frames)
  return createRiffChunk('fact', content)
}
const ds64 = (bytes: number) => {
  const content = Buffer.alloc(28)
  content.writeBigUInt64LE(BigInt(bytes), 8)
  return createRiffChunk('ds64', content)
}

describe('the duration of a WAVE file', () => {
  test.each<[name: string, content: Buffer]>([
    ['with right sizes', createRiff([format, data])],
    ['with sizes of 0', createRiff([format, dataOf(0)], { stated: 0 })],
    ['with a RIFF size of 0', createRiff([format, data], { stated: 0 })],
    ['with a data size of 0', createRiff([format, dataOf(0)])],
    ['with sizes of all ones', createRiff([format, dataOf(0xffffffff)], { stated: 0xffffffff })],
    ['with the sizes of SoX', createRiff([format, dataOf(0x7ffff000)], { stated: 0x7ffff032 })],
    ['with sizes of 2 GB', createRiff([format, dataOf(0x80000000)], { stated: 0x80000000 })],
    ['in RF64', createRiff([ds64(32_000), format, dataOf(0xffffffff)], { id: 'RF64', stated: 0xffffffff })],
    ['in BW64', createRiff([ds64(32_000), format, dataOf(0xffffffff)], { id: 'BW64', stated: 0xffffffff })],
    ['in RF64 without a length', createRiff([ds64(0), format, dataOf(0xffffffff)], { id: 'RF64' })],
    ['in RF64 without ds64', createRiff([format, dataOf(0xffffffff)], { id: 'RF64' })],
    ['with a fact of 0', createRiff([format, fact(0), dataOf(0xffffffff)])],
    ['with an endless fact', createRiff([format, fact(0x1ffffc00), dataOf(0x7ffff000)])],
    [
      'with an odd chunk that is padded',
      createRiff([format, createRiffChunk('junk', Buffer.alloc(7)), data]),
    ],
    [
      'with an odd chunk that is not padded',
      createRiff([format, createRiffChunk('junk', Buffer.alloc(7), { isPadded: false }), data]),
    ],
    [
      'with 200 other chunks',
      createRiff([
        ...Array.from({ length: 200 }, () => createRiffChunk('junk', Buffer.alloc(9))),
        format,
        data,
      ]),
    ],
    [
      'with a chunk whose name is damaged',
      createRiff([createRiffChunk('j\xffnk', Buffer.alloc(8)), format, data]),
    ],
    ['in the extensible form', createRiff([createFormatChunk({ isExtensible: true }), data])],
    [
      'in RIFX',
      createRiff(
        [createFormatChunk({ isBigEndian: true }), createRiffChunk('data', samples, { isBigEndian: true })],
        { id: 'RIFX' },
      ),
    ],
    ['in W64', createWave64(samples)],
  ])('%s', async (_, content) => {
    expect(await readContent(content)).toMatchObject({
      tags: { duration: 2, codec: 'PCM', isPlayable: true, warnings: [] },
    })
  })

  test('that is cut off is that of the rest', async () => {
    const content = createRiff([format, data])
    expect(await readContent(content.subarray(0, content.length - 16_000))).toMatchObject({
      tags: { duration: 1, warnings: [m.host_file_cut()] },
    })
  })

  test.each<[options: FormatOptions, codec: string, seconds: number, isPlayable: boolean]>([
    [{ bits: 8 }, 'PCM', 4, true],
    [{ bits: 12 }, 'PCM', 2, true],
    [{ bits: 24, channels: 2, rate: 4000 }, 'PCM', 4 / 3, true],
    [{ bits: 32, tag: 3 }, 'PCM', 1, true],
    [{ bits: 64, tag: 3 }, 'PCM', 0.5, true],
    [{ bits: 64 }, 'PCM', 0.5, false],
    [{ bits: 8, tag: 6 }, 'A-law', 4, true],
    [{ bits: 8, tag: 7 }, 'µ-law', 4, true],
    [{ bits: 4, tag: 2, bytesPerSecond: 4000 }, 'ADPCM', 8, false],
    [{ bits: 4, tag: 0x11, bytesPerSecond: 4000 }, 'ADPCM', 8, false],
    [{ bits: 0, tag: 0x31, bytesPerSecond: 1600 }, 'GSM', 20, false],
    [{ bits: 0, tag: 0x1234, bytesPerSecond: 8000 }, 'WAVE 0x1234', 4, false],
  ])('of %o is known', async (options, codec, seconds, isPlayable) => {
    const result = await readContent(createRiff([createFormatChunk(options), data]))
    expect(result).toMatchObject({ tags: { codec, isPlayable, duration: expect.closeTo(seconds, 3) } })
    expect(result).toMatchObject({
      tags: { warnings: isPlayable ? [] : [m.host_codec_unplayable({ codec })] },
    })
  })

  test('of MP3 in WAVE comes from its frames', async () => {
    const frames = createMpegFrames(200, { kilobits: [64, 128] })
    const mp3 = createFormatChunk({ tag: 0x55, bits: 0, rate: 44_100, bytesPerSecond: 16_000 })
    expect(await readContent(createRiff([mp3, createRiffChunk('data', frames)]))).toMatchObject({
      tags: { codec: 'MP3', isPlayable: true, duration: expect.closeTo((200 * 1152) / 44_100, 1) },
    })
  })
})

/** Cyrillic letters of the basic alphabet, and ASCII. */
const windows1251 = (text: string): Buffer =>
  Buffer.from(
    Array.from(text, (letter) => (letter < '\u0400' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x350)),
  )

describe('the texts of RIFF INFO', () => {
  const allFields = [
    ['INAM', 'Title'],
    ['IART', 'Artist'],
    ['IPRD', 'Album'],
    ['ICRD', '2004-05-06'],
    ['IGNR', 'Jazz'],
    ['ITRK', '7'],
    ['IMUS', 'Composer'],
  ] as const
  const expected = {
    title: 'Title',
    artists: ['Artist'],
    album: 'Album',
    genres: ['Jazz'],
    number: 7,
    composers: ['Composer'],
  }
  test.each<[name: string, content: Buffer, tags: object]>([
    ['behind the sound', createRiff([format, data, createInfoList(allFields)]), expected],
    ['before the sound', createRiff([format, createInfoList(allFields), data]), expected],
    ['without padding', createRiff([format, createInfoList(allFields, { isPadded: false }), data]), expected],
    [
      'in two lists',
      createRiff([createInfoList(allFields.slice(0, 3)), format, data, createInfoList(allFields.slice(3))]),
      expected,
    ],
    [
      'in a list that is cut off',
      createRiff([format, data, createInfoList(allFields).subarray(0, 60)]),
      { title: 'Title', artists: ['Artist'] },
    ],
    [
      'in UTF-8',
      createRiff([format, data, createInfoList([['INAM', 'Jóga für Élise']])]),
      { title: 'Jóga für Élise' },
    ],
    [
      'in windows-1251',
      createRiff([
        format,
        data,
        createInfoList([
          ['INAM', windows1251('Группа крови')],
          ['IART', windows1251('Виктор Цой')],
        ]),
      ]),
      { title: 'Группа крови', artists: ['Виктор Цой'] },
    ],
    [
      'in Latin-1',
      createRiff([format, data, createInfoList([['INAM', Buffer.from('Käse', 'latin1')]])]),
      { title: 'Käse' },
    ],
    [
      'in windows-1252',
      createRiff([format, data, createInfoList([['INAM', Buffer.from([0x93, 0x48, 0x69, 0x94])]])]),
      { title: '“Hi”' },
    ],
    [
      'in UTF-16',
      createRiff([format, data, createInfoList([['INAM', Buffer.from('\ufeffŁódź', 'utf16le')]])]),
      { title: 'Łódź' },
    ],
    [
      'behind sizes of 0',
      createRiff([format, createInfoList(allFields), dataOf(0)], { stated: 0 }),
      expected,
    ],
    [
      'in a list with another list before it',
      createRiff([format, createRiffChunk('LIST', Buffer.from('adtlnote')), data, createInfoList(allFields)]),
      expected,
    ],
  ])('are read %s', async (_, content, tags) => {
    expect(await readContent(content)).toMatchObject({ tags: { ...tags, duration: 2 } })
  })

  test.each(['id3 ', 'ID3 '])('give way to a chunk named %j', async (id) => {
    const tag = createRiffChunk(id, encodeId3Tag({ title: 'By ID3', artist: 'AC/DC' }))
    const content = createRiff([format, createInfoList(allFields), data, tag])
    expect(await readContent(content)).toMatchObject({
      tags: { title: 'By ID3', artists: ['AC/DC'], album: 'Album' },
    })
  })
})

describe('an AIFF file', () => {
  const aiff = (claimed: object, compression?: string) =>
    createAiffFile({ samples, claimed, ...(compression === undefined ? {} : { compression }) })
  test.each<[name: string, content: Buffer, tags: object]>([
    ['with right sizes', aiff({}), { warnings: [] }],
    ['with no number of frames', aiff({ frames: 0 }), { warnings: [] }],
    ['with a wrong number of frames', aiff({ frames: 1_000_000 }), { warnings: [] }],
    [
      'whose sound claims more than the file has',
      aiff({ length: 0x10000000 }),
      { warnings: [m.host_file_cut()] },
    ],
    ['whose sound was never given a length', aiff({ length: 0xffffffff }), { warnings: [] }],
    ['with samples in the other byte order', aiff({}, 'sowt'), { codec: 'PCM' }],
  ])('%s has its texts and its duration', async (_, content, tags) => {
    expect(await readContent(content)).toMatchObject({
      tags: { title: 'odd', artists: ['o'], isPlayable: true, duration: expect.closeTo(2, 1), ...tags },
    })
  })

  test('in a coding that WAVE does not have is listed as not playable', async () => {
    expect(await readContent(aiff({ frames: 16_000 }, 'ima4'))).toMatchObject({
      tags: {
        codec: 'ADPCM',
        isPlayable: false,
        duration: 2,
        warnings: [m.host_codec_unplayable({ codec: 'ADPCM' })],
      },
    })
  })
})
