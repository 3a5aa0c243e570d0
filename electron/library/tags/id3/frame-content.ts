import { inflateSync } from 'node:zlib'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { copyBytes } from '../text/bytes.ts'
import { isSynchsafe, synchsafe } from './sizes.ts'
import { undoUnsynchronisation } from './unsynchronisation.ts'
import type { Id3Frame } from './walk-frames.ts'

/** A frame's content after everything that its flags say has been undone. */
export interface FrameContent {
  readonly bytes: Uint8Array
  /** Where the bytes are in the source; undefined if they had to be unpacked. */
  readonly offset: number | undefined
}

/** What the flags of a frame say, in both versions' bits. */
interface FrameFlags {
  readonly isCompressed: boolean
  readonly isEncrypted: boolean
  readonly isGrouped: boolean
  readonly isUnsynchronised: boolean
  readonly hasLength: boolean
}

/**
 * Reads up to `maxBytes` of a frame. Returns undefined if it is encrypted or cannot be unpacked. `unsynchronised` is the
 * flag of a whole v2.4 tag, which some programs set without the flags of the frames.
 */
export function readFrameContent(
  reader: ByteReader,
  version: 2 | 3 | 4,
  frame: Id3Frame,
  maxBytes: number,
  unsynchronised: boolean,
): FrameContent | undefined {
  const flags = decodeFlags(version, frame.flags, unsynchronised)
  if (flags.isEncrypted) return undefined
  const length = Math.min(frame.length, maxBytes)
  if (!flags.isCompressed && !flags.isGrouped && !flags.isUnsynchronised && !flags.hasLength)
    return { bytes: copyBytes(reader, frame.start, length), offset: frame.start }
  if (flags.isCompressed) {
    const content = copyBytes(reader, frame.start, length)
    const bytes = inflate(flags.isUnsynchronised ? undoUnsynchronisation(content) : content, maxBytes)
    return bytes === undefined ? undefined : { bytes, offset: undefined }
  }
  let skipped = flags.isGrouped ? 1 : 0
  if (flags.hasLength && statesLength(reader, frame, skipped)) skipped += 4
  const content = copyBytes(reader, frame.start + skipped, length - skipped)
  if (!flags.isUnsynchronised) return { bytes: content, offset: frame.start + skipped }
  return { bytes: undoUnsynchronisation(content), offset: undefined }
}

function decodeFlags(version: 2 | 3 | 4, flags: number, unsynchronised: boolean): FrameFlags {
  const has = (bit: number) => (flags & bit) !== 0
  if (version === 4)
    return {
      isCompressed: has(0x08),
      isEncrypted: has(0x04),
      isGrouped: has(0x40),
      isUnsynchronised: has(0x02) || unsynchronised,
      hasLength: has(0x01),
    }
  return {
    isCompressed: has(0x80),
    isEncrypted: has(0x40),
    isGrouped: has(0x20),
    isUnsynchronised: unsynchronised,
    // In v2.3 the length belongs to the compression.
    hasLength: false,
  }
}

/** Whether the four bytes are a length. Some programs set the flag and leave them out. */
function statesLength(reader: ByteReader, frame: Id3Frame, skipped: number): boolean {
  const bytes = reader.view(frame.start + skipped, 4)
  // A text's encoding is 0 to 3, so its first four bytes as a length are near zero or beyond the frame.
  const stated = synchsafe(bytes, 0)
  return isSynchsafe(bytes, 0) && stated <= frame.length && stated * 2 + 8 >= frame.length
}

/** Finds the deflated bytes by their first ones: before them are up to two numbers and a group, or nothing. */
function inflate(content: Uint8Array, maxBytes: number): Uint8Array | undefined {
  for (let start = 0; start <= 8; start++) {
    // RFC 1950: method 8, and the first two bytes are a multiple of 31.
    const [first = 0, second = 0] = content.subarray(start)
    if ((first & 15) !== 8 || ((first << 8) | second) % 31 !== 0) continue
    try {
      return inflateSync(content.subarray(start), { maxOutputLength: maxBytes })
    } catch {
      // The next two bytes that look like a start may be one.
    }
  }
  return undefined
}
