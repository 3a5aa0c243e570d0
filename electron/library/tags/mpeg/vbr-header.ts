import type { FrameHeader } from './frame-header.ts'

/** What an encoder wrote about the whole stream into its first frame, which has no sound. */
export interface VbrHeader {
  /** The number of frames, this one not included. */
  readonly frames: number | undefined
  /** The bytes of the stream, this frame included. */
  readonly bytes: number | undefined
  /** Samples that the encoder added at the beginning and at the end, which a decoder removes. */
  readonly addedSamples: number
}

/**
 * Returns the header by Xing (also called Info), which LAME extends, or by Fraunhofer (VBRI); undefined if `frame`, the
 * bytes of a file's first frame, has neither. It is in the part of the frame that begins with the main data.
 */
export function readVbrHeader(frame: Uint8Array, header: FrameHeader): VbrHeader | undefined {
  if (header.codec !== 'MP3') return undefined
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const sideBytes = header.version === 1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17
  // Encoders put the header there even if the frame has a checksum; some shift it by the checksum's two bytes.
  return readXing(view, 4 + sideBytes) ?? readXing(view, 6 + sideBytes) ?? readVbri(view, 36)
}

const framesFlag = 1
const bytesFlag = 2
const tableFlag = 4
const qualityFlag = 8

function readXing(view: DataView, start: number): VbrHeader | undefined {
  if (!hasName(view, start, 'Xing') && !hasName(view, start, 'Info')) return undefined
  const flags = readNumber(view, start + 4) ?? 0
  let position = start + 8
  const next = (flag: number): number | undefined => {
    if ((flags & flag) === 0) return undefined
    position += 4
    return readNumber(view, position - 4)
  }
  const frames = next(framesFlag)
  const bytes = next(bytesFlag)
  if ((flags & tableFlag) !== 0) position += 100
  next(qualityFlag)
  return {
    frames: frames || undefined,
    bytes: bytes || undefined,
    addedSamples: readAddedSamples(view, position),
  }
}

/** Reads LAME's extension: 12 bits for the encoder's delay, 12 for the padding. Other encoders write it too. */
function readAddedSamples(view: DataView, start: number): number {
  if (start + 24 > view.byteLength) return 0
  if (!/^(LAME|Lavf|Lavc|GOGO|L3\.9)/.test(readName(view, start))) return 0
  const bits = view.getUint32(start + 20)
  return ((bits >>> 12) & 0xfff) + (bits & 0xfff)
}

function readVbri(view: DataView, start: number): VbrHeader | undefined {
  if (!hasName(view, start, 'VBRI')) return undefined
  return {
    bytes: readNumber(view, start + 10) || undefined,
    frames: readNumber(view, start + 14) || undefined,
    addedSamples: 0,
  }
}

function hasName(view: DataView, start: number, name: string): boolean {
  return readName(view, start) === name
}

function readName(view: DataView, start: number): string {
  if (start + 4 > view.byteLength) return ''
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + start, 4))
}

function readNumber(view: DataView, start: number): number | undefined {
  return start + 4 > view.byteLength ? undefined : view.getUint32(start)
}
