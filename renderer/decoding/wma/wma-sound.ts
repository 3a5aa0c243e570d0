import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { FileWindow } from '../../../shared/sound/bytes/file-window.ts'
import { type AsfLayout, findAsfLayout } from '../../../shared/sound/containers/asf-layout.ts'
import { parseSource } from '../../../shared/sound/containers/read-source.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import { DecodeError, UnsupportedFormat } from '../../../shared/sound/stream-error.ts'
import { type ChunkedSound, type DecodedChunk, silence } from '../chunks/chunked-sound.ts'
import { readAsfPacket } from './asf-packet.ts'
import { type MediaObject, MediaObjects } from './media-objects.ts'
import { WmaBlocks } from './wma-blocks.ts'

/** The numbers of the codings: versions 1 and 2, Professional and Lossless. */
const codings: readonly number[] = [0x160, 0x161, 0x162, 0x163]
const maxPacketBytes = 1024 * 1024
/** The packets in front of a frame that the decoder needs until its output is right. */
const prerollPackets = 4

/** Opens a file with Windows Media Audio. Throws UnsupportedFormat, DecodeError and SourceError. */
export async function openWma(source: ByteSource, start: number): Promise<ChunkedSound> {
  const layout = await parseSource(source, findAsfLayout(source.size, start))
  if (layout === undefined) throw new DecodeError('The file has no stream with sound')
  const { format, blockBytes, channelCount, sampleRate } = layout.sound
  if (layout.isProtected) throw new UnsupportedFormat('wma-protected')
  if (!codings.includes(format)) throw new UnsupportedFormat(`wma-${format}`)
  if (
    blockBytes === 0 ||
    channelCount === 0 ||
    sampleRate === 0 ||
    layout.packetBytes < 16 ||
    layout.packetBytes > maxPacketBytes
  )
    throw new DecodeError('The header of the file is damaged')
  return new WmaSound(source, layout, await WmaBlocks.open(source, layout))
}

/** Windows Media Audio in the packets of an ASF file. */
class WmaSound implements ChunkedSound {
  readonly codec = codecNames.wma
  readonly sampleRate: number
  readonly channelCount: number
  /** The header states the duration only, which is longer or shorter than what is decoded. */
  readonly frames = undefined
  readonly #source: ByteSource
  readonly #file: FileWindow
  readonly #layout: AsfLayout
  readonly #packets: number
  readonly #objects: MediaObjects
  /** Objects that were read and not decoded yet. */
  #read: MediaObject[] = []
  #decoded: DecodedChunk[] = []
  #decoder: WmaBlocks | undefined
  #nextPacket = 0
  #lastFrames = 0
  /** All blocks have a multiple of these frames. */
  #frameUnit = 0
  /** The milliseconds of the first object that the decoder returned frames for: decoders hold some back. */
  #firstTime: number | undefined
  #isEnded = false

  constructor(source: ByteSource, layout: AsfLayout, first: WmaBlocks) {
    this.#decoder = first
    this.#source = source
    this.#file = new FileWindow(source)
    this.#layout = layout
    this.#packets = Math.floor((layout.end - layout.start) / layout.packetBytes)
    this.#objects = new MediaObjects(layout.sound.stream)
    this.sampleRate = layout.sound.sampleRate
    this.channelCount = layout.sound.channelCount
  }

  async restart(frame: number): Promise<number> {
    this.#startAt(0)
    if (frame === 0) return 0
    if (this.#firstTime === undefined && (await this.next()) === undefined) return frame
    this.#startAt(Math.max(0, (await this.#packetOfFrame(frame)) - prerollPackets))
    return this.#nextPacket === 0 ? 0 : await this.#decodePreroll(frame)
  }

  async next(): Promise<DecodedChunk | undefined> {
    while (this.#decoded.length === 0 && !this.#isEnded) {
      const object = await this.#nextObject()
      this.#decoded = object === undefined ? this.#finish() : await this.#decode(object)
    }
    return this.#decoded.shift()
  }

  close(): void {
    this.#freeDecoder()
    this.#isEnded = true
    this.#source.close?.()
  }

  #startAt(packet: number): void {
    this.#freeDecoder()
    this.#objects.reset()
    this.#read = []
    this.#decoded = []
    this.#isEnded = false
    this.#nextPacket = packet
  }

