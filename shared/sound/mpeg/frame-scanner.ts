import { tagLengthAt } from '../bytes/audio-span.ts'
import type { FileWindow } from '../bytes/file-window.ts'
import { isFollowed } from './find-frames.ts'
import { type FrameHeader, frameHeaderBytes, maxFrameBytes, readFrameHeader } from './frame-header.ts'

/** A frame, or bytes between frames. */
export interface ScannedFrame {
  readonly position: number
  /** Bytes of the frame, or up to the next frame. */
  readonly length: number
  /** Undefined for bytes that are no frame. */
  readonly header: FrameHeader | undefined
  /** Whether the bytes are a tag, which replaces no sound. */
  readonly isTag: boolean
}

/** Three frames and the header of the fourth. */
const viewBytes = 3 * maxFrameBytes + 16
/** Bytes of one step while the next frame is searched. */
const searchBytes = 64 * 1024

/** Steps from frame to frame of one stream. */
export class FrameScanner {
  readonly #window: FileWindow
  readonly #end: number
  readonly #stream: number

  constructor(window: FileWindow, end: number, stream: number) {
    this.#window = window
    this.#end = end
    this.#stream = stream
  }

  /** Resolves with what is at `position`; with undefined at the end of the frames, also if the last one is cut off. */
  async at(position: number): Promise<ScannedFrame | undefined> {
    const bytes = await this.#view(position, frameHeaderBytes + 1)
    const header = bytes.length < 4 ? undefined : readFrameHeader(bytes, 0)
    if (header !== undefined && this.#isOfStream(header)) {
      if (position + header.length > this.#end) return undefined
      return { position, length: header.length, header, isTag: false }
    }
    if (position + frameHeaderBytes >= this.#end) return undefined
    const tag = tagLengthAt(await this.#view(position, 32), 0)
    if (tag > 0) return { position, length: tag, header: undefined, isTag: true }
    return await this.#gap(position)
  }

  /** Resolves with the position of the first frame at or behind `position`; with undefined if there is none. */
  async find(position: number): Promise<number | undefined> {
    for (let start = position; start < this.#end; ) {
      const bytes = await this.#view(start, searchBytes + viewBytes)
      const isEnd = start + bytes.length >= this.#end
      for (let index = bytes.indexOf(0xff); index >= 0; index = bytes.indexOf(0xff, index + 1)) {
        if (!isEnd && index >= searchBytes) break
        const header = readFrameHeader(bytes, index)
        if (header === undefined || !this.#isOfStream(header)) continue
        if (isFollowed(bytes, index, header, { isStart: true, isEnd })) return start + index
      }
      if (isEnd) return undefined
      start += searchBytes
    }
    return undefined
  }

  async #gap(position: number): Promise<ScannedFrame | undefined> {
    const next = await this.find(position + 1)
    if (next === undefined) return undefined
    return { position, length: next - position, header: undefined, isTag: false }
  }

  #isOfStream({ stream, length }: FrameHeader): boolean {
    return stream === this.#stream && length > 0
  }

  async #view(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#window.view(position, Math.min(length, this.#end - position))
  }
}
