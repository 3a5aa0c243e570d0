import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { asciiText } from '../text/bytes.ts'
import { isSynchsafe, plainNumber, synchsafe } from './sizes.ts'

/** The header of an ID3v2 tag. Positions are bytes from the start of the source. */
export interface Id3Header {
  readonly version: 2 | 3 | 4
  readonly flags: number
  readonly start: number
  /** Where the frames, or the extended header, begin. */
  readonly bodyStart: number
  /** Where the frames and their padding end. */
  readonly bodyEnd: number
  /** The size without header and footer, as the header states it. */
  readonly statedSize: number
  /** Where the tag ends, after its footer if it has one. */
  readonly end: number
  /** The end of the body if a program has written the size as an ordinary number; undefined if that is impossible. */
  readonly plainBodyEnd: number | undefined
}

export const headerBytes = 10

/** Reads the header of the tag at `start`. Returns undefined if there is none. `id` is `3DI` for a footer. */
export function readId3Header(reader: ByteReader, start: number, id = 'ID3'): Id3Header | undefined {
  const bytes = reader.view(start, headerBytes)
  if (bytes.length < headerBytes || asciiText(bytes, 0, 3) !== id) return undefined
  const version = bytes[3] ?? 0
  if (version < 2 || version > 4 || bytes[4] === 0xff) return undefined
  const flags = bytes[5] ?? 0
  const plain = plainNumber(bytes, 6)
  const isProper = isSynchsafe(bytes, 6)
  const size = isProper ? synchsafe(bytes, 6) : plain
  const bodyStart = start + headerBytes
  const bodyEnd = Math.min(bodyStart + size, reader.size)
  const footer = version === 4 && (flags & 0x10) !== 0 ? headerBytes : 0
  return {
    version: version as 2 | 3 | 4,
    flags,
    statedSize: size,
    start,
    bodyStart,
    bodyEnd,
    end: Math.min(bodyStart + size + footer, reader.size),
    plainBodyEnd:
      isProper && plain > size && bodyStart + plain <= reader.size ? bodyStart + plain : undefined,
  }
}
