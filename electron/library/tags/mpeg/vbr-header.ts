import type { FrameHeader } from './frame-header.ts'

/** What an encoder wrote about the whole stream into its first frame, which has no sound. */
export interface VbrHeader {
  /** The number of frames, this one not included. */
  readonly frames: number | undefined
  /** The bytes of the stream, this frame included. */
  readonly bytes: number | undefined
  /** Samples that the encoder added at the beginning and at the end, which a decoder removes. */
  readonly addedSamples: number
  /** What LAME measured. */
  readonly volume: EncodedVolume
}

/** The volume of the sound, by which players equalize songs. */
export interface EncodedVolume {
  /** Decibels to reach the reference volume. */
  readonly trackGain?: number
  readonly albumGain?: number
  /** A share of full scale. */
  readonly trackPeak?: number
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
    volume: readVolume(view, position),
  }
}

/** Reads LAME's extension: 12 bits for the encoder's delay, 12 for the padding. Other encoders write it too. */
function readAddedSamples(view: DataView, start: number): number {
  if (start + 24 > view.byteLength) return 0
  if (!/^(LAME|Lavf|Lavc|GOGO|L3\.9)/.test(readName(view, start))) return 0
  const bits = view.getUint32(start + 20)
  return ((bits >>> 12) & 0xfff) + (bits & 0xfff)
}

/** Reads the volume from LAME's extension. */
function readVolume(view: DataView, start: number): EncodedVolume {
  if (start + 24 > view.byteLength) return {}
  const version = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + start, 9))
  const [, major, minor] = /^LAME(\d)\.(\d{2,3})/.exec(version) ?? []
  if (major === undefined || minor === undefined) return {}
  const number = Number(major) * 1000 + Number(minor)
  // Before 3.95 the reference volume was 83 dB; it is 89 dB.
  const offset = number < 3095 ? 6 : 0
  const gains = [view.getUint16(start + 15), view.getUint16(start + 17)]
  const gainNamed = (name: number) => gains.find((gain) => gain >>> 13 === name && ((gain >>> 10) & 7) !== 0)
  const trackGain = gainNamed(trackGainName)
  const albumGain = gainNamed(albumGainName)
  const peak = number < 3094 ? 0 : view.getUint32(start + 11) / 2 ** 23
  return {
    ...(trackGain !== undefined && { trackGain: decibels(trackGain) + offset }),
    ...(albumGain !== undefined && { albumGain: decibels(albumGain) + offset }),
    ...(peak > 0 && { trackPeak: peak }),
  }
}

const trackGainName = 1
const albumGainName = 2

/** Nine bits in tenths of a decibel, and a bit for the sign. */
const decibels = (gain: number): number => ((gain & 0x1ff) / 10) * ((gain & 0x200) === 0 ? 1 : -1)

function readVbri(view: DataView, start: number): VbrHeader | undefined {
  if (!hasName(view, start, 'VBRI')) return undefined
  return {
    bytes: readNumber(view, start + 10) || undefined,
    frames: readNumber(view, start + 14) || undefined,
    addedSamples: 0,
    volume: {},
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
