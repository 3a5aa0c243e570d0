import { describe, expect, test } from 'vitest'
import {
  findMpegAudio,
  type MpegReading,
  readMpegAudio,
} from '../../../../electron/library/tags/mpeg/read-mpeg.ts'
import { seededRandom } from '../../../../scripts/seeded-random.ts'
import { m } from '../../../../shared/i18n/messages.js'
import { findAudioSpan } from '../../../../shared/sound/bytes/audio-span.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { encodeId3Tag } from '../../../fixtures/id3-tag.ts'
import {
  createAdtsFrames,
  createMpegFrames,
  createVbriFrame,
  createXingFrame,
  type FrameOptions,
} from '../../../fixtures/mpeg-file.ts'

const secondsOfFrames = (frames: number) => (frames * 1152) / 44100
/** Frames of a variable bitrate that begin with silence, like in a recording. */
const silentStart = () =>
  Buffer.concat([
    createMpegFrames(40, { kilobits: [32] }),
    createMpegFrames(600, { kilobits: [96, 128, 160] }),
  ])
const garbage = (length: number) => {
  const random = seededRandom(7)
  return Buffer.from(Uint8Array.from({ length }, () => random() * 256))
}
const apeTag = (length: number) => {
  const ends = (flags: number) => {
    const mark = Buffer.alloc(32)
    mark.write('APETAGEX')
    mark.writeUInt32LE(2000, 8)
    mark.writeUInt32LE(length + 32, 12)
    mark.writeUInt32LE(flags, 20)
    return mark
  }
  return Buffer.concat([ends(0xa0000000), Buffer.alloc(length), ends(0x80000000)])
}
const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 32)])
const id3 = encodeId3Tag({ title: 'T' })
const id3Of = (length: number, claimed = length) => {
  const sizes = [21, 14, 7, 0].map((shift) => (claimed >> shift) & 0x7f)
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...sizes]), Buffer.alloc(length, 0x41)])
}
const constant = createMpegFrames(800)

function read(file: Uint8Array): MpegReading | undefined {
  const reader: ByteReader = {
    size: file.length,
    // Copies, like blocks that are used again.
    view: (position, length) => file.slice(position, Math.max(position, position + length)),
  }
  const span = findAudioSpan(reader)
  const first = findMpegAudio(reader, span)
  return first && readMpegAudio(reader, first, span.end)
}

