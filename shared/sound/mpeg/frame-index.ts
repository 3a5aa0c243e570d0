import type { FrameScanner } from './frame-scanner.ts'
import type { MpegFile } from './mpeg-file.ts'

/** A frame by its number and its position in the file. */
export interface FrameLocation {
  readonly number: number
  readonly position: number
}

/** Every so many frames, one is remembered. */
const step = 64
/** Bytes between positions that are compared to find out whether the bitrate is constant. */
const probes = 16
/** Bytes before the estimated position at which counting from the end begins. */
const margin = 64 * 1024

/**
 * Finds frames by number. With a constant bitrate, the position is computed. Otherwise frames are counted, from the nearest
 * frame that is known: the first one, one that was seen before, or, if their total is known, the last one.
 */
export class FrameIndex {
  readonly #file: MpegFile
  readonly #scanner: FrameScanner
  /** In the sequence of their numbers. */
  readonly #known: FrameLocation[]
  #isConstant: boolean | undefined

  constructor(file: MpegFile, scanner: FrameScanner) {
    this.#file = file
    this.#scanner = scanner
    this.#known = [{ number: 0, position: file.start }]
  }

  /** The average bytes of a frame, by which lost frames are counted. */
  get averageBytes(): number {
    const { claims, header, start, end } = this.#file
    if (claims?.frames !== undefined) return (end - start) / claims.frames
    const last = this.#known.at(-1)
    if (last !== undefined && last.number > 0) return (last.position - start) / last.number
    return header.bytesPerSecond > 0
      ? (header.bytesPerSecond * header.samples) / header.sampleRate
      : header.length
  }

  /** Remembers a frame that was reached from the one before it. */
  add(location: FrameLocation): void {
    const last = this.#known.at(-1)
    if (last !== undefined && location.number >= last.number + step) this.#known.push(location)
  }

  /** Resolves with the last frame whose number is at most `number`; with undefined if the file ends before it. */
  async locate(number: number): Promise<FrameLocation | undefined> {
    const known = this.#nearest(number)
    if (number - known.number > step) {
      const computed = (await this.#compute(number)) ?? (await this.#countFromEnd(number))
      if (computed !== undefined) return computed
    }
    return await this.#count(known, number)
  }

  #nearest(number: number): FrameLocation {
    const index = this.#known.findLastIndex((location) => location.number <= number)
    return this.#known[index] ?? { number: 0, position: this.#file.start }
  }

  /** Steps from a known frame to the one with `number`. */
  async #count(from: FrameLocation, number: number): Promise<FrameLocation | undefined> {
    let { number: current, position } = from
    while (current < number) {
      const frame = await this.#scanner.at(position)
      if (frame === undefined) return undefined
      position += frame.length
      if (frame.header !== undefined) {
        current++
        this.add({ number: current, position })
      } else if (!frame.isTag) {
        const lost = Math.round(frame.length / this.averageBytes)
        // The target is in bytes that cannot be decoded.
        if (current + lost > number) return { number: current, position: frame.position }
        current += lost
      }
    }
    return { number: current, position }
  }

  /** Computes the position in a file of constant bitrate. */
  async #compute(number: number): Promise<FrameLocation | undefined> {
    this.#isConstant ??= await this.#hasConstantBitrate()
    if (!this.#isConstant) return undefined
    const { start, header } = this.#file
    const bytes = (header.bytesPerSecond * header.samples) / header.sampleRate
    const expected = start + number * bytes
    const position = await this.#scanner.find(Math.max(start, Math.floor(expected) - 2))
    if (position === undefined) return undefined
    // A tag or damage before the frame moves it, so its number comes from its position.
    return { number: Math.round((position - start) / bytes), position }
  }

  /** Whether frames at several positions have the first one's bitrate, and lie where it predicts them. */
  async #hasConstantBitrate(): Promise<boolean> {
    const { header, start, end, claims } = this.#file
    if (header.bytesPerSecond === 0) return false
    const bytes = (header.bytesPerSecond * header.samples) / header.sampleRate
    if (claims?.frames !== undefined && Math.abs((end - start) / bytes - claims.frames) > 2) return false
    for (let probe = 1; probe < probes; probe++) {
      const position = await this.#scanner.find(Math.floor(start + ((end - start) * probe) / probes))
      const frame = position === undefined ? undefined : await this.#scanner.at(position)
      if (position === undefined || frame?.header === undefined) return false
      if (frame.header.bytesPerSecond !== header.bytesPerSecond) return false
      const number = (position - start) / bytes
      if (Math.abs(number - Math.round(number)) * bytes > 2) return false
    }
    return true
  }

  /** Counts the frames behind an estimated position. Resolves with undefined if the total is unknown or the way longer. */
  async #countFromEnd(number: number): Promise<FrameLocation | undefined> {
    const { claims, start, end } = this.#file
    const total = claims?.frames
    if (total === undefined || number >= total) return undefined
    const known = this.#nearest(number)
    const estimate = this.#estimate(number, total)
    if (estimate - known.position < end - estimate) return undefined
    const begin = await this.#scanner.find(Math.max(start, estimate - margin))
    if (begin === undefined) return undefined
    const positions: number[] = []
    for (let position = begin; ; ) {
      const frame = await this.#scanner.at(position)
      if (frame === undefined) break
      if (frame.header !== undefined) positions.push(position)
      else if (!frame.isTag) return undefined
      position += frame.length
    }
    const first = total - positions.length
    if (first > number) return undefined
    this.#rememberFromEnd(positions, first)
    const position = positions[number - first]
    return position === undefined ? undefined : { number, position }
  }

  #rememberFromEnd(positions: readonly number[], first: number): void {
    for (let index = 0; index < positions.length; index += step) {
      const position = positions[index]
      if (position !== undefined) this.add({ number: first + index, position })
    }
  }

  /** Estimates a position by the table of contents, or else by the number's share of the total. */
  #estimate(number: number, total: number): number {
    const { claims, start, end, tableStart } = this.#file
    const positions = claims?.table?.positions
    if (positions === undefined) return Math.floor(start + ((end - start) * number) / total)
    const entry = (number / total) * (positions.length - 1)
    const before = positions[Math.floor(entry)] ?? 0
    const after = positions[Math.ceil(entry)] ?? before
    return Math.floor(tableStart + before + (after - before) * (entry % 1))
  }
}
