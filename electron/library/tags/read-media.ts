import type { BlockTokenizer } from './block-tokenizer.ts'
import type { DetectedKind } from './detect-audio-kind.ts'
import type { MediaReading } from './media-reading.ts'
import { parseWithLibrary } from './parse-with-library.ts'
import { readFlac } from './xiph/read-flac.ts'
import { readOgg } from './xiph/read-ogg.ts'

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
    default:
      return await parseWithLibrary(tokenizer, kind)
  }
}
