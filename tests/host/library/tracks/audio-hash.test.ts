import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeTrackReader } from '../../../../electron/library/tracks/read-track.ts'
import { createAiffFile } from '../../../fixtures/aiff-file.ts'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import { encodeId3Tag, removeId3Tag } from '../../../fixtures/id3-tag.ts'
import * as matroska from '../../../fixtures/matroska-file.ts'
import * as mp4 from '../../../fixtures/mp4-file.ts'
import { createAdtsFrames, createMpegFrames } from '../../../fixtures/mpeg-file.ts'
import { encodeComments, splitPackets, writeOggStream } from '../../../fixtures/ogg-file.ts'
import { retagFlac } from '../../../fixtures/retag-flac.ts'
import {
  createFormatChunk,
  createInfoList,
  createRiff,
  createRiffChunk,
} from '../../../fixtures/riff-file.ts'
import { createWaveFile } from '../../../fixtures/wave-file.ts'
import { scratchFolder } from '../../scratch.ts'
import { readContent } from './read-file.ts'

const fixture = (name: string): Buffer => readFileSync(join(fixturesFolder, name))

async function hashOf(content: Uint8Array): Promise<string> {
  const result = await readContent(content)
  if ('reason' in result) throw new Error(result.reason)
  if (result.audioHash === undefined) throw new Error('there is no hash')
  return result.audioHash
}

/** Bytes that are different at each position, and others for another seed. */
const noise = (length: number, seed: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 17 + seed) & 0xff))

/** Changes a byte. */
function withChange(content: Buffer, position: number): Buffer {
  const changed = Buffer.from(content)
  changed[position] = (changed[position] ?? 0) ^ 0x55
  return changed
}

const long = 'A title of many letters. '.repeat(4000)
const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])

function opus(comments: readonly string[], seed: number): Buffer {
  const [header] = splitPackets(fixture('tones/tone.opus'))
  const packets = Array.from({ length: 1500 }, (_, index) =>
    Buffer.concat([Buffer.of(0xfc), noise(99, seed + index)]),
  )
  const comment = Buffer.concat([Buffer.from('OpusTags'), encodeComments(comments)])
  const headers = [header as Buffer, comment]
  return Buffer.concat(writeOggStream({ serial: 7, headers, packets, granulesPerPacket: 960 }))
}

const item = (title: string) => mp4.itemList(mp4.box('©nam', mp4.data(title)))
function m4a(title: string, seed: number, isMovieLast = false): Buffer {
  const movie = mp4.movie(mp4.track({ entry: mp4.mp4aEntry() }), item(title))
  const media = mp4.box('mdat', noise(100_000, seed))
  return Buffer.concat([mp4.fileType(), ...(isMovieLast ? [media, movie] : [movie, media])])
}

function mka(title: string, seed: number): Buffer {
  const tags = matroska.tags(matroska.tag({ level: 30 }, [['TITLE', title]]))
  const blocks = Array.from({ length: 30 }, (_, index) =>
    matroska.simpleBlock(index * 20, 1, noise(900, seed + index)),
  )
  return Buffer.concat([
    matroska.ebmlHeader(),
    matroska.segment(
      matroska.info({ duration: 600 }),
      matroska.tracks(matroska.trackEntry({ frameMilliseconds: 20 })),
      tags,
      matroska.cluster(0, ...blocks.slice(0, 15)),
      matroska.cluster(300, ...blocks.slice(15)),
    ),
  ])
}

const samples = (seed: number): Buffer<ArrayBuffer> => noise(120_000, seed)
const wave = (seed: number, ...more: readonly Buffer[]) =>
  createRiff([createFormatChunk(), ...more, createRiffChunk('data', samples(seed))])
const mp3 = createMpegFrames(400)
const shorterMp3 = createMpegFrames(399)
const adts = createAdtsFrames(400)
const flac = fixture('parts/part.flac')
const mp3Part = removeId3Tag(fixture('parts/part.mp3'))

interface Case {
  readonly name: string
  readonly plain: Buffer
  /** The same sound with other tags. */
  readonly retagged: readonly Buffer[]
  /** Other sound with the same tags. */
  readonly others: readonly Buffer[]
}