  /**
   * Decodes the objects in front of `frame` for their effect on the next one, and resolves with the first frame of that.
   * Files state times in milliseconds only.
   */
  async #decodePreroll(frame: number): Promise<number> {
    for (let isFirst = true; ; isFirst = false) {
      const object = await this.#nextObject()
      if (object === undefined) return frame
      const chunks = await this.#decode(object)
      const first = this.#frameOfTime(object.time)
      const frames = chunks.reduce((sum, { channels }) => sum + (channels[0]?.length ?? 0), 0)
      if (isFirst || first + frames <= frame) continue
      this.#decoded = chunks
      return Math.min(first, frame)
    }
  }

  async #nextObject(): Promise<MediaObject | undefined> {
    while (this.#read.length === 0) {
      const packet = await this.#packetAt(this.#nextPacket)
      if (packet === undefined) return undefined
      this.#nextPacket++
      this.#read = this.#objects.add(packet)
    }
    return this.#read.shift()
  }

  async #packetAt(index: number): Promise<Uint8Array | undefined> {
    if (index >= this.#packets) return undefined
    const { start, packetBytes } = this.#layout
    return await this.#file.view(start + index * packetBytes, packetBytes)
  }

  async #decode({ bytes, time }: MediaObject): Promise<DecodedChunk[]> {
    this.#decoder ??= await WmaBlocks.open(this.#source, this.#layout)
    const { blockBytes } = this.#layout.sound
    const chunks: DecodedChunk[] = []
    for (let start = 0; start + blockBytes <= bytes.length; start += blockBytes) {
      const chunk = this.#decodeBlock(this.#decoder, bytes.subarray(start, start + blockBytes))
      if (chunk !== undefined) chunks.push(chunk)
    }
    if (chunks.length > 0) this.#firstTime ??= time
    return chunks
  }

  #decodeBlock(blocks: WmaBlocks, block: Uint8Array): DecodedChunk | undefined {
    try {
      const channels = blocks.decode(block)
      const frames = channels[0]?.length ?? 0
      if (frames > 0) this.#lastFrames = frames
      this.#frameUnit = greatestDivisor(this.#frameUnit, frames)
      return channels.length === 0 ? undefined : this.#chunk(channels)
    } catch {
      return !blocks.hasReturned ? undefined : silence(this.#lastFrames, this.channelCount, this.sampleRate)
    }
  }

  #finish(): DecodedChunk[] {
    this.#isEnded = true
    const channels = this.#decoder?.finish() ?? []
    return channels.length === 0 ? [] : [this.#chunk(channels)]
  }

  #chunk(channels: readonly Float32Array[]): DecodedChunk {
    return { sampleRate: this.sampleRate, channels: channels.map((samples) => new Float32Array(samples)) }
  }

  /** Returns the frame of a time, which is rounded to a millisecond in the file. */
  #frameOfTime(milliseconds: number): number {
    const frame = ((milliseconds - (this.#firstTime ?? this.#layout.preroll)) / 1000) * this.sampleRate
    const unit = this.#frameUnit || 1
    const nearest = Math.round(frame / unit) * unit
    const tolerance = (this.sampleRate / 1000) * 1.5
    return Math.max(0, Math.abs(nearest - frame) <= tolerance ? nearest : Math.round(frame))
  }

  /** Resolves with the last packet in which an object begins at or before a frame. */
  async #packetOfFrame(frame: number): Promise<number> {
    let low = 0
    let high = this.#packets - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const first = await this.#firstFrameOf(middle)
      if (first !== undefined && first <= frame) low = middle
      else high = middle - 1
    }
    return low
  }

  async #firstFrameOf(index: number): Promise<number | undefined> {
    const packet = await this.#packetAt(index)
    const { stream } = this.#layout.sound
    const payload =
      packet && readAsfPacket(packet).find((piece) => piece.stream === stream && piece.offset === 0)
    return payload && this.#frameOfTime(payload.time)
  }

  #freeDecoder(): void {
    this.#decoder?.free()
    this.#decoder = undefined
  }
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))
