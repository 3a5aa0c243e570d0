import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { asciiText, readBytes, readUint } from '../read-numbers.ts'

/** A box (QuickTime: atom) of an MP4 file. */
export interface Box {
  /** The four letters of its kind, as Latin-1. */
  readonly type: string
  /** The position of its header. */
  readonly start: number
  /** The positions where its content begins, and where it ends within its parent. */
  readonly content: number
  readonly end: number
  /** The end that its header states. It is beyond `end` if the file is cut short. */
  readonly statedEnd: number
}

/** A file with more boxes is not read to its end: a header costs eight bytes, so a small file can have millions. */
const maxBoxes = 50_000

/**
 * Yields the boxes from `start` to `end`. Size 0 means until the end, size 1 that a size of 64 bits follows. Stops at a
 * header that cannot be one.
 */
export function* boxesIn(reader: ByteReader, start: number, end: number): Generator<Box> {
  let position = start
  for (let count = 0; count < maxBoxes && position + 8 <= end; count++) {
    const header = readBytes(reader, position, 16)
    if (header.byteLength < 8) return
    const type = asciiText(header, 4, 4)
    let size = header.getUint32(0)
    let content = position + 8
    if (size === 1) {
      if (header.byteLength < 16) return
      size = readUint(header, 8, 8)
      content = position + 16
    } else if (size === 0) size = end - position
    if (size < content - position) return
    const boxEnd = position + size
    yield { type, start: position, content, end: Math.min(boxEnd, end), statedEnd: boxEnd }
    position = boxEnd
  }
}

/** Returns the boxes inside a box. */
export function childrenOf(reader: ByteReader, box: Box, skip = 0): Generator<Box> {
  return boxesIn(reader, box.content + skip, box.end)
}

/** Returns the first box inside `box` along a path of kinds. */
export function findBox(reader: ByteReader, box: Box, ...path: readonly string[]): Box | undefined {
  let found: Box | undefined = box
  for (const type of path) {
    if (found === undefined) return undefined
    found = firstOf(childrenOf(reader, found), type)
  }
  return found
}

function firstOf(boxes: Iterable<Box>, type: string): Box | undefined {
  for (const box of boxes) if (box.type === type) return box
  return undefined
}

/** A damaged box that is longer is not searched to its end. */
const maxSearchedBytes = 1024 * 1024

/**
 * Finds a box at any depth by the four letters of its kind, because a damaged size hides everything behind it. What
 * precedes the letters has to be a size that fits in `box`.
 */
export function searchBox(reader: ByteReader, box: Box, type: string): Box | undefined {
  const bytes = contentOf(reader, box, maxSearchedBytes)
  const letters = Buffer.from(type, 'latin1').readUInt32BE()
  for (let offset = 4; offset + 4 <= bytes.byteLength; offset++) {
    if (bytes.getUint32(offset) !== letters) continue
    const start = box.content + offset - 4
    const end = start + bytes.getUint32(offset - 4)
    if (end >= start + 8 && end <= box.end) return { type, start, content: start + 8, end, statedEnd: end }
  }
  return undefined
}

/** Returns the content of a box, shortened to `maxLength` bytes. */
export function contentOf(reader: ByteReader, box: Box, maxLength: number): DataView {
  return readBytes(reader, box.content, Math.min(maxLength, box.end - box.content))
}
