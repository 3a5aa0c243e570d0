import { type ByteParser, request } from '../bytes/byte-parser.ts'

/** A packet of a Musepack file of version 8. */
export interface MusepackPacket {
  /** Two letters: `SH`, `RG`, `AP`, `SE`. */
  readonly key: string
  readonly position: number
  /** In bytes, with the key and the length itself. */
  readonly length: number
}

/** Gains in decibels, and peaks as a share of full scale; undefined if they were not measured. */
export interface MusepackGain {
  readonly trackGain: number | undefined
  readonly trackPeak: number | undefined
  readonly albumGain: number | undefined
  readonly albumPeak: number | undefined
}

/** What the header of a Musepack file states. */
export interface MusepackLayout {
  readonly version: 7 | 8
  readonly sampleRate: number
  readonly channelCount: number
  /** Undefined if the encoder did not know it. */
  readonly frames: number | undefined
  readonly gain: MusepackGain
  /** Frames of a packet with sound; only of version 8. */
  readonly framesPerPacket: number
  /** Frames at the beginning that are not part of the sound; only of version 8. */
  readonly skippedFrames: number
  /** The packets in front of the sound; only of version 8. */
  readonly headerPackets: readonly MusepackPacket[]
  /** The beginning of the sound. */
  readonly start: number
}

export const musepackFrame = 1152
/** The frames by which the filter bank delays the sound. */
const filterDelay = 481
const sampleRates: readonly number[] = [44_100, 48_000, 37_800, 32_000]
const maxHeaderPackets = 64

/** Parses the header of a file that begins at `start`; returns undefined if it is none of version 7 or 8. */
export function* findMusepackLayout(start: number): ByteParser<MusepackLayout | undefined> {
  const head = toView(yield* request(start, 32))
  if (head.byteLength < 32) return undefined
  if (text(head, 0, 4) === 'MPCK') return yield* readVersion8(start)
  if (text(head, 0, 3) !== 'MP+' || (head.getUint8(3) & 15) !== 7) return undefined
  return readVersion7(head, start)
}

function readVersion7(head: DataView, start: number): MusepackLayout {
  const blocks = head.getUint32(4, true)
  const flags = head.getUint32(8, true)
  const ending = head.getUint32(20, true)
  const isExact = ending >>> 31 === 1
  const last = (ending >>> 20) & 0x7ff
  const frames = blocks * musepackFrame - (isExact ? musepackFrame - last : filterDelay)
  return {
    version: 7,
    sampleRate: sampleRates[(flags >>> 16) & 3] ?? 44_100,
    channelCount: 2,
    frames: Math.max(0, frames),
    gain: {
      trackGain: head.getInt16(14, true) / 100 || undefined,
      trackPeak: head.getUint16(12, true) / 32_768 || undefined,
      albumGain: head.getInt16(18, true) / 100 || undefined,
      albumPeak: head.getUint16(16, true) / 32_768 || undefined,
    },
    framesPerPacket: 0,
    skippedFrames: 0,
    headerPackets: [],
    start: start + 24,
  }
}

function* readVersion8(start: number): ByteParser<MusepackLayout | undefined> {
  const headerPackets: MusepackPacket[] = []
  let header: Omit<MusepackLayout, 'gain' | 'headerPackets' | 'start'> | undefined
  let gain: MusepackGain = noGain
  for (let position = start + 4; headerPackets.length < maxHeaderPackets; ) {
    const packet = readMusepackPacket(yield* request(position, 16), position)
    if (packet === undefined) return undefined
    if (packet.key === 'AP' || packet.key === 'SE')
      return header && { ...header, gain, headerPackets, start: position }
    const bytes = yield* request(position, Math.min(packet.length, 64))
    if (packet.key === 'SH') header = readStreamHeader(bytes)
    else if (packet.key === 'RG') gain = readGain(bytes)
    headerPackets.push(packet)
    position += packet.length
  }
  return undefined
}

/** Reads the key and length of a packet that begins at `position`; returns undefined if there is none. */
export function readMusepackPacket(bytes: Uint8Array, position: number): MusepackPacket | undefined {
  const key = String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0)
  const size = readVariable(bytes, 2)
  if (!/^[A-Z]{2}$/.test(key) || size === undefined || size.value < size.end) return undefined
  return { key, position, length: size.value }
}

/** Reads a number of seven bits a byte, of which all but the last have the highest bit. */
function readVariable(bytes: Uint8Array, offset: number): { value: number; end: number } | undefined {
  let value = 0
  for (let index = offset; index < Math.min(bytes.length, offset + 8); index++) {
    const byte = bytes[index] as number
    value = value * 128 + (byte & 127)
    if (byte < 128) return { value, end: index + 1 }
  }
  return undefined
}

function readStreamHeader(
  bytes: Uint8Array,
): Omit<MusepackLayout, 'gain' | 'headerPackets' | 'start'> | undefined {
  const size = readVariable(bytes, 2)
  if (size === undefined || bytes[size.end + 4] !== 8) return undefined
  const frames = readVariable(bytes, size.end + 5)
  const skipped = frames && readVariable(bytes, frames.end)
  if (frames === undefined || skipped === undefined || skipped.end + 2 > bytes.length) return undefined
  const rate = (bytes[skipped.end] as number) >> 5
  const flags = bytes[skipped.end + 1] as number
  return {
    version: 8,
    sampleRate: sampleRates[rate] ?? 44_100,
    channelCount: (flags >> 4) + 1,
    frames: frames.value === 0 ? undefined : Math.max(0, frames.value - skipped.value),
    framesPerPacket: musepackFrame * 4 ** (flags & 7),
    skippedFrames: skipped.value,
  }
}

const noGain: MusepackGain = {
  trackGain: undefined,
  trackPeak: undefined,
  albumGain: undefined,
  albumPeak: undefined,
}

/** The loudness is measured, so that the gain is the difference to a reference. */
const referenceLoudness = 64.82

function readGain(bytes: Uint8Array): MusepackGain {
  const size = readVariable(bytes, 2)
  if (size === undefined || size.end + 9 > bytes.length || bytes[size.end] !== 1) return noGain
  const view = new DataView(bytes.buffer, bytes.byteOffset + size.end + 1, 8)
  const gain = (loudness: number) => (loudness === 0 ? undefined : referenceLoudness - loudness / 256)
  const peak = (level: number) => (level === 0 ? undefined : 10 ** (level / 256 / 20) / 32_768)
  return {
    trackGain: gain(view.getUint16(0)),
    trackPeak: peak(view.getUint16(2)),
    albumGain: gain(view.getUint16(4)),
    albumPeak: peak(view.getUint16(6)),
  }
}

const toView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const text = (view: DataView, offset: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(offset + index)))
