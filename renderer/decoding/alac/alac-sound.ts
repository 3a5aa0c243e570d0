import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { readUpTo } from '../../../shared/sound/containers/read-source.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import { type ChunkedSound, type DecodedChunk, silence } from '../chunks/chunked-sound.ts'
import type { AlacConfiguration } from './alac-configuration.ts'
import { AlacDecoder } from './alac-decoder.ts'
import { endOfRun, type PacketList, packetOf } from './packet-list.ts'

/** The bytes that are requested at once: about two seconds of sound. */
const readAheadBytes = 192 * 1024

/** Packets that were read together. */
interface ReadPackets {
  readonly first: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** Apple Lossless in packets, each of which can be decoded alone. */
export class AlacSound implements ChunkedSound {
  readonly codec = codecNames.alac
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number
  readonly #source: ByteSource
  readonly #packets: PacketList
  readonly #decoder: AlacDecoder
  #next = 0
  #read: ReadPackets | undefined

  constructor(source: ByteSource, configuration: AlacConfiguration, packets: PacketList) {
    this.#source = source
    this.#packets = packets
    this.#decoder = new AlacDecoder(configuration)
    this.sampleRate = configuration.sampleRate
    this.channelCount = configuration.channelCount
    this.frames = packets.frames
  }

  async restart(frame: number): Promise<number> {
    const { skippedFrames, firstFrames } = this.#packets
    this.#next = packetOf(this.#packets, frame + skippedFrames)
    return (firstFrames[this.#next] as number) - skippedFrames
  }

  async next(): Promise<DecodedChunk | undefined> {
    const index = this.#next
    const { count, firstFrames } = this.#packets
    if (index >= count) return undefined
    this.#next++
    const packet = await this.#readPacket(index)
    const frames = (firstFrames[index + 1] as number) - (firstFrames[index] as number)
    try {
      const channels = this.#decoder.decode(packet)
      if (channels[0]?.length === frames) return { sampleRate: this.sampleRate, channels }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
    return silence(frames, this.channelCount, this.sampleRate)
  }

  close(): void {
    this.#read = undefined
    this.#source.close?.()
  }

  async #readPacket(index: number): Promise<Uint8Array> {
    const { positions, sizes } = this.#packets
    let read = this.#read
    if (read === undefined || index < read.first || index >= read.end) {
      const end = endOfRun(this.#packets, index, readAheadBytes)
      const start = positions[index] as number
      const length = (positions[end - 1] as number) + (sizes[end - 1] as number) - start
      read = { first: index, end, bytes: await readUpTo(this.#source, start, length) }
      this.#read = read
    }
    const start = (positions[index] as number) - (positions[read.first] as number)
    return read.bytes.subarray(start, start + (sizes[index] as number))
  }
}