const cases: readonly Case[] = [
  {
    name: 'MP3',
    plain: mp3,
    retagged: [
      Buffer.concat([encodeId3Tag({ title: 'x' }), mp3]),
      Buffer.concat([encodeId3Tag({ title: long }), mp3, id3v1]),
    ],
    others: [shorterMp3, createMpegFrames(400, { kilobits: [160] }), withChange(mp3, mp3.length >> 1)],
  },
  {
    name: 'a short MP3',
    plain: mp3Part,
    retagged: [Buffer.concat([encodeId3Tag({ album: long }), mp3Part, id3v1])],
    others: [removeId3Tag(fixture('tones/tone.mp3')), withChange(mp3Part, mp3Part.length >> 1)],
  },
  {
    name: 'ADTS',
    plain: adts,
    retagged: [Buffer.concat([encodeId3Tag({ title: long }), adts, id3v1])],
    others: [createAdtsFrames(399), withChange(adts, 30)],
  },
  {
    name: 'FLAC',
    plain: flac,
    retagged: [
      retagFlac(flac, { TITLE: 'x' }, undefined),
      retagFlac(flac, { TITLE: long }, undefined),
      Buffer.concat([encodeId3Tag({ title: 'x' }), retagFlac(flac, {}, undefined), id3v1]),
    ],
    others: [fixture('tones/tone.flac'), withChange(flac, flac.length - 40)],
  },
  {
    name: 'Opus',
    plain: opus([], 1),
    retagged: [opus([`TITLE=${long}`, 'ARTIST=x'], 1), Buffer.concat([opus(['TITLE=x'], 1), id3v1])],
    others: [opus([], 2)],
  },
  {
    name: 'MP4',
    plain: m4a('x', 1),
    retagged: [m4a(long, 1), m4a('y', 1, true)],
    others: [m4a('x', 2)],
  },
  { name: 'Matroska', plain: mka('x', 1), retagged: [mka(long, 1)], others: [mka('x', 2)] },
  {
    name: 'WAVE',
    plain: wave(1),
    retagged: [
      wave(1, createRiffChunk('id3 ', encodeId3Tag({ title: long }))),
      wave(1, createInfoList([['INAM', 'x']])),
    ],
    others: [wave(2)],
  },
  {
    name: 'a short WAVE',
    plain: createWaveFile({ seconds: 1, hertz: 440 }),
    retagged: [createWaveFile({ seconds: 1, hertz: 440, id3: encodeId3Tag({ title: 'x' }) })],
    others: [
      createWaveFile({ seconds: 1, hertz: 441 }),
      createWaveFile({ seconds: 2, hertz: 440 }),
      createWaveFile({ seconds: 1, hertz: 440, sampleRate: 7000 }),
    ],
  },
  {
    name: 'AIFF',
    plain: createAiffFile({ samples: samples(1) }),
    retagged: [],
    others: [createAiffFile({ samples: samples(2) })],
  },
]

describe.each(cases)('the hash of $name', ({ plain, retagged, others }) => {
  test('is the same with other tags', async () => {
    const hash = await hashOf(plain)
    for (const content of retagged) expect(await hashOf(content)).toBe(hash)
  })

  test('differs for other sound', async () => {
    const hashes = new Set<string>()
    for (const content of [plain, ...others]) hashes.add(await hashOf(content))
    expect(hashes.size).toBe(1 + others.length)
  })
})

test('silence of two lengths has two hashes', async () => {
  const silence = (length: number) =>
    hashOf(createRiff([createFormatChunk(), createRiffChunk('data', Buffer.alloc(length))]))
  expect(await silence(200_000)).not.toBe(await silence(202_000))
})

test('what is between the beginning, the middle and the end does not count', async () => {
  // The promise that the work is limited: a change outside the sample is not seen.
  const content = wave(1)
  expect(await hashOf(withChange(content, 30_000))).toBe(await hashOf(content))
  for (const position of [100, content.length >> 1, content.length - 10])
    expect(await hashOf(withChange(content, position))).not.toBe(await hashOf(content))
})

const python = '/usr/bin/python3'
const hasMutagen = ((): boolean => {
  if (!existsSync(python)) return false
  try {
    execFileSync(python, ['-c', 'import mutagen'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const retagWithMutagen = `
import sys, mutagen
from mutagen.id3 import ID3, TIT2, APIC
from mutagen.apev2 import APEv2
file, text = sys.argv[1], sys.argv[2]
audio = None if file.endswith('.aac') else mutagen.File(file)
kind = 'AAC' if audio is None else type(audio).__name__
if kind in ('MP3', 'WAVE', 'AIFF'):
    if audio.tags is None: audio.add_tags()
    audio.tags.clear()
    audio.tags.add(TIT2(encoding=3, text=text))
    audio.tags.add(APIC(encoding=3, mime='image/png', type=3, desc='', data=b'x' * 200000))
    audio.save(**({'v1': 2} if kind == 'MP3' else {}))
elif kind == 'AAC':
    tags = ID3(); tags.add(TIT2(encoding=3, text=text)); tags.save(file, v1=2)
    tags = APEv2(); tags['Title'] = text; tags.save(file)
elif kind == 'MP4':
    audio['\\xa9nam'] = text; audio['\\xa9cmt'] = 'y' * 200000; audio.save()
else:
    audio['title'] = text; audio['comment'] = 'y' * 200000; audio.save()
`

const realFiles = [
  ...['tone.mp3', 'tone.flac', 'tone.ogg', 'tone.oga', 'tone.opus', 'tone.m4a', 'tone.aac', 'tone.wav'].map(
    (name) => join('tones', name),
  ),
  join('tones', 'tone.aiff'),
  ...['part-flac.ogg', 'part-front.m4a', 'part-fragmented.m4a', 'part-opus.mp4', 'part-vbr.mp3'].map((name) =>
    join('parts', name),
  ),
]

describe.skipIf(!hasMutagen)('after mutagen has changed the tags', () => {
  test.each(realFiles)('%s has the same hash, twice', async (name) => {
    const read = makeTrackReader()
    const file = join(scratchFolder(), `song${extname(name)}`)
    copyFileSync(join(fixturesFolder, name), file)
    const before = await read(file, undefined)
    if ('reason' in before) throw new Error(before.reason)
    expect(before.audioHash).toBeDefined()
    for (const text of ['Another title', 'x']) {
      execFileSync(python, ['-c', retagWithMutagen, file, text])
      expect(await read(file, undefined)).toMatchObject({
        tags: { title: text },
        audioHash: before.audioHash,
      })
    }
  })
})
