import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { asciiText, copyBytes } from '../text/bytes.ts'
import { isSynchsafe, plainNumber, synchsafe } from './sizes.ts'

/** A frame's header, and where its content is in the source. */
export interface Id3Frame {
  /** Three or four characters. */
  readonly id: string
  readonly flags: number
  readonly start: number
  /** Bytes in the source, without those that its header claims beyond the end of the tag. */
  readonly length: number
}

export interface FrameWalk {
  readonly frames: readonly Id3Frame[]
  /** Where the last frame ends. */
  readonly end: number
  /** Whether every byte belongs to a frame or to the padding. */
  readonly isComplete: boolean
  /** Whether the last frame claims more bytes than the tag has. */
  readonly isCut: boolean
}

const maxFrames = 2000
/** Bytes that are searched for the next frame after something that is none. */
const searchBytes = 4096
const maxSearches = 16

type Version = 2 | 3 | 4

/** Finds the frames from `start` to `end`. */
export function walkFrames(reader: ByteReader, version: Version, start: number, end: number): FrameWalk {
  const frames: Id3Frame[] = []
  let at = start
  let searches = 0
  let lastEnd = start
  while (frames.length < maxFrames && at + headerLength(version) <= end) {
    const frame = frameAt(reader, version, at, end)
    if (frame === undefined) {
      if (isPadding(reader, at, end))
        return { frames, end: lastEnd, isComplete: searches === 0, isCut: false }
      const found = searches++ < maxSearches ? findFrame(reader, version, at + 1, end) : undefined
      if (found === undefined) return { frames, end: lastEnd, isComplete: false, isCut: false }
      at = found
      continue
    }
    const { claimed, ...rest } = frame
    const length = Math.min(claimed, end - rest.start)
    frames.push({ ...rest, length })
    at = rest.start + length
    lastEnd = at
    if (length < claimed) return { frames, end, isComplete: false, isCut: true }
  }
  return { frames, end: lastEnd, isComplete: searches === 0, isCut: false }
}

function headerLength(version: Version): number {
  return version === 2 ? 6 : 10
}

type FrameHeader = Omit<Id3Frame, 'length'> & { readonly claimed: number }

function frameAt(reader: ByteReader, version: Version, at: number, end: number): FrameHeader | undefined {
  const length = headerLength(version)
  const bytes = copyBytes(reader, at, length)
  if (bytes.length < length) return undefined
  const id = frameId(bytes, version)
  if (id === undefined) return undefined
  const start = at + length
  if (version === 2) return { id, flags: 0, start, claimed: plainNumber(bytes, 3, 3) }
  const claimed = frameSize(reader, version, bytes, start, end)
  return { id, flags: plainNumber(bytes, 8, 2), start, claimed }
}

/** Some programs copy frames of v2.2 into later tags, with a zero or a blank after their three letters. */
function frameId(bytes: Uint8Array, version: Version): string | undefined {
  const id = asciiText(bytes, 0, version === 2 ? 3 : 4)
  return /^[A-Z][A-Z0-9]{2,3}$/.test(id) || (version > 2 && /^[A-Z][A-Z0-9]{2}[ \0]$/.test(id))
    ? id.replace(/[ \0]$/, '')
    : undefined
}

/**
 * v2.4 has sizes of seven bits per byte and v2.3 ordinary ones, but programs exist that write the other. The right size
 * is the one after which another frame, the padding or the end follows.
 */
function frameSize(
  reader: ByteReader,
  version: Version,
  header: Uint8Array,
  start: number,
  end: number,
): number {
  const plain = plainNumber(header, 4)
  if (!isSynchsafe(header, 4)) return plain
  const safe = synchsafe(header, 4)
  if (plain === safe) return plain
  const [proper, other] = version === 4 ? [safe, plain] : [plain, safe]
  if (startsAnotherFrame(reader, version, start + proper, end)) return proper
  if (startsAnotherFrame(reader, version, start + other, end)) return other
  if (isBoundary(reader, version, start + proper, end)) return proper
  return isBoundary(reader, version, start + other, end) ? other : proper
}

/** Whether a frame begins at `at` that ends, by either kind of size, within the tag. Zeros prove less: pictures contain them. */
function startsAnotherFrame(reader: ByteReader, version: Version, at: number, end: number): boolean {
  const bytes = reader.view(at, Math.min(10, end - at))
  if (bytes.length < 10 || frameId(bytes, version) === undefined) return false
  const sizes = isSynchsafe(bytes, 4) ? [plainNumber(bytes, 4), synchsafe(bytes, 4)] : [plainNumber(bytes, 4)]
  return sizes.some((size) => size > 0 && at + 10 + size <= end)
}

function isBoundary(reader: ByteReader, version: Version, at: number, end: number): boolean {
  if (at >= end) return at === end
  const length = headerLength(version)
  const bytes = reader.view(at, Math.min(length, end - at))
  if (bytes.every((byte) => byte === 0)) return true
  return bytes.length === length && frameId(bytes, version) !== undefined
}

/** Whether nothing but zeros follows; the first bytes prove it. */
function isPadding(reader: ByteReader, at: number, end: number): boolean {
  return reader.view(at, Math.min(searchBytes, end - at)).every((byte) => byte === 0)
}

/** Returns the position of the next frame whose end fits into the tag. */
function findFrame(reader: ByteReader, version: Version, start: number, end: number): number | undefined {
  const bytes = copyBytes(reader, start, Math.min(searchBytes, end - start))
  for (let i = 0; i + headerLength(version) <= bytes.length; i++) {
    if (frameId(bytes.subarray(i), version) === undefined) continue
    const frame = frameAt(reader, version, start + i, end)
    if (
      frame !== undefined &&
      frame.claimed > 0 &&
      isBoundary(reader, version, frame.start + frame.claimed, end)
    )
      return start + i
  }
  return undefined
}
