import { type ByteParser, request } from '../bytes/byte-parser.ts'

/** The header of a WavPack block. A block has one or two channels; several at the same index are a group. */
export interface WavPackBlock {
  /** In bytes, with the header. */
  readonly length: number
  /** The first frame, and their number. A block with 0 frames has only metadata. */
  readonly index: number
  readonly frames: number
  /** Frames of the whole file; undefined if the encoder did not know it. */
  readonly totalFrames: number | undefined
  readonly channels: 1 | 2
  readonly isFirstOfGroup: boolean
  readonly isLastOfGroup: boolean
  /** Undefined if it is in the metadata. */
  readonly sampleRate: number | undefined
  readonly bitDepth: number
  readonly isFloat: boolean
  readonly isDsd: boolean
}

export const wavPackHeaderBytes = 32
/** The reference decoder rejects longer blocks. */
export const maxWavPackBlockBytes = 1024 * 1024
/** Encoders write up to half a second in a block. */
const maxFrames = 1 << 20

const sampleRates: readonly number[] = [
  6000, 8000, 9600, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000, 192000,
]
const unknownTotal = 0xffff_ffff
const flags = { mono: 1 << 2, float: 1 << 7, first: 1 << 11, last: 1 << 12 } as const

/** Reads the header at `offset`; returns undefined if there is none. */
export function readWavPackBlock(bytes: Uint8Array, offset = 0): WavPackBlock | undefined {
  if (offset + wavPackHeaderBytes > bytes.length || !isMagic(bytes, offset)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, wavPackHeaderBytes)
  const length = view.getUint32(4, true) + 8
  const version = view.getUint16(8, true)
  if (length < wavPackHeaderBytes || length > maxWavPackBlockBytes || version < 0x402 || version > 0x410)
    return undefined
  const frames = view.getUint32(20, true)
  if (frames > maxFrames) return undefined
  const bits = view.getUint32(24, true)
  const total = view.getUint32(12, true)
  const highTotal = view.getUint8(11)
  return {
    length,
    index: view.getUint32(16, true) + view.getUint8(10) * 2 ** 32,
    frames,
    totalFrames: total === unknownTotal ? undefined : total + highTotal * 2 ** 32 - highTotal,
    channels: (bits & flags.mono) === 0 ? 2 : 1,
    isFirstOfGroup: (bits & flags.first) !== 0,
    isLastOfGroup: (bits & flags.last) !== 0,
    sampleRate: sampleRates[(bits >>> 23) & 15],
    bitDepth: ((bits & 3) + 1) * 8,
    isFloat: (bits & flags.float) !== 0,
    isDsd: bits >>> 31 === 1,
  }
}

const isMagic = (bytes: Uint8Array, offset: number): boolean =>
  bytes[offset] === 0x77 &&
  bytes[offset + 1] === 0x76 &&
  bytes[offset + 2] === 0x70 &&
  bytes[offset + 3] === 0x6b

/** A part of a block's metadata, by offsets in the block. */
export interface WavPackMetadata {
  readonly kind: number
  readonly header: number
  readonly start: number
  readonly end: number
}

/** Yields the metadata of a block. The last one is cut if the block is. */
export function* wavPackMetadata(block: Uint8Array): Generator<WavPackMetadata> {
  let header = wavPackHeaderBytes
  while (header + 2 <= block.length) {
    const id = block[header] as number
    const isLarge = (id & 0x80) !== 0
    const words =
      (block[header + 1] as number) +
      (isLarge ? ((block[header + 2] ?? 0) << 8) + ((block[header + 3] ?? 0) << 16) : 0)
    const start = header + (isLarge ? 4 : 2)
    const end = start + words * 2
    yield { kind: id & 0x3f, header, start, end: Math.min(end - ((id & 0x40) === 0 ? 0 : 1), block.length) }
    header = end
  }
}

export const wavPackKinds = { dsd: 0x0e, sampleRate: 0x27, checksum: 0x2f } as const

/** What a WavPack file contains. */
export interface WavPackLayout {
  readonly sampleRate: number
  readonly channelCount: number
  readonly bitDepth: number
  readonly isFloat: boolean
  readonly isDsd: boolean
  readonly frames: number | undefined
}

/** What describes the samples is in front of them. */
const maxMetadataBytes = 4096
const maxSearchedBytes = 1024 * 1024

/** Parses the first block with sound of a file from `start` to `end`; returns undefined if there is none. */
export function* findWavPackLayout(start: number, end: number): ByteParser<WavPackLayout | undefined> {
  let channelCount = 0
  let first: WavPackLayout | undefined
  for (let position = start; position < Math.min(end, start + maxSearchedBytes); ) {
    const block = readWavPackBlock(yield* request(position, wavPackHeaderBytes))
    if (block === undefined) return first
    if (block.frames > 0) {
      channelCount += block.channels
      first ??= describe(block, yield* request(position, Math.min(block.length, maxMetadataBytes)))
      if (block.isLastOfGroup) {
        const frames = first.frames ?? (yield* findLastFrame(start, end))
        return { ...first, channelCount, frames }
      }
    }
    position += block.length
  }
  return first
}

function describe(block: WavPackBlock, bytes: Uint8Array): WavPackLayout {
  let sampleRate = block.sampleRate ?? 0
  let dsdBits = 0
  for (const { kind, start, end } of wavPackMetadata(bytes)) {
    const content = bytes.subarray(start, end)
    if (kind === wavPackKinds.sampleRate && block.sampleRate === undefined)
      sampleRate = content.reduceRight((value, byte) => value * 256 + byte, 0)
    else if (kind === wavPackKinds.dsd) dsdBits = content[0] ?? 0
  }
  return {
    // A frame of DSD has eight bits of each channel.
    sampleRate: block.isDsd ? (sampleRate * 2 ** Math.min(dsdBits, 16)) / 8 : sampleRate,
    channelCount: block.channels,
    bitDepth: block.isDsd ? 1 : block.bitDepth,
    isFloat: block.isFloat,
    isDsd: block.isDsd,
    frames: block.totalFrames,
  }
}

/** Returns the frame behind the last block, for files whose header does not state it. */
function* findLastFrame(start: number, end: number): ByteParser<number | undefined> {
  const from = Math.max(start, end - maxSearchedBytes)
  const tail = (yield* request(from, end - from)).slice()
  for (let offset = tail.length - wavPackHeaderBytes; offset >= 0; offset--) {
    const block = readWavPackBlock(tail, offset)
    if (block !== undefined && block.frames > 0) return block.index + block.frames
  }
  return undefined
}
