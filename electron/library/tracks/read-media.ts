import type { FirstFrame } from '../../../shared/sound/mpeg/find-frames.ts'
import { readAiff } from '../tags/aiff/read-aiff.ts'
import { readAsf } from '../tags/asf/read-asf.ts'
import type { BlockReader } from '../tags/block-reader.ts'
import { readId3TagAt, readTagsAround } from '../tags/id3/tags-around.ts'
import { readMatroska } from '../tags/matroska/read-matroska.ts'
import type { MediaReading } from '../tags/media-reading.ts'
import { readMp4 } from '../tags/mp4/read-mp4.ts'
import { readMpegAudio } from '../tags/mpeg/read-mpeg.ts'
import { readCaf } from '../tags/other/read-caf.ts'
import { readDsd } from '../tags/other/read-dsd.ts'
import { readMonkeysAudio } from '../tags/other/read-monkeys-audio.ts'
import { readMusepack } from '../tags/other/read-musepack.ts'
import { readWavPack } from '../tags/other/read-wavpack.ts'
import { type ChunkReading, readWave } from '../tags/riff/read-wave.ts'
import { readFlac } from '../tags/xiph/read-flac.ts'
import { readOgg } from '../tags/xiph/read-ogg.ts'
import type { DetectedKind } from './detect-audio-kind.ts'

/** Reads a file of a detected kind; undefined if it contains no sound. */
export async function readMedia(
  reader: BlockReader,
  { kind, start, end, firstFrame }: DetectedKind,
): Promise<MediaReading | undefined> {
  switch (kind) {
    case 'flac':
      return await addTagsAround(reader, await readFlac(reader, start, end))
    case 'ogg':
      return await addTagsAround(reader, await readOgg(reader, start, end))
    case 'mp4':
      return readMp4(reader, start)
    case 'webm':
      return readMatroska(reader, start)
    case 'mpeg':
      return firstFrame && (await readMpeg(reader, firstFrame, end))
    case 'wave':
      return await readChunks(reader, await readWave(reader))
    case 'aiff':
      return await readChunks(reader, await readAiff(reader))
    case 'wavpack':
      return await readWavPack(reader, { start, end })
    case 'musepack':
      return await readMusepack(reader, { start, end })
    case 'monkeysAudio':
      return await readMonkeysAudio(reader, { start, end })
    case 'asf':
      return readAsf(reader, start)
    case 'dsf':
    case 'dsdiff':
      return await readChunks(reader, readDsd(reader, start))
    case 'caf':
      return readCaf(reader, start)
  }
}

/** Some programs write only tags of other formats around FLAC and Ogg. The comments come before them. */
async function addTagsAround(
  reader: BlockReader,
  reading: MediaReading | undefined,
): Promise<MediaReading | undefined> {
  if (reading === undefined || Object.keys(reading.tags).length > 0) return reading
  const { tags, pictures, listers } = await readTagsAround(reader)
  return {
    ...reading,
    tags,
    pictures: reading.pictures.length > 0 ? reading.pictures : pictures,
    listers: [...reading.listers, ...listers],
  }
}

async function readMpeg(reader: BlockReader, firstFrame: FirstFrame, end: number): Promise<MediaReading> {
  const audio = readMpegAudio(reader, firstFrame, end)
  const around = await readTagsAround(reader)
  return {
    ...around,
    ...audio,
    tags: { ...audio.tags, ...around.tags },
    warnings: [...audio.warnings, ...around.warnings],
  }
}

/** Adds the ID3 tags in chunks, which have more than the format's own texts and come before them. */
async function readChunks(
  reader: BlockReader,
  found: ChunkReading | undefined,
): Promise<MediaReading | undefined> {
  let reading = found?.reading
  for (const position of found?.id3Tags.toReversed() ?? []) {
    const tag = await readId3TagAt(reader, position)
    if (tag === undefined || reading === undefined) continue
    const fields = Object.entries(tag.tags).filter(([, values]) => values.length > 0)
    reading = {
      ...reading,
      tags: { ...reading.tags, ...Object.fromEntries(fields) },
      pictures: [...tag.pictures, ...reading.pictures],
      warnings: [...reading.warnings, ...tag.warnings],
      listers: [...tag.listers, ...reading.listers],
    }
  }
  return reading
}
