import type { ByteSource } from '../audio-stream.ts'
import { type AudioSpan, findAudioSpan } from '../bytes/audio-span.ts'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { readWith } from '../bytes/retrying-reader.ts'
import { type FirstFrame, findFirstFrame } from './find-frames.ts'
import type { FrameHeader } from './frame-header.ts'
import { isDescribed } from './measure-duration.ts'
import { readVbrHeader, type VbrHeader } from './vbr-header.ts'

/** What is known of a file of MPEG audio or ADTS before its frames are read. */
export interface MpegFile {
  readonly header: FrameHeader
  /** Where the first frame with sound begins. */
  readonly start: number
  /** Where the tags behind the frames begin. */
  readonly end: number
  /** What the encoder wrote about the frames, if it describes this file. */
  readonly claims: VbrHeader | undefined
  /** Where the table of contents counts from. */
  readonly tableStart: number
  /** Bytes of each frame without padding; only in the free format. */
  readonly freeLength: number | undefined
}

/** Samples by which every decoder of layer 3 is late. LAME does not include them in its delay. */
export const decoderDelay = 529

const id3HeaderBytes = 10

/** Finds the frames; undefined if there are none. `span` is where they are, if a container says so. */
export async function openMpegFile(source: ByteSource, span?: AudioSpan): Promise<MpegFile | undefined> {
  return await readWith(source, (reader) => findMpegFile(reader, span ?? findAudioSpan(reader)))
}

function findMpegFile(reader: ByteReader, span: AudioSpan): MpegFile | undefined {
  const first = findAnyFrame(reader, span)
  if (first === undefined) return undefined
  const { position, header, freeLength } = first
  const claims = readVbrHeader(reader.view(position, header.length), header)
  return {
    header,
    // The frame with the claims has no sound.
    start: claims === undefined ? position : position + header.length,
    end: span.end,
    claims: claims && (isDescribed(reader, first, span.end, claims) ? claims : withoutCounts(claims)),
    tableStart: position,
    freeLength,
  }
}

/** A tag whose size is wrong can hide the frames, so a file with nothing behind its tag is searched from the beginning. */
function findAnyFrame(reader: ByteReader, span: AudioSpan): FirstFrame | undefined {
  return (
    findFirstFrame(reader, span) ??
    (span.start === 0 ? undefined : findFirstFrame(reader, { start: id3HeaderBytes, end: span.end }))
  )
}

/** The beginning of the sound stays trimmed in a file that is cut. */
function withoutCounts(claims: VbrHeader | undefined): VbrHeader | undefined {
  return claims && { ...claims, frames: undefined, bytes: undefined, table: undefined }
}
