import { decoder } from '@audio/decode-mpc'
import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { FileWindow } from '../../../shared/sound/bytes/file-window.ts'
import {
  type MusepackLayout,
  type MusepackPacket,
  readMusepackPacket,
} from '../../../shared/sound/containers/musepack-layout.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import { type ChunkedSound, type DecodedChunk, silence } from '../chunks/chunked-sound.ts'

type MusepackDecoder = Awaited<ReturnType<typeof decoder>>

const magic = new TextEncoder().encode('MPCK')
/** A packet has up to 64 frames, each of up to 4,352 bytes. */
const maxPacketBytes = 512 * 1024

/**
 * Musepack of version 8: packets, from each of which the decoder can begin. The library wants the whole file because of
 * its seek table, so it gets a file without one: the headers, and the packets from the wanted one on.
 */
export class MusepackPackets implements ChunkedSound {
  readonly codec = codecNames.musepack
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number | undefined
  readonly #source: ByteSource
  readonly #file: FileWindow
  readonly #layout: MusepackLayout
  readonly #end: number
  /** The positions of the packets that were found so far. */
  readonly #positions: number[]
  #decoder: MusepackDecoder | undefined
  #next = 0
  /** The frame that the decoder returns next, and the frames of silence before it. */
  #frame = 0
  #gap = 0

  constructor(source: ByteSource, layout: MusepackLayout, end: number) {
    this.#source = source
    this.#file = new FileWindow(source)
    this.#layout = layout
    this.#end = end
    this.#positions = [layout.start]
    this.sampleRate = layout.sampleRate
    this.channelCount = layout.channelCount
    this.frames = layout.frames
  }

  async restart(frame: number): Promise<number> {
    const packet = Math.floor(frame / this.#layout.framesPerPacket)
    // Packets state their lengths only, so that those in front of the wanted one are read.
    while (this.#positions.length <= packet && (await this.#findNext()));
    return this.#restartAt(Math.min(packet, this.#positions.length - 1))
  }

  async next(): Promise<DecodedChunk | undefined> {
    const gap = Math.min(this.#gap, this.sampleRate)
    this.#gap -= gap
    if (gap > 0) return silence(gap, this.channelCount, this.sampleRate)
    const packet = await this.#packetAt(this.#next)
    const decoded = packet?.key === 'AP' ? await this.#decode(packet) : this.#drain()
    this.#frame += decoded?.[0]?.length ?? 0
    if (this.#decoder !== undefined && this.#decoder.errors > 0) await this.#continueBehindDamage()
    return decoded && { sampleRate: this.sampleRate, channels: decoded }
  }

  close(): void {
    this.#freeDecoder()
    this.#source.close?.()
  }

  /** The first frame of a packet is the first one that needs nothing of the packet before. */
  #restartAt(packet: number): number {
    this.#freeDecoder()
    this.#next = packet
    this.#gap = 0
    this.#frame = packet * this.#layout.framesPerPacket
    return this.#frame
  }

  async #decode({ position, length }: MusepackPacket): Promise<Float32Array<ArrayBuffer>[]> {
    this.#next++
    const bytes = await this.#file.view(position, length)
    const isFirst = this.#decoder === undefined
    this.#decoder ??= await decoder()
    // The library loses the first packet unless it comes with the headers.
    const { channelData } = this.#decoder.decode(isFirst ? await this.#withHeaders(bytes) : bytes)
    return channelData.map((samples) => new Float32Array(samples))
  }

  async #withHeaders(packet: Uint8Array): Promise<Uint8Array> {
    const parts = [magic]
    for (const { key, position, length } of this.#layout.headerPackets)
      if (key !== 'SO' && key !== 'ST') parts.push((await this.#file.view(position, length)).slice())
    parts.push(new Uint8Array(packet))
    return new Uint8Array(await new Blob(parts).arrayBuffer())
  }

  /** Returns what the decoder holds back until it has the next packet or is told that there is none. */
  #drain(): Float32Array<ArrayBuffer>[] | undefined {
    const ended = this.#decoder
    this.#decoder = undefined
    const channels = ended?.flush().channelData.map((samples) => new Float32Array(samples)) ?? []
    ended?.free()
    return channels.length === 0 ? undefined : channels
  }

  /** The decoder cannot go on behind a damaged frame. It begins with the packet behind that frame's one. */
  async #continueBehindDamage(): Promise<void> {
    const damaged = this.#frame
    const packet = Math.floor(damaged / this.#layout.framesPerPacket) + 1
    this.#gap = this.#restartAt(packet) - damaged
  }

  async #packetAt(index: number): Promise<MusepackPacket | undefined> {
    while (this.#positions.length <= index) if (!(await this.#findNext())) return undefined
    return await this.#readPacket(this.#positions[index] as number)
  }

  /** Returns whether there is another packet behind those that were found. */
  async #findNext(): Promise<boolean> {
    const last = await this.#readPacket(this.#positions.at(-1) as number)
    if (last === undefined || last.key === 'SE') return false
    this.#positions.push(last.position + last.length)
    return true
  }

  async #readPacket(position: number): Promise<MusepackPacket | undefined> {
    const packet = readMusepackPacket(await this.#file.view(position, 16), position)
    return packet === undefined || packet.length > maxPacketBytes || position + packet.length > this.#end
      ? undefined
      : packet
  }

  #freeDecoder(): void {
    this.#decoder?.free()
    this.#decoder = undefined
  }
}
