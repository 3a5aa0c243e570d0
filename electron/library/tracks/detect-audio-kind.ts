import { type AudioKind, id3TagLength, kindByMagicBytes } from '../tags/audio-kind.ts'
import type { ByteReader } from '../tags/byte-reader.ts'
import { hasMpegFrames } from '../tags/mpeg-frames.ts'

/** A format, and where its header or its first frame is searched for. */
export interface DetectedKind {
  readonly kind: AudioKind
  /** The position after the ID3 tags in front. */
  readonly start: number
}

const searchWindowBytes = 64 * 1024
/** No program writes more tags one after the other. */
const maxTags = 64

/** Returns the kind by the file's first bytes, after the ID3 tags that it begins with. Its name does not count. */
export function detectAudioKind(reader: ByteReader): DetectedKind | undefined {
  let start = 0
  for (let count = 0; count < maxTags; count++) {
    const length = id3TagLength(reader.view(start, 10))
    if (length === 0 || start + length >= reader.size) break
    start += length
  }
  const announced = kindByMagicBytes(reader.view(start, 12))
  if (announced !== undefined) return { kind: announced, start }
  // There may be padding before the first frame. The windows overlap by more than three frames.
  const limit = Math.min(reader.size, start + 4 * searchWindowBytes)
  for (let position = start; position < limit; position += searchWindowBytes - 16 * 1024) {
    const isEnd = position + searchWindowBytes >= reader.size
    if (hasMpegFrames(reader.view(position, searchWindowBytes), isEnd)) return { kind: 'mpeg', start }
  }
  return undefined
}
