import { readAiff } from '../tags/aiff/read-aiff.ts'
import type { AudioKind } from '../tags/audio-kind.ts'
import type { BlockTokenizer } from '../tags/block-tokenizer.ts'
import { readTagsAround } from '../tags/id3/tags-around.ts'
import { readMatroska } from '../tags/matroska/read-matroska.ts'
import type { MediaReading } from '../tags/media-reading.ts'
import { readMp4 } from '../tags/mp4/read-mp4.ts'
import type { FirstFrame } from '../tags/mpeg/find-frames.ts'
import { readMpegAudio } from '../tags/mpeg/read-mpeg.ts'
import { type ChunkReading, readWave } from '../tags/riff/read-wave.ts'
import { readFlac } from '../tags/xiph/read-flac.ts'
import { readOgg } from '../tags/xiph/read-ogg.ts'
import type { DetectedKind } from './detect-audio-kind.ts'
import { parseWithLibrary } from './parse-with-library.ts'

/** Reads a file of a detected kind; undefined if it contains no sound. */
export async function readMedia(
  tokenizer: BlockTokenizer,
  { kind, start, end, firstFrame }: DetectedKind,
): Promise<MediaReading | undefined> {
  switch (kind) {
    case 'flac':
      return await readTaggedFlac(tokenizer, start)
    case 'ogg':
      return await readOgg(tokenizer, start)
    case 'mp4':
      return readMp4(tokenizer, start)
    case 'webm':
      return readMatroska(tokenizer, start)
    case 'mpeg':
      return firstFrame && (await readMpeg(tokenizer, firstFrame, end))
    case 'wave':
      return await readChunks(tokenizer, kind, readWave(tokenizer))
    case 'aiff':
      return await readChunks(tokenizer, kind, readAiff(tokenizer))
    default:
      return await parseWithLibrary(tokenizer, kind)
  }
}

/** Some programs write only an ID3 tag in front. The comments come before it. */
async function readTaggedFlac(tokenizer: BlockTokenizer, start: number): Promise<MediaReading | undefined> {
  const reading = await readFlac(tokenizer, start)
  if (reading === undefined || start === 0 || Object.keys(reading.tags).length > 0) return reading
  const library = await parseWithLibrary(tokenizer, 'flac').catch(() => undefined)
  return library === undefined ? reading : { ...reading, tags: library.tags }
}

async function readMpeg(
  tokenizer: BlockTokenizer,
  firstFrame: FirstFrame,
  end: number,
): Promise<MediaReading> {
  const audio = readMpegAudio(tokenizer, firstFrame, end)
  const around = await readTagsAround(tokenizer)
  return { ...around, ...audio, warnings: [...audio.warnings, ...around.warnings] }
}

/** An ID3 tag in a chunk has more than the format's own texts. */
async function readChunks(
  tokenizer: BlockTokenizer,
  kind: AudioKind,
  found: ChunkReading | undefined,
): Promise<MediaReading | undefined> {
  if (found === undefined || found.id3Tags.length === 0) return found?.reading
  const library = await parseWithLibrary(tokenizer, kind).catch(() => undefined)
  const id3 = Object.entries(library?.tags ?? {}).filter(([, values]) => values.length > 0)
  return {
    ...found.reading,
    pictures: library?.pictures ?? [],
    tags: { ...found.reading.tags, ...Object.fromEntries(id3) },
  }
}
