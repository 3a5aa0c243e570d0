import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { readBytes, readUint } from '../read-numbers.ts'

/** The IDs of the elements that are read (RFC 9559). */
export const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  title: 0x7ba9,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  flagEnabled: 0xb9,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  defaultDuration: 0x23e383,
  audio: 0xe1,
  bitDepth: 0x6264,
  channels: 0x9f,
  samplingFrequency: 0xb5,
  contentEncodings: 0x6d80,
  contentEncoding: 0x6240,
  contentEncodingType: 0x5033,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTrackPositions: 0xb7,
  cueClusterPosition: 0xf1,
  chapters: 0x1043a770,
  attachments: 0x1941a469,
  attachedFile: 0x61a7,
  fileName: 0x466e,
  fileMediaType: 0x4660,
  fileData: 0x465c,
  tags: 0x1254c367,
  tag: 0x7373,
  targets: 0x63c0,
  targetTypeValue: 0x68ca,
  targetType: 0x63ca,
  tagTrackUid: 0x63c5,
  tagChapterUid: 0x63c4,
  tagAttachmentUid: 0x63c6,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagDefault: 0x4484,
  tagString: 0x4487,
} as const

/** The elements of a segment. One of them ends a cluster of unknown size. */
const segmentElements: ReadonlySet<number> = new Set([
  ids.seekHead,
  ids.info,
  ids.tracks,
  ids.cluster,
  ids.cues,
  ids.chapters,
  ids.attachments,
  ids.tags,
  ids.segment,
  ids.ebml,
])

/** An element of a Matroska file. */
export interface Element {
  readonly id: number
  /** The positions of its header and its content, and where it ends within its parent. */
  readonly start: number
  readonly content: number
  readonly end: number
  /** The end that its header states; infinite for an unknown size. */
  readonly statedEnd: number
}

/** A file with more elements in one parent is not read to its end. */
const maxElements = 2_000_000

/** Yields the elements from `start` to `end`. Stops at a header that cannot be one. */
export function* elementsIn(reader: ByteReader, start: number, end: number): Generator<Element> {
  let position = start
  for (let count = 0; count < maxElements && position < end; count++) {
    const element = readElement(reader, position, end)
    if (element === undefined) return
    yield element
    position = element.statedEnd === Number.POSITIVE_INFINITY ? element.content : element.end
  }
}

/** Returns the elements inside an element; those of a cluster of unknown size end where the next of the segment begins. */
export function* childrenOf(reader: ByteReader, parent: Element): Generator<Element> {
  const isUnknown = parent.statedEnd === Number.POSITIVE_INFINITY
  for (const element of elementsIn(reader, parent.content, parent.end)) {
    if (isUnknown && parent.id !== ids.segment && segmentElements.has(element.id)) return
    yield element
  }
}

/** Returns the element whose header is at `position`; undefined for bytes that are no header. */
export function readElement(reader: ByteReader, position: number, end: number): Element | undefined {
  const bytes = reader.view(position, Math.min(12, end - position))
  const idLength = leadingZeros(bytes[0]) + 1
  if (idLength > 4 || idLength >= bytes.length) return undefined
  let id = 0
  for (let index = 0; index < idLength; index++) id = id * 256 + (bytes[index] ?? 0)
  const first = bytes[idLength] ?? 0
  const sizeLength = leadingZeros(first) + 1
  if (sizeLength > 8 || idLength + sizeLength > bytes.length) return undefined
  let size = first & (0xff >> sizeLength)
  let isUnknown = size === 0xff >> sizeLength
  for (let index = 1; index < sizeLength; index++) {
    const byte = bytes[idLength + index] ?? 0
    isUnknown &&= byte === 0xff
    size = size * 256 + byte
  }
  const content = position + idLength + sizeLength
  const statedEnd = isUnknown ? Number.POSITIVE_INFINITY : content + size
  return { id, start: position, content, end: Math.min(statedEnd, end), statedEnd }
}

function leadingZeros(byte: number | undefined): number {
  return byte === undefined ? 8 : Math.clz32(byte) - 24
}

/** Returns an element's unsigned number; 0 for one that is empty or too long. */
export function readNumber(reader: ByteReader, { content, end }: Element): number {
  const length = end - content
  if (length > 8) return 0
  const bytes = readBytes(reader, content, length)
  return readUint(bytes, 0, bytes.byteLength)
}

export function readFloat(reader: ByteReader, { content, end }: Element): number {
  const bytes = readBytes(reader, content, Math.min(8, end - content))
  if (bytes.byteLength === 4) return bytes.getFloat32(0)
  return bytes.byteLength === 8 ? bytes.getFloat64(0) : 0
}

/** A longer text is cut. */
const maxTextBytes = 64 * 1024

/** Returns an element's text, which may be padded with zeros. */
export function readText(reader: ByteReader, { content, end }: Element): string {
  const bytes = reader.view(content, Math.min(maxTextBytes, end - content))
  return new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes).split('\0')[0] ?? ''
}