describe('the duration of MPEG audio', () => {
  const variable = silentStart()
  const xing = (
    claims: Parameters<typeof createXingFrame>[1],
    frames: Buffer,
    name: 'Xing' | 'Info' = 'Xing',
  ) => Buffer.concat([createXingFrame(name, claims), frames])
  const headerBytes = createXingFrame('Xing', {}).length
  test.each<[name: string, file: Buffer, frames: number]>([
    ['constant, no header', constant, 800],
    ['constant, Info', xing({ frames: 800, bytes: constant.length + headerBytes }, constant, 'Info'), 800],
    ['variable, Xing', xing({ frames: 640, bytes: variable.length + headerBytes }, variable), 640],
    ['variable, Xing without bytes', xing({ frames: 640 }, variable), 640],
    [
      'variable, Xing with bytes of the file with tags',
      Buffer.concat([
        id3,
        xing({ frames: 640, bytes: variable.length + headerBytes + id3.length }, variable),
      ]),
      640,
    ],
    ['variable, Xing without frames', xing({ bytes: variable.length + headerBytes }, variable), 640],
    ['variable, VBRI', Buffer.concat([createVbriFrame(640, variable.length + headerBytes), variable]), 640],
    ['variable, no header, begins in silence', variable, 640],
    [
      'variable, no header, ends in silence',
      Buffer.concat([createMpegFrames(600), createMpegFrames(200, { kilobits: [32] })]),
      800,
    ],
    [
      'variable, no header, silence in the middle',
      Buffer.concat([constant, createMpegFrames(800, { kilobits: [32] }), constant]),
      2400,
    ],
    ['Xing that covers half of the file', xing({ frames: 320, bytes: 60_000 }, variable), 640],
    [
      'Xing that covers half of the frames but all bytes',
      xing({ frames: 320, bytes: variable.length + headerBytes }, variable),
      640,
    ],
    [
      'Xing with twice the frames',
      xing({ frames: 1280, bytes: variable.length + headerBytes }, variable),
      640,
    ],
    ['Xing with a million frames', xing({ frames: 1_000_000 }, variable), 640],
    ['Xing with zeros', xing({ frames: 0, bytes: 0 }, variable), 640],
    ['two files, one after the other', Buffer.concat([constant, constant]), 1600],
    [
      'two files with different bitrates',
      Buffer.concat([constant, createMpegFrames(800, { kilobits: [64] })]),
      1600,
    ],
    [
      'two files with headers',
      Buffer.concat([
        xing({ frames: 640, bytes: variable.length + headerBytes }, variable),
        xing({ frames: 640, bytes: variable.length + headerBytes }, variable),
      ]),
      1281,
    ],
    [
      'two files with tags and a picture',
      Buffer.concat([
        id3,
        xing({ frames: 640, bytes: variable.length + headerBytes }, variable),
        id3Of(200_000),
        variable,
      ]),
      1280,
    ],
    [
      'an APE tag behind a header by Xing',
      Buffer.concat([
        xing({ frames: 640, bytes: variable.length + headerBytes }, variable),
        apeTag(90_000),
        id3v1,
      ]),
      640,
    ],
    ['an APE tag behind, no header', Buffer.concat([constant, apeTag(90_000), id3v1]), 800],
    [
      'garbage behind',
      Buffer.concat([
        xing({ frames: 640, bytes: variable.length + headerBytes }, variable),
        Buffer.alloc(100_000),
      ]),
      640,
    ],
    ['garbage in the middle', Buffer.concat([variable, garbage(3000), variable]), 1280],
    ['one frame', createMpegFrames(1), 1],
    ['two frames', createMpegFrames(2), 2],
    ['five frames', createMpegFrames(5), 5],
  ])('%s', (_, file, frames) => {
    const reading = read(file)
    expect(reading?.duration).toBeCloseTo(secondsOfFrames(frames), 1)
    expect(reading).toMatchObject({ codec: 'MP3', isPlayable: true, warnings: [] })
  })

  test('LAME’s delay and padding are not part of it', () => {
    const frames = createMpegFrames(100)
    const first = createXingFrame('Info', { frames: 100, bytes: frames.length + 417, added: [1105, 863] })
    expect(read(Buffer.concat([first, frames]))?.duration).toBeCloseTo((100 * 1152 - 1105 - 863) / 44100, 5)
  })

  test.each<[name: string, options: FrameOptions, perFrame: number, codec: string]>([
    ['layer 1', { layer: 1, kilobits: [256] }, 384 / 44100, 'MP1'],
    ['layer 2', { layer: 2, kilobits: [192] }, 1152 / 44100, 'MP2'],
    ['layer 2, version 2', { layer: 2, version: 2, kilobits: [64] }, 1152 / 22050, 'MP2'],
    ['layer 3, version 2', { version: 2, kilobits: [64] }, 576 / 22050, 'MP3'],
    ['layer 3, version 2.5', { version: 2.5, kilobits: [8] }, 576 / 11025, 'MP3'],
    ['48 kHz', { rateIndex: 1 }, 1152 / 48000, 'MP3'],
    ['320 kbit/s', { kilobits: [320] }, 1152 / 44100, 'MP3'],
    ['with checksums', { hasChecksum: true }, 1152 / 44100, 'MP3'],
    ['free format', { kilobits: [0] }, 1152 / 44100, 'MP3'],
  ])('%s', (_, options, perFrame, codec) => {
    const reading = read(createMpegFrames(500, options))
    expect(reading?.duration).toBeCloseTo(500 * perFrame, 1)
    expect(reading?.codec).toBe(codec)
    expect(reading?.isPlayable).toBe(codec === 'MP3' && options.kilobits?.[0] !== 0)
  })

  test.each<[name: string, file: Buffer, frames: number]>([
    ['equal frames', createAdtsFrames(500), 500],
    ['different frames', createAdtsFrames(2000, [100, 20, 700, 300]), 2000],
    ['louder at the end', Buffer.concat([createAdtsFrames(1000, [50]), createAdtsFrames(1000, [900])]), 2000],
    ['behind a tag', Buffer.concat([id3, createAdtsFrames(500)]), 500],
    ['behind garbage', Buffer.concat([Buffer.alloc(70_000, 'garbage'), createAdtsFrames(500)]), 500],
  ])('ADTS: %s', (_, file, frames) => {
    expect(read(file)).toMatchObject({ codec: 'AAC', isPlayable: true })
    expect(read(file)?.duration).toBeCloseTo((frames * 1024) / 44100, 1)
  })
})

