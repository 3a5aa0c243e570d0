import type { ByteSource } from '../audio-stream.ts'
import type { AudioSpan } from '../bytes/audio-span.ts'
import { FileWindow } from '../bytes/file-window.ts'
import type { Packet, PacketFormat, PacketReader } from '../packets.ts'
import type { FrameHeader } from './frame-header.ts'
import { FrameIndex, type FrameLocation } from './frame-index.ts'
import { FrameScanner, type ScannedFrame } from './frame-scanner.ts'
import { decoderDelay, type MpegFile, openMpegFile } from './mpeg-file.ts'
import { readSideInformation } from './side-information.ts'

/** Samples that are decoded before a target: frames overlap, and the filter bank remembers some hundred samples. */
const overlapSamples = 1152
/** Frames in which the main data of a frame usually begins; more are tried if it does not. */
const minReservoirFrames = 10
/** More frames never contain the main data of one: those of the lowest bitrate have few bytes each. */
const maxReservoirFrames = 256

/** Opens MPEG audio or ADTS; undefined if there is none. `span` is where the frames are, if a container says so. */
export async function openMpegPackets(
  source: ByteSource,
  span?: AudioSpan,
): Promise<MpegPackets | undefined> {
  const file = await openMpegFile(source, span)
  return file && new MpegPackets(source, file)
}

/** The frames of MPEG audio or ADTS. */
export class MpegPackets implements PacketReader {
  readonly begin: number
  readonly end: number | undefined
  readonly #file: MpegFile
  readonly #window: FileWindow
  readonly #scanner: FrameScanner
  readonly #index: FrameIndex
  #format: PacketFormat
  #number = 0
  #position: number

  constructor(source: ByteSource, file: MpegFile) {
    this.#file = file
    this.#window = new FileWindow(source)
    this.#scanner = new FrameScanner(this.#window, file.end, file.header.stream)
    this.#index = new FrameIndex(file, this.#scanner)
    this.#position = file.start
    this.#format = formatOf(file.header)
    const { added, frames } = file.claims ?? {}
    const isLayer3 = file.header.codec === 'MP3'
    this.begin = added !== undefined && isLayer3 ? added.delay + decoderDelay : 0
    const padding = Math.max(0, (added?.padding ?? 0) - decoderDelay)
    const end = frames === undefined ? undefined : frames * file.header.samples - padding
    this.end = end !== undefined && end > this.begin ? end : undefined
  }

  /** Whether decoders exist: not for the layers 1 and 2, nor for the free format. */
  get isSupported(): boolean {
    const { header, freeLength } = this.#file
    return header.codec === 'AAC' || (header.codec === 'MP3' && freeLength === undefined)
  }

  get format(): PacketFormat {
    return this.#format
  }

  get frames(): number | undefined {
    return this.end === undefined ? undefined : this.end - this.begin
  }

  async next(): Promise<Packet | undefined> {
    for (;;) {
      const frame = await this.#scanner.at(this.#position)
      if (frame === undefined) return undefined
      this.#position += frame.length
      const packet = frame.header === undefined ? this.#lostPacket(frame) : await this.#packet(frame)
      if (packet !== undefined) return packet
    }
  }

  async seek(frame: number): Promise<void> {
    const target = Math.max(0, Math.floor((frame - overlapSamples) / this.#file.header.samples))
    let start: FrameLocation | undefined
    for (let count = minReservoirFrames; start === undefined; count *= 4) {
      const located = await this.#index.locate(Math.max(0, target - count))
      if (located === undefined) break
      start = await this.#beginOfMainData(located, target, count >= maxReservoirFrames)
    }
    this.#number = start?.number ?? target
    this.#position = start?.position ?? this.#file.end
  }

  /**
   * Returns the last frame from `from` on that precedes all main data of the frame with number `target`; undefined if its
   * main data begins before `from`, unless that has to suffice.
   */
  async #beginOfMainData(
    from: FrameLocation,
    target: number,
    suffices: boolean,
  ): Promise<FrameLocation | undefined> {
    if (this.#file.header.codec !== 'MP3') return from
    const passed: (FrameLocation & { readonly bytes: number })[] = []
    let { number, position } = from
    for (;;) {
      const frame = await this.#scanner.at(position)
      if (frame === undefined) return from
      if (frame.header !== undefined) {
        const bytes = await this.#window.view(position, frame.length)
        const { mainDataBegin, mainDataBytes } = readSideInformation(bytes, frame.header)
        passed.push({ number, position, bytes: mainDataBytes })
        if (number >= target) {
          const begin = findBegin(passed, mainDataBegin)
          return begin ?? (suffices || from.number === 0 ? from : undefined)
        }
        number++
      } else if (!frame.isTag) number += this.#lostFrames(frame)
      position += frame.length
    }
  }

  async #packet({ position, length, header }: ScannedFrame): Promise<Packet | undefined> {
    if (header === undefined) return undefined
    const bytes = await this.#window.view(position, length)
    const isValid = header.codec !== 'MP3' || readSideInformation(bytes, header).isValid
    if (header.channels !== this.#format.channels && header.channels > 0) this.#format = formatOf(header)
    const packet = {
      format: this.#format,
      bytes: isValid ? bytes : undefined,
      start: this.#number * this.#file.header.samples,
      frames: header.samples,
    }
    this.#number++
    this.#index.add({ number: this.#number, position: this.#position })
    return packet
  }

  /** Returns silence for the frames that a gap replaces; undefined for a tag, and for a gap of less than a frame. */
  #lostPacket(frame: ScannedFrame): Packet | undefined {
    const { samples } = this.#file.header
    const lost = this.#lostFrames(frame)
    if (frame.isTag || lost === 0) return undefined
    const start = this.#number * samples
    this.#number += lost
    return { format: this.#format, bytes: undefined, start, frames: lost * samples }
  }

  #lostFrames({ length }: ScannedFrame): number {
    return Math.round(length / this.#index.averageBytes)
  }
}

/** Returns the last of the frames before the last one that has `mainDataBegin` bytes of main data before it. */
function findBegin(
  frames: readonly (FrameLocation & { readonly bytes: number })[],
  mainDataBegin: number,
): FrameLocation | undefined {
  let bytes = 0
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index]
    if (frame === undefined) return undefined
    if (index < frames.length - 1) bytes += frame.bytes
    if (bytes >= mainDataBegin) return frame
  }
  return undefined
}

function formatOf({ codec, sampleRate, channels }: FrameHeader): PacketFormat {
  return {
    name: codec,
    codec: codec === 'AAC' ? 'mp4a.40.2' : codec.toLowerCase(),
    sampleRate,
    channels: channels || 2,
    hasMemory: true,
  }
}
