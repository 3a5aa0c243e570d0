import type { FrameHeader } from './frame-header.ts'

/** What an encoder wrote about the whole stream into its first frame, which has no sound. */
export interface VbrHeader {
  /** The number of frames, this one not included. */
  readonly frames: number | undefined
  /** The bytes of the stream, this frame included. */
  readonly bytes: number | undefined
  /** Samples that the encoder added at the beginning and at the end, which a decoder removes; undefined if unknown. */
  readonly added: AddedSamples | undefined
  /** Positions in the file by shares of the duration; undefined without a table. */
  readonly table: SeekTable | undefined
  /** What LAME measured. */
  readonly volume: EncodedVolume
}

/** Samples that the encoder added, without those that every decoder adds. */
export interface AddedSamples {
  readonly delay: number
  readonly padding: number
}

/** Bytes from the start of the first frame, at equal distances of time from 0 to the end. */
export interface SeekTable {
  readonly positions: readonly number[]
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
  const tableStart = position
  if ((flags & tableFlag) !== 0) position += tableEntries
  const table = position > tableStart && bytes ? readTable(view, tableStart, bytes) : undefined
  next(qualityFlag)
  return {
    frames: frames || undefined,
    bytes: bytes || undefined,
    added: readAddedSamples(view, position),
    table,
    volume: readVolume(view, position),
  }
}

const tableEntries = 100

/** Xing's table has a byte for each hundredth of the duration: a share of the bytes in 1/256. */
function readTable(view: DataView, start: number, bytes: number): SeekTable | undefined {
  if (start + tableEntries > view.byteLength) return undefined
  const shares = Array.from({ length: tableEntries }, (_, index) => view.getUint8(start + index))
  const isRising = shares.every((share, index) => index === 0 || share >= (shares[index - 1] ?? 0))
  if (!isRising || shares.at(-1) === 0) return undefined
  return { positions: [...shares.map((share) => (share * bytes) / 256), bytes] }
}

/** Reads LAME's extension: 12 bits for the encoder's delay, 12 for the padding. Other encoders write it too. */
function readAddedSamples(view: DataView, start: number): AddedSamples | undefined {
  if (start + 24 > view.byteLength) return undefined
  if (!/^(LAME|Lavf|Lavc|GOGO|L3\.9)/.test(readName(view, start))) return undefined
  const bits = view.getUint32(start + 20)
  return { delay: (bits >>> 12) & 0xfff, padding: bits & 0xfff }
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
    added: undefined,
    table: undefined,
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