describe('long audio', () => {
  test('is measured at many positions', () => {
    const part = createMpegFrames(2000, { kilobits: [320, 256] })
    const parts = Math.ceil((25 * 1024 * 1024) / part.length)
    const duration = read(Buffer.concat(Array.from({ length: parts }, () => part)))?.duration ?? 0
    expect(duration / secondsOfFrames(parts * 2000)).toBeCloseTo(1, 2)
  })
})

describe('audio that is cut off', () => {
  const variable = silentStart()
  const whole = Buffer.concat([
    createXingFrame('Xing', { frames: 640, bytes: variable.length + 417 }),
    variable,
  ])
  test.each<[name: string, file: Buffer]>([
    ['variable, with a header', whole.subarray(0, whole.length / 2)],
    ['variable, without a header', variable.subarray(0, variable.length / 2)],
    ['constant, without a header', constant.subarray(0, constant.length / 2 + 100)],
  ])('%s', (_, file) => {
    const reading = read(file)
    expect(reading?.warnings).toEqual([m.host_file_cut()])
    expect(reading?.duration).toBeGreaterThan(5)
    expect(reading?.duration).toBeLessThan(12)
  })
})

describe('recognition', () => {
  test.each<[name: string, file: Buffer]>([
    ['an ID3 tag', Buffer.concat([id3, constant])],
    ['two ID3 tags', Buffer.concat([id3, id3Of(320_000), constant])],
    ['twenty ID3 tags', Buffer.concat([...Array.from({ length: 20 }, () => id3), constant])],
    ['an ID3 tag of 3 MB', Buffer.concat([id3Of(3_000_000), constant])],
    ['an ID3 tag that claims more than the file has', Buffer.concat([id3Of(1000, 0xfffffff), constant])],
    ['an ID3 tag that claims less than it has', Buffer.concat([id3Of(50_000, 16), constant])],
    ['an ID3 tag that ends with the file', Buffer.concat([id3Of(1000, 1000 + constant.length), constant])],
    ['an APE tag in front', Buffer.concat([apeTag(500), constant])],
    ['an APE tag between two ID3 tags', Buffer.concat([id3, apeTag(500), id3, constant])],
    ['1000 zeros', Buffer.concat([Buffer.alloc(1000), constant])],
    ['300,000 zeros', Buffer.concat([Buffer.alloc(300_000), constant])],
    ['a megabyte of garbage', Buffer.concat([garbage(1_000_000), constant])],
    ['sync bytes in front', Buffer.concat([Buffer.alloc(5000, 0xff), constant])],
    [
      'headers in front that no frame follows',
      Buffer.concat([
        ...Array.from({ length: 200 }, () => Buffer.from([0xff, 0xfb, 0x90, 0, 1, 2, 3])),
        constant,
      ]),
    ],
  ])('behind %s', (_, file) => {
    const reading = read(file)
    expect(reading).toMatchObject({ codec: 'MP3', isPlayable: true })
    expect(reading?.duration).toBeCloseTo(secondsOfFrames(800), 1)
  })

  test.each<[name: string, file: Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('This is a text with the name of a song.\n'.repeat(500))],
    ['zeros', Buffer.alloc(500_000)],
    ['sync bytes', Buffer.alloc(500_000, 0xff)],
    ['random bytes', garbage(2_000_000)],
    ['only a tag', id3Of(5000)],
  ])('not in %s', (_, file) => {
    expect(read(file)).toBeUndefined()
  })
})
