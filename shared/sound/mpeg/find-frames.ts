import type { ByteReader } from '../bytes/byte-reader.ts'
import { type FrameHeader, maxFrameBytes, readFrameHeader } from './frame-header.ts'

/** The first frame of a file's audio. */
export interface FirstFrame {
  readonly position: number
  readonly header: FrameHeader
  /** Bytes of each frame without padding; only in the free format. */
  readonly freeLength: number | undefined
}

/** The part of a file to search, in bytes. */
export interface Span {
  readonly start: number
  readonly end: number
}

const windowBytes = 64 * 1024
/** Three frames and the header of the fourth. */
const overlapBytes = 3 * maxFrameBytes + 16
/** Chromium finds no frames behind more than 1 MiB of other bytes. */
const maxSearchBytes = 1024 * 1024 + windowBytes
/** The frames that have to follow a frame. One match alone proves nothing: random bytes contain one in every 10,000. */
const frameCountAfterFirst = 2
/** Headers of the free format have fewer bits that are fixed, so that more of them have to follow. */
const freeFrameCountAfterSecond = 5
/** Positions in one search at which the length of free-format frames is looked for, because each is expensive. */
const maxFreeFormatTries = 32

/**
 * Returns the first frame of MPEG audio or ADTS in `span` that is followed by two of the same stream, or by the end of
 * the audio if it is at the start of the span. Bytes before it do not matter: padding, garbage, the rest of a tag whose
 * size is wrong.
 */
export function findFirstFrame(reader: ByteReader, span: Span): FirstFrame | undefined {
  const searchEnd = Math.min(span.end, span.start + maxSearchBytes)
  let freeFormatTries = maxFreeFormatTries
  for (let position = span.start; position < searchEnd; position += windowBytes - overlapBytes) {
    const bytes = reader.view(position, Math.min(windowBytes, span.end - position))
    const isEnd = position + bytes.length >= span.end
    for (let index = bytes.indexOf(0xff); index >= 0; index = bytes.indexOf(0xff, index + 1)) {
      const header = readFrameHeader(bytes, index)
      if (header === undefined) continue
      let freeLength: number | undefined
      if (header.length === 0) {
        if (freeFormatTries-- <= 0) continue
        freeLength = findFreeLength(bytes, index, header)
        if (freeLength === undefined) continue
      }
      const isStart = position + index === span.start
      if (freeLength !== undefined || isFollowed(bytes, index, header, { isStart, isEnd }))
        return { position: position + index, header, freeLength }
    }
    if (isEnd || bytes.length === 0) return undefined
  }
  return undefined
}

/** Whether frames of the same stream follow the one at `index`. */
export function isFollowed(
  bytes: Uint8Array,
  index: number,
  first: FrameHeader,
  { isStart, isEnd }: { readonly isStart: boolean; readonly isEnd: boolean },
): boolean {
  let next = index + first.length
  for (let count = 0; count < frameCountAfterFirst; count++) {
    if (next + 7 > bytes.length) return isEnd && (count > 0 || next === bytes.length) && isStart
    const header = readFrameHeader(bytes, next)
    if (header === undefined || header.stream !== first.stream || header.length === 0) return false
    next += header.length
  }
  return true
}

/** Returns the distance of free-format frames, which are equally long except for one slot of padding. */
function findFreeLength(bytes: Uint8Array, index: number, first: FrameHeader): number | undefined {
  const end = Math.min(bytes.length, index + maxFrameBytes)
  for (let next = bytes.indexOf(0xff, index + 24); next >= 0 && next < end; ) {
    if (isFreeFrame(bytes, next, first) && isRegular(bytes, next, next - index, first)) return next - index
    next = bytes.indexOf(0xff, next + 1)
  }
  return undefined
}

/** Whether more free-format frames follow the one at `index` at the same distance. */
function isRegular(bytes: Uint8Array, index: number, length: number, first: FrameHeader): boolean {
  const slack = first.codec === 'MP1' ? 4 : 1
  let position = index
  for (let count = 0; count < freeFrameCountAfterSecond; count++) {
    const offset = [0, -slack, slack].find((offset) => isFreeFrame(bytes, position + length + offset, first))
    if (offset === undefined) return false
    position += length + offset
  }
  return true
}

function isFreeFrame(bytes: Uint8Array, index: number, first: FrameHeader): boolean {
  const header = readFrameHeader(bytes, index)
  return header !== undefined && header.stream === first.stream && header.length === 0
}
