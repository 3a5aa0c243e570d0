import { m } from '../../../../shared/i18n/messages.js'
import type { AudioSpan } from '../../../../shared/sound/bytes/audio-span.ts'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { type FirstFrame, findFirstFrame } from '../../../../shared/sound/mpeg/find-frames.ts'
import { measureDuration } from '../../../../shared/sound/mpeg/measure-duration.ts'
import { readVbrHeader } from '../../../../shared/sound/mpeg/vbr-header.ts'
import type { MediaReading, TagValues } from '../media-reading.ts'
import { sampleSpans } from '../sound-sample.ts'

/** What is read from the frames of MPEG audio or ADTS. */
export type MpegReading = Pick<
  MediaReading,
  'codec' | 'duration' | 'format' | 'isPlayable' | 'sound' | 'tags' | 'warnings'
>

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
  const { codec, sampleRate, channels } = first.header
  // Chromium has no decoder for layers 1 and 2, nor for the free format.
  const isPlayable = codec === 'AAC' || (codec === 'MP3' && first.freeLength === undefined)
  return {
    codec,
    duration: seconds > 0 ? seconds : undefined,
    isPlayable,
    format: { sampleRate, channels: channels || undefined },
    tags: readVolumeTags(reader, first),
    sound: sampleSpans([{ start: first.position, length: end - first.position }]),
    warnings: [
      ...(isPlayable ? [] : [m.host_codec_unplayable({ codec: describeCodec(first) })]),
      ...(isCut ? [m.host_file_cut()] : []),
    ],
  }
}

/** Returns the volume that the encoder measured, like tags would state it. */
function readVolumeTags(reader: ByteReader, { position, header }: FirstFrame): TagValues {
  const volume = readVbrHeader(reader.view(position, header.length), header)?.volume ?? {}
  return Object.fromEntries(Object.entries(volume).map(([field, value]) => [field, [String(value)]]))
}

function describeCodec({ header, freeLength }: FirstFrame): string {
  return freeLength === undefined ? header.codec : m.host_codec_free_format({ codec: header.codec })
}
