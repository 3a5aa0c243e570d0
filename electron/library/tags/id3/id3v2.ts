import { m } from '../../../../shared/i18n/messages.js'
import type { ByteReader } from '../../../../shared/sound/bytes/byte-reader.ts'
import { copyBytes } from '../text/bytes.ts'
import { emptyRawTag, type RawTag } from '../text/raw-tags.ts'
import { addFrame, addVolume, type FrameValues, fieldsOfFrames } from './fields.ts'
import { readFrameContent } from './frame-content.ts'
import { maxTextBytes } from './frame-text.ts'
import { listFrames } from './list-frames.ts'
import { maxPictureFrameBytes, readPictureFrame } from './picture-frame.ts'
import { isSynchsafe, plainNumber, synchsafe } from './sizes.ts'
import type { Id3Header } from './tag-header.ts'
import { undoUnsynchronisation } from './unsynchronisation.ts'
import { type FrameWalk, type Id3Frame, walkFrames } from './walk-frames.ts'

const unsynchronisedFlag = 0x80
const extendedHeaderFlag = 0x40
/** Tags that are unsynchronised as a whole have to be unpacked in memory. */
const maxUnpackedBytes = 32 * 1024 * 1024
const maxPictures = 20

/** The frames of a tag, and what they are in: the file, or memory if the whole tag had to be unpacked. */
interface Frames {
  readonly reader: ByteReader
  readonly walk: FrameWalk
  readonly isInFile: boolean
  /** Whether unsynchronisation has to be undone for each frame. */
  readonly isUnsynchronised: boolean
}

/** Reads the frames of a tag. What is broken is left out. */
export function readId3v2(reader: ByteReader, header: Id3Header): RawTag {
  const tag = emptyRawTag()
  // In v2.2 this flag stands for a compression that was never defined.
  if (header.version === 2 && (header.flags & extendedHeaderFlag) !== 0) return tag
  const frames = findFrames(reader, header)
  const values: FrameValues = new Map()
  for (const frame of frames.walk.frames) readFrame(frames, header.version, frame, tag, values)
  for (const [field, found] of fieldsOfFrames(values)) tag.values.set(field, found)
  const source = {
    reader: frames.reader,
    frames: frames.walk.frames,
    isUnsynchronised: frames.isUnsynchronised,
  }
  tag.list = () => listFrames(source, header.version)
  if (frames.walk.isCut) tag.warnings.push(m.host_tag_cut())
  return tag
}

/**
 * Finds the frames by what the header says. If that does not lead from frame to frame up to the end of the tag, tries
 * what programs are known to do instead, and takes what leads to the most frames.
 */
function findFrames(reader: ByteReader, header: Id3Header): Frames {
  let best: Frames | undefined
  for (const attempt of attempts(reader, header)) {
    if (attempt.walk.isComplete) return attempt
    if (best === undefined || attempt.walk.frames.length > best.walk.frames.length) best = attempt
  }
  return best as Frames
}

function* attempts(reader: ByteReader, header: Id3Header): Generator<Frames> {
  const { version, flags, bodyStart, bodyEnd, plainBodyEnd } = header
  const isUnsynchronised = (flags & unsynchronisedFlag) !== 0
  const inFile = (end: number): Frames => {
    const start = firstFrame(reader, header, bodyStart, end)
    return { reader, walk: walkFrames(reader, version, start, end), isInFile: true, isUnsynchronised }
  }
  // v2.4 unsynchronises frame by frame, and sizes are those of the file. Earlier versions do the whole tag.
  if (isUnsynchronised && version !== 4) {
    const length = Math.min(bodyEnd - bodyStart, maxUnpackedBytes)
    const body = readerOfBytes(undoUnsynchronisation(copyBytes(reader, bodyStart, length)))
    const start = firstFrame(body, header, 0, body.size)
    const walk = walkFrames(body, version, start, body.size)
    yield { reader: body, walk, isInFile: false, isUnsynchronised: false }
  }
  yield inFile(bodyEnd)
  if (plainBodyEnd !== undefined) yield inFile(plainBodyEnd)
}

/** Returns where the first frame begins, behind the extended header if there is one. */
function firstFrame(reader: ByteReader, { version, flags }: Id3Header, start: number, end: number): number {
  if (version === 2 || (flags & extendedHeaderFlag) === 0) return start
  const bytes = copyBytes(reader, start, 4)
  const plain = plainNumber(bytes, 0)
  // v2.3 does not count the size itself, v2.4 does. Programs do either, in either kind of number.
  const sizes = version === 3 ? [plain + 4, plain] : []
  if (isSynchsafe(bytes, 0)) sizes.push(synchsafe(bytes, 0), synchsafe(bytes, 0) + 4)
  sizes.push(plain, 0)
  const position = sizes.map((size) => start + size).find((at) => startsFrame(reader, version, at, end))
  return position ?? start
}

function startsFrame(reader: ByteReader, version: 3 | 4, at: number, end: number): boolean {
  if (at + 10 > end) return false
  const { frames } = walkFrames(reader, version, at, Math.min(end, at + 10))
  return frames[0]?.start === at + 10
}

/** All texts, the sort names that v2.3 has as experiments, and the relative volume. */
const isReadFrame = /^(?:T[A-Z0-9]{2,3}|XSO[APT]|RVA2|XRVA)$/

function readFrame(
  frames: Frames,
  version: Id3Header['version'],
  frame: Id3Frame,
  tag: RawTag,
  values: FrameValues,
): void {
  const isPicture = frame.id === 'APIC' || frame.id === 'PIC'
  if (frame.length === 0) return
  if (isPicture ? tag.pictures.length >= maxPictures : !isReadFrame.test(frame.id)) return
  const maxBytes = isPicture ? maxPictureFrameBytes : maxTextBytes
  const content = readFrameContent(frames.reader, version, frame, maxBytes, frames.isUnsynchronised)
  if (content === undefined) {
    tag.warnings.push(m.host_tag_field_unreadable({ field: frame.id }))
  } else if (isPicture) {
    const offset = frames.isInFile ? content.offset : undefined
    const picture = readPictureFrame(frame.id, content.bytes, offset)
    if (picture !== undefined) tag.pictures.push(picture)
  } else if (frame.id === 'RVA2' || frame.id === 'XRVA') {
    addVolume(values, content.bytes)
  } else {
    addFrame(values, frame.id, content.bytes)
  }
}

function readerOfBytes(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    view: (position, length) => bytes.subarray(position, position + Math.max(0, length)),
  }
}
