import type { FileWindow } from '../bytes/file-window.ts'
import { continueFlacCrc } from './flac-crc.ts'
import type { FlacFile } from './flac-file.ts'
import { type FlacFrame, maxFrameHeaderBytes, parseFlacFrame } from './flac-frames.ts'

/** A frame, or the part of the file that replaces frames. */
export interface ScannedFlacFrame {
  readonly position: number
  readonly length: number
  /** The number of its first sample. */
  readonly sample: number
  readonly samples: number
  /** Undefined if the bytes are damaged. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
}

const stepBytes = 32 * 1024
/** Frames are not longer, and where there is none for so long, there are none. */
const maxSearchBytes = 4 * 1024 * 1024
/** The samples that may be lost at once, in seconds. */
const maxLostSeconds = 60

/** Finds frames. A frame counts if its checksums are right. */
export class FlacScanner {
  readonly #window: FileWindow
  readonly #file: FlacFile

  constructor(window: FileWindow, file: FlacFile) {
    this.#window = window
    this.#file = file
  }

  /** Resolves with the frame at `position`, whose first sample should be `sample`; undefined at the end of the frames. */
  async at(position: number, sample: number): Promise<ScannedFlacFrame | undefined> {
    if (position >= this.#file.end) return undefined
    const head = await this.#view(position, maxFrameHeaderBytes)
    const frame = parseFlacFrame(head, 0)
    const isExpected = frame !== undefined && this.sampleOf(frame) === sample
    const next = await this.#findNext(position + 1, isExpected ? sample + frame.samples : sample + 1)
    const end = next?.position ?? this.#file.end
    if (isExpected && (next === undefined || next.sample === sample + frame.samples)) {
      const bytes = await this.#view(position, Math.min(end - position, maxSearchBytes))
      const isIntact = continueFlacCrc(0, bytes, 0, bytes.length) === 0
      if (isIntact || next !== undefined) {
        const length = end - position
        return { position, length, sample, samples: frame.samples, bytes: isIntact ? bytes : undefined }
      }
    }
    // The file ends within the last frame, or behind bytes that are no frame.
    if (next === undefined) return undefined
    return { position, length: end - position, sample, samples: next.sample - sample, bytes: undefined }
  }

  /** Resolves with the first intact frame that begins between two positions; undefined if there is none. */
  async find(position: number, limit: number): Promise<ScannedFlacFrame | undefined> {
    for (let start = position; ; ) {
      const found = await this.#search(start, limit, () => true)
      if (found === undefined) return undefined
      const frame = await this.at(found.position, found.sample)
      if (frame?.bytes !== undefined) return frame
      start = found.position + 1
    }
  }

  /** The number of a frame's first sample. */
  sampleOf({ number, countsSamples, samples }: FlacFrame): number {
    return countsSamples ? number : number * (this.#file.blockSamples ?? samples)
  }

  /** Resolves with the first frame header that continues the samples, or leaves some out. */
  async #findNext(position: number, sample: number) {
    const maxSample = sample + maxLostSeconds * this.#file.sampleRate
    return await this.#search(
      position,
      position + maxSearchBytes,
      (candidate) => candidate >= sample && candidate <= maxSample,
    )
  }

  async #search(
    position: number,
    limit: number,
    accepts: (sample: number) => boolean,
  ): Promise<{ readonly position: number; readonly sample: number } | undefined> {
    const end = Math.min(limit, this.#file.end)
    for (let start = position; start < end; start += stepBytes) {
      const bytes = await this.#view(start, stepBytes + maxFrameHeaderBytes)
      const stop = Math.min(stepBytes, end - start)
      for (let at = bytes.indexOf(0xff); at >= 0 && at < stop; at = bytes.indexOf(0xff, at + 1)) {
        const frame = parseFlacFrame(bytes, at)
        if (frame === undefined) continue
        const sample = this.sampleOf(frame)
        if (accepts(sample)) return { position: start + at, sample }
      }
    }
    return undefined
  }

  async #view(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    return await this.#window.view(position, Math.min(length, this.#file.end - position))
  }
}
