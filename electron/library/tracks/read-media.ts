import type { BlockTokenizer } from '../tags/block-tokenizer.ts'
import { readMatroska } from '../tags/matroska/read-matroska.ts'
import type { MediaReading } from '../tags/media-reading.ts'
import { readMp4 } from '../tags/mp4/read-mp4.ts'
import type { FirstFrame } from '../tags/mpeg/find-frames.ts'
import { readMpegAudio } from '../tags/mpeg/read-mpeg.ts'
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
      return await readFlac(tokenizer, start)
    case 'ogg':
      return await readOgg(tokenizer, start)
    case 'mp4':
      return readMp4(tokenizer, start)
    case 'webm':
      return readMatroska(tokenizer, start)
    case 'mpeg':
      return firstFrame && (await readMpeg(tokenizer, firstFrame, end))
    default:
      return await parseWithLibrary(tokenizer, kind)
  }
}

async function readMpeg(
  tokenizer: BlockTokenizer,
  firstFrame: FirstFrame,
  end: number,
): Promise<MediaReading> {
  const audio = readMpegAudio(tokenizer, firstFrame, end)
  // The parser refuses files that play. Then only the tags are missing.
  const library = await parseWithLibrary(tokenizer, 'mpeg').catch(() => undefined)
  return { tags: {}, pictures: [], ...library, ...audio }
}
