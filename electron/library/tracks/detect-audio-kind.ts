import { type AudioKind, kindByMagicBytes } from '../../../shared/sound/bytes/audio-kind.ts'
import { findAudioSpan } from '../../../shared/sound/bytes/audio-span.ts'
import type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
import type { FirstFrame } from '../../../shared/sound/mpeg/find-frames.ts'
import { isMp4 } from '../tags/mp4/read-mp4.ts'
import { findMpegAudio } from '../tags/mpeg/read-mpeg.ts'

/** A format, and where its audio is. */
export interface DetectedKind {
  readonly kind: AudioKind
  /** The position after the tags in front. */
  readonly start: number
  /** The position of the tags behind. */
  readonly end: number
  /** The first frame; only of MPEG audio and ADTS. */
  readonly firstFrame: FirstFrame | undefined
}

/** Returns the kind by the file's first bytes, after the tags that it begins with. Its name does not count. */
export function detectAudioKind(reader: ByteReader): DetectedKind | undefined {
  const span = findAudioSpan(reader)
  const announced = kindByMagicBytes(reader.view(span.start, 12))
  if (announced !== undefined) return { kind: announced, ...span, firstFrame: undefined }
  if (isMp4(reader, span.start)) return { kind: 'mp4', ...span, firstFrame: undefined }
  const firstFrame = findMpegAudio(reader, span)
  return firstFrame && { kind: 'mpeg', ...span, firstFrame }
}
