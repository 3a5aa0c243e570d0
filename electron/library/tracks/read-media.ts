import { readAiff } from '../tags/aiff/read-aiff.ts'
import type { BlockTokenizer } from '../tags/block-tokenizer.ts'
import { readId3TagAt, readTagsAround } from '../tags/id3/tags-around.ts'
import { readMatroska } from '../tags/matroska/read-matroska.ts'
import type { MediaReading, TagValues } from '../tags/media-reading.ts'
import { readMp4 } from '../tags/mp4/read-mp4.ts'
import type { FirstFrame } from '../tags/mpeg/find-frames.ts'
import { readMpegAudio } from '../tags/mpeg/read-mpeg.ts'
import { type ChunkReading, readWave } from '../tags/riff/read-wave.ts'
import { readFlac } from '../tags/xiph/read-flac.ts'
import { readOgg } from '../tags/xiph/read-ogg.ts'
import type { DetectedKind } from './detect-audio-kind.ts'

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
      return await readChunks(tokenizer, readWave(tokenizer))
    case 'aiff':
      return await readChunks(tokenizer, readAiff(tokenizer))
  }
}

/** Some programs write ID3 tags around FLAC. The comments come before them. */
async function readTaggedFlac(tokenizer: BlockTokenizer, start: number): Promise<MediaReading | undefined> {
  const reading = await readFlac(tokenizer, start)
  if (reading === undefined || (start === 0 && Object.keys(reading.tags).length > 0)) return reading
  const around = await readTagsAround(tokenizer)
  return {
    ...reading,
    tags: fillTags(reading.tags, around.tags),
    pictures: [...reading.pictures, ...around.pictures],
  }
}

/** Returns the values of `tags`, and those of `more` for fields without any. */
function fillTags(tags: TagValues, more: TagValues): TagValues {
  const known = Object.entries(tags).filter(([, values]) => values.length > 0)
  return { ...more, ...Object.fromEntries(known) }
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
  found: ChunkReading | undefined,
): Promise<MediaReading | undefined> {
  if (found === undefined) return undefined
  let { tags, pictures, warnings } = found.reading
  for (const position of found.id3Tags) {
    const tag = await readId3TagAt(tokenizer, position)
    if (tag === undefined) continue
    tags = fillTags(tag.tags, tags)
    pictures = [...pictures, ...tag.pictures]
    warnings = [...warnings, ...tag.warnings]
  }
  return { ...found.reading, tags, pictures, warnings }
}
