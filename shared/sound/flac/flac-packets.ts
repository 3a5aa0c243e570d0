import type { ByteSource } from '../audio-stream.ts'
import { FileWindow } from '../bytes/file-window.ts'
import type { Packet, PacketFormat, PacketReader } from '../packets.ts'
import { createFlacDescription, type FlacFile, type FlacLocation, openFlacFile } from './flac-file.ts'
import { FlacScanner, type ScannedFlacFrame } from './flac-scanner.ts'

/** Between positions this close, frames are read one after the other. */
const minSearchBytes = 64 * 1024
const firstFrameSearchBytes = 16 * 1024 * 1024

/** Opens a FLAC file; undefined if it has no frames. */
export async function openFlacPackets(source: ByteSource): Promise<FlacPackets | undefined> {
  const file = await openFlacFile(source)
  if (file === undefined) return undefined
  const window = new FileWindow(source)
  const scanner = new FlacScanner(window, file)
  const first = await scanner.find(file.start, file.start + firstFrameSearchBytes)
  return first && new FlacPackets(file, scanner, first)
}

/** The frames of a FLAC file. */
export class FlacPackets implements PacketReader {
  readonly format: PacketFormat
  readonly begin: number
  // The numbers in the frames are more reliable than the total in the header.
  readonly end = undefined
  readonly frames: number | undefined
  readonly #file: FlacFile
  readonly #scanner: FlacScanner
  readonly #first: FlacLocation
  #next: FlacLocation

  constructor(file: FlacFile, scanner: FlacScanner, first: FlacLocation) {
    this.#file = file
    this.#scanner = scanner
    this.#first = first
    this.#next = first
    this.begin = first.sample
    this.frames = file.totalSamples > first.sample ? file.totalSamples - first.sample : undefined
    this.format = {
      name: 'FLAC',
      codec: 'flac',
      sampleRate: file.sampleRate,
      channels: file.channels,
      description: createFlacDescription(file.info),
      hasMemory: false,
    }
  }

  async next(): Promise<Packet | undefined> {
    const frame = await this.#scanner.at(this.#next.position, this.#next.sample)
    if (frame === undefined) return undefined
    this.#next = following(frame)
    return { format: this.format, bytes: frame.bytes, start: frame.sample, frames: frame.samples }
  }

  async seek(sample: number): Promise<void> {
    let location = await this.#bisect(sample)
    for (;;) {
      const frame = await this.#scanner.at(location.position, location.sample)
      if (frame === undefined || frame.sample + frame.samples > sample) break
      location = following(frame)
    }
    this.#next = location
  }

  /** Resolves with a frame that begins shortly before `sample`. */
  async #bisect(sample: number): Promise<FlacLocation> {
    let { low, high } = await this.#lookUp(sample)
    while (high.position - low.position > minSearchBytes) {
      const middle = estimate(low, high, sample)
      const frame = await this.#scanner.find(middle, high.position)
      if (frame !== undefined && frame.sample > low.sample && frame.sample <= sample) low = frame
      else if (frame === undefined || frame.sample > sample)
        high = { position: middle, sample: Math.min(high.sample, frame?.sample ?? high.sample) }
      else break
    }
    return low
  }

  /** Returns frames before and behind `sample`, by the seek table if it agrees with the frames. */
  async #lookUp(sample: number): Promise<{ low: FlacLocation; high: FlacLocation }> {
    const { table, end, totalSamples } = this.#file
    const last = { position: end, sample: totalSamples || Number.POSITIVE_INFINITY }
    const whole = { low: this.#first, high: last }
    const index = table.findLastIndex((entry) => entry.sample <= sample)
    const entry = table[index]
    if (entry === undefined) return whole
    const low = { position: this.#first.position + entry.position, sample: entry.sample }
    const frame = await this.#scanner.at(low.position, low.sample)
    if (frame?.bytes === undefined) return whole
    const next = table[index + 1]
    const high = next && { position: this.#first.position + next.position, sample: next.sample }
    return { low, high: high !== undefined && high.position < end ? high : last }
  }
}

/** Returns a position between two frames: by the share of the samples, but never close to one of them. */
function estimate(low: FlacLocation, high: FlacLocation, sample: number): number {
  const share = (sample - low.sample) / (high.sample - low.sample)
  const bounded = Number.isFinite(share) && share > 0 ? Math.min(0.9, Math.max(0.1, share - 0.02)) : 0.5
  return Math.floor(low.position + (high.position - low.position) * bounded)
}

function following({ position, length, sample, samples }: ScannedFlacFrame): FlacLocation {
  return { position: position + length, sample: sample + samples }
}
