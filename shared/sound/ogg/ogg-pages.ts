import type { ByteReader } from '../bytes/byte-reader.ts'

/** A page's header (https://xiph.org/ogg/doc/framing.html). */
export interface OggPage {
  /** The position of the page in the file. */
  readonly position: number
  readonly bodyPosition: number
  /** The position after the page, which may be beyond the end of a truncated file. */
  readonly end: number
  readonly serial: number
  readonly sequence: number
  /** The position in the stream at the end of the last packet that ends on this page; −1 if none ends here. */
  readonly granule: number
  /** Whether its first packet began on an earlier page. */
  readonly isContinued: boolean
  /** Whether it is the first page of its stream. */
  readonly isFirst: boolean
  /** The number of packets that end on this page. */
  readonly completedPackets: number
  /** Whether it is the last page of its stream. */
  readonly isLast: boolean
}

const headerBytes = 27
const maxHeaderBytes = headerBytes + 255
/** No page is longer. */
export const maxPageBytes = maxHeaderBytes + 255 * 255
const searchBytes = 32 * 1024
/** `OggS` and the version. */
const capturePattern = [0x4f, 0x67, 0x67, 0x53, 0]

/** Returns the page whose header is at `position`; undefined if there is none. */
export function readPage(source: ByteReader, position: number): OggPage | undefined {
  return parsePage(source.view(position, maxHeaderBytes), position)
}

/** Returns the first page that begins at `position` or after it and before `limit`. */
export function findPage(source: ByteReader, position: number, limit = source.size): OggPage | undefined {
  const exact = position < limit ? readPage(source, position) : undefined
  if (exact !== undefined) return exact
  for (let start = position; start < limit; ) {
    const bytes = source.view(start, Math.min(searchBytes, limit - start + capturePattern.length))
    for (let at = indexOfPattern(bytes, 0); at >= 0; at = indexOfPattern(bytes, at + 1)) {
      // Near the end of the window the header is incomplete: the next window begins with it.
      if (at > 0 && at + maxHeaderBytes > bytes.length && start + bytes.length < limit) break
      const page = parsePage(bytes.subarray(at), start + at)
      if (page !== undefined) return page
    }
    if (bytes.length <= maxHeaderBytes) return undefined
    start += bytes.length - maxHeaderBytes
  }
  return undefined
}

function indexOfPattern(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x4f, from); at >= 0; at = bytes.indexOf(0x4f, at + 1))
    if (capturePattern.every((byte, offset) => bytes[at + offset] === byte)) return at
  return -1
}

/** Returns the lengths of the page's segments. Copied, because a view is valid until the next read only. */
export function readLacing(source: ByteReader, page: OggPage): Uint8Array {
  const count = page.bodyPosition - page.position - headerBytes
  return source.view(page.position + headerBytes, count).slice()
}

/** Whether the whole page is in the file and its checksum is right. */
export function isPageIntact(source: ByteReader, page: OggPage): boolean {
  const length = page.end - page.position
  if (page.end > source.size || length > maxPageBytes) return false
  const bytes = source.view(page.position, length)
  if (bytes.length < length) return false
  return hasRightChecksum(bytes)
}

/** Whether the checksum of a whole page is right. */
export function hasRightChecksum(page: Uint8Array): boolean {
  let crc = 0
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : (page[i] ?? 0)
    crc = ((crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0)) >>> 0
  }
  return crc === new DataView(page.buffer, page.byteOffset).getUint32(22, true)
}

/** Returns the page whose header `bytes` begin with, at `position` in the file; undefined if there is none. */
export function parsePage(bytes: Uint8Array, position: number): OggPage | undefined {
  if (bytes.length < headerBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = bytes[5] ?? 0
  if (view.getUint32(0) !== 0x4f676753 || bytes[4] !== 0 || flags > 7) return undefined
  const segments = bytes[26] ?? 0
  if (bytes.length < headerBytes + segments) return undefined
  let length = 0
  let completedPackets = 0
  for (let i = headerBytes; i < headerBytes + segments; i++) {
    const segment = bytes[i] ?? 0
    length += segment
    if (segment < 255) completedPackets++
  }
  const bodyPosition = position + headerBytes + segments
  return {
    position,
    bodyPosition,
    end: bodyPosition + length,
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    granule: Number(view.getBigInt64(6, true)),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    completedPackets,
    isLast: (flags & 4) !== 0,
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  return crc >>> 0
})
