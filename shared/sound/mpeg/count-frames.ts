import { tagLengthAt } from '../bytes/audio-span.ts'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { isFollowed, type Span } from './find-frames.ts'
import { type FrameHeader, frameHeaderBytes, maxFrameBytes, readFrameHeader } from './frame-header.ts'

/** The frames of a part of a file. */
export interface FrameCount {
  readonly frames: number
  readonly seconds: number
  /** The bytes of these frames, without what is between them. */
  readonly bytes: number
  /** The least and the greatest number of bytes per second in a header. */
  readonly minRate: number
  readonly maxRate: number
  /** Whether the last frame is cut off by the end of the span. */
  readonly isCut: boolean
}

const windowBytes = 64 * 1024
const noMatch = { isStart: false, isEnd: false }

/**
 * Counts the frames from `span.start`, which need not be the start of one, to the end of the span. Skips tags and other
 * bytes between frames, so that files that were written one after the other are counted as a whole. With `stream`, the
 * span begins with a frame of that stream.
 */
export function countFrames(reader: ByteReader, span: Span, stream?: number): FrameCount {
  const counter = new FrameCounter(stream)
  let position = span.start
  while (position < span.end) {
    const wanted = Math.min(windowBytes, span.end - position)
    const bytes = reader.view(position, wanted)
    if (bytes.length === 0) break
    const isEnd = position + bytes.length >= span.end || bytes.length < wanted
    position += Math.max(1, counter.countWindow(bytes, isEnd))
  }
  return counter.result()
}

/** Counts frames window by window. */
class FrameCounter {
  #frames = 0
  #seconds = 0
  #bytes = 0
  #minRate = Number.POSITIVE_INFINITY
  #maxRate = 0
  #isCut = false
  /** The stream of the last frame; undefined before the first frame and after other bytes. */
  #stream: number | undefined

  constructor(stream: number | undefined) {
    this.#stream = stream
  }

  /** Counts the frames that begin in `bytes`, and returns the index from which to continue. */
  countWindow(bytes: Uint8Array, isEnd: boolean): number {
    // The next window has the rest of what would be cut off here.
    const limit = isEnd ? bytes.length - frameHeaderBytes : bytes.length - 3 * maxFrameBytes
    let index = 0
    while (index <= limit) {
      const header = readFrameHeader(bytes, index)
      if (header !== undefined && this.#isFrame(bytes, index, header, isEnd)) {
        if (index + header.length > bytes.length) {
          this.#isCut = true
          return bytes.length
        }
        this.#add(header)
        index += header.length
      } else {
        this.#stream = undefined
        const tag = tagLengthAt(bytes, index)
        if (tag > 0) return index + tag
        const next = bytes.indexOf(0xff, index + 1)
        const nextTag = indexOfId3(bytes, index + 1, next < 0 ? bytes.length : next)
        index = nextTag >= 0 ? nextTag : next < 0 ? bytes.length : next
      }
    }
    return isEnd ? bytes.length : index
  }

  result(): FrameCount {
    return {
      frames: this.#frames,
      seconds: this.#seconds,
      bytes: this.#bytes,
      minRate: this.#minRate,
      maxRate: this.#maxRate,
      isCut: this.#isCut,
    }
  }

  /** After a frame of the same stream a header is enough; elsewhere, more frames have to follow. */
  #isFrame(bytes: Uint8Array, index: number, header: FrameHeader, isEnd: boolean): boolean {
    if (header.length === 0) return false
    return this.#stream === header.stream || isFollowed(bytes, index, header, { ...noMatch, isEnd })
  }

  #add(header: FrameHeader): void {
    this.#stream = header.stream
    this.#frames++
    this.#seconds += header.samples / header.sampleRate
    this.#bytes += header.length
    const rate =
      header.bytesPerSecond > 0 ? header.bytesPerSecond : (header.length * header.sampleRate) / header.samples
    this.#minRate = Math.min(this.#minRate, rate)
    this.#maxRate = Math.max(this.#maxRate, rate)
  }
}

function indexOfId3(bytes: Uint8Array, start: number, end: number): number {
  for (
    let index = bytes.indexOf(0x49, start);
    index >= 0 && index < end;
    index = bytes.indexOf(0x49, index + 1)
  ) {
    if (bytes[index + 1] === 0x44 && bytes[index + 2] === 0x33) return index
  }
  return -1
}
