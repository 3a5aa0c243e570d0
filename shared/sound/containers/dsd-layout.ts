import { type ByteParser, request } from '../bytes/byte-parser.ts'

/** Where a DSD file has its bits. */
export interface DsdLayout {
  readonly container: 'DSF' | 'DSDIFF'
  /** Bits of a channel in a second. */
  readonly bitRate: number
  readonly channelCount: number
  /** Bits of a channel in the whole file. */
  readonly bits: number
  /** The bytes of a channel that are together, before those of the next channel. */
  readonly blockBytes: number
  /** Whether the first bit of a byte is the least significant one. */
  readonly isLeastSignificantFirst: boolean
  readonly start: number
  readonly length: number
  /** Whether the bits are compressed (DST), which cannot be decoded. */
  readonly isCompressed: boolean
  /** Whether the file ends before its sound does. */
  readonly isCut: boolean
  /** The positions of ID3 tags. */
  readonly id3Tags: readonly number[]
}

const maxChannels = 8
const maxChunks = 200

/** Parses a file that ends at `end`: DSF or DSDIFF; returns undefined if it is neither or damaged. */
export function* findDsdLayout(end: number, start = 0): ByteParser<DsdLayout | undefined> {
  const magic = letters(toView(yield* request(start, 4)), 0)
  const layout =
    magic === 'DSD '
      ? yield* readDsf(start, end)
      : magic === 'FRM8'
        ? yield* readDsdiff(start, end)
        : undefined
  const isPossible =
    layout !== undefined &&
    layout.channelCount >= 1 &&
    layout.channelCount <= maxChannels &&
    layout.bitRate >= 1_000_000 &&
    layout.bitRate <= 50_000_000 &&
    layout.blockBytes >= 1 &&
    layout.blockBytes <= 1024 * 1024 &&
    layout.length > 0
  return isPossible ? layout : undefined
}

function* readDsf(start: number, end: number): ByteParser<DsdLayout | undefined> {
  const view = toView(yield* request(start, 92))
  if (view.byteLength < 92 || letters(view, 28) !== 'fmt ' || letters(view, 80) !== 'data') return undefined
  const channelCount = view.getUint32(52, true)
  const stated = Number(view.getBigUint64(84, true)) - 12
  const data = start + 92
  const length = Math.max(0, Math.min(stated, end - data))
  const tag = Number(view.getBigUint64(20, true))
  const bits = Number(view.getBigUint64(64, true))
  return {
    container: 'DSF',
    bitRate: view.getUint32(56, true),
    channelCount,
    // The last block is filled up with zeros.
    bits: Math.min(bits, Math.floor(length / Math.max(1, channelCount)) * 8),
    blockBytes: view.getUint32(72, true),
    isLeastSignificantFirst: view.getUint32(60, true) === 1,
    start: data,
    length,
    isCompressed: view.getUint32(44, true) !== 0,
    isCut: stated > end - data,
    id3Tags: tag > 0 && tag < end - start ? [start + tag] : [],
  }
}

function* readDsdiff(start: number, end: number): ByteParser<DsdLayout | undefined> {
  const found = { bitRate: 0, channelCount: 0, isCompressed: false, isCut: false, start: 0, length: 0 }
  const id3Tags: number[] = []
  let position = start + 16
  for (let count = 0; count < maxChunks && position + 12 <= end; count++) {
    const header = toView(yield* request(position, 12))
    const type = letters(header, 0)
    const size = Number(header.getBigUint64(4))
    const content = position + 12
    if (type === 'PROP')
      Object.assign(found, yield* readProperties(content + 4, Math.min(content + size, end)))
    else if (type === 'DSD ' || type === 'DST ') {
      found.start = content
      found.length = Math.min(size, end - content)
      found.isCut = size > end - content
      found.isCompressed ||= type === 'DST '
    } else if (type === 'ID3 ') id3Tags.push(content)
    position = content + size + (size % 2)
  }
  const bits = Math.floor(found.length / Math.max(1, found.channelCount)) * 8
  return { container: 'DSDIFF', ...found, bits, blockBytes: 1, isLeastSignificantFirst: false, id3Tags }
}

function* readProperties(
  start: number,
  end: number,
): ByteParser<{ bitRate: number; channelCount: number; isCompressed: boolean }> {
  const found = { bitRate: 0, channelCount: 0, isCompressed: false }
  for (let position = start, count = 0; count < maxChunks && position + 12 <= end; count++) {
    const view = toView(yield* request(position, 16))
    if (view.byteLength < 16) break
    const type = letters(view, 0)
    if (type === 'FS  ') found.bitRate = view.getUint32(12)
    else if (type === 'CHNL') found.channelCount = view.getUint16(12)
    else if (type === 'CMPR') found.isCompressed = letters(view, 12) !== 'DSD '
    const size = Number(view.getBigUint64(4))
    position += 12 + size + (size % 2)
  }
  return found
}

const toView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const letters = (view: DataView, offset: number): string =>
  offset + 4 > view.byteLength
    ? ''
    : String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)))
