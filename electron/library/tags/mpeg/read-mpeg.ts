import type { AudioSpan } from '../audio-span.ts'
import type { ByteReader } from '../byte-reader.ts'
import { type FirstFrame, findFirstFrame } from './find-frames.ts'
import type { MpegCodec } from './frame-header.ts'
import { measureDuration } from './measure-duration.ts'

/** What is read from the frames of MPEG audio or ADTS. */
export interface MpegReading {
  readonly codec: MpegCodec
  /** Seconds. */
  readonly duration: number
  /** Whether Chromium has a decoder: it has none for layers 1 and 2 and for the free format. */
  readonly isPlayable: boolean
  /** Whether the end of the audio is missing. */
  readonly isCut: boolean
}

/** Finds MPEG audio in `span`, the part of a file between its tags. */
export function findMpegAudio(reader: ByteReader, span: AudioSpan): FirstFrame | undefined {
  // A tag whose size is wrong can hide the audio, so a file with nothing behind its tag is searched from the beginning.
  return (
    findFirstFrame(reader, span) ??
    (span.start === 0 ? undefined : findFirstFrame(reader, { start: id3HeaderBytes, end: span.end }))
  )
}

const id3HeaderBytes = 10

/** Reads the audio that begins with `first`, as `findMpegAudio` found it, and ends at `end`. */
export function readMpegAudio(reader: ByteReader, first: FirstFrame, end: number): MpegReading {
  const { seconds, isCut } = measureDuration(reader, first, end)
  const { codec } = first.header
  const isPlayable = codec === 'AAC' || (codec === 'MP3' && first.freeLength === undefined)
  return { codec, duration: seconds, isPlayable, isCut }
}
