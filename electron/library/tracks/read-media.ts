import type { BlockTokenizer } from '../tags/block-tokenizer.ts'
import { readTagsAround } from '../tags/id3/tags-around.ts'
import type { MediaReading } from '../tags/media-reading.ts'
import { readFlac } from '../tags/xiph/read-flac.ts'
import { readOgg } from '../tags/xiph/read-ogg.ts'
import type { DetectedKind } from './detect-audio-kind.ts'
import { parseWithLibrary } from './parse-with-library.ts'

/** Reads a file of a detected kind; undefined if it contains no sound. */
export async function readMedia(
  tokenizer: BlockTokenizer,
  { kind, start }: DetectedKind,
): Promise<MediaReading | undefined> {
  switch (kind) {
    case 'flac':
      return await readFlac(tokenizer, start)
    case 'ogg':
      return await readOgg(tokenizer, start)
    case 'mpeg': {
      const reading = await parseWithLibrary(tokenizer, kind)
      return reading && { ...reading, ...(await readTagsAround(tokenizer)) }
    }
    default:
      return await parseWithLibrary(tokenizer, kind)
  }
}
