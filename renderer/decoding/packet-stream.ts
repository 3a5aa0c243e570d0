import {
  type AudioStream,
  type ByteSource,
  blockFrames,
  type PcmBlock,
} from '../../shared/sound/audio-stream.ts'
import type { Packet, PacketFormat, PacketReader } from '../../shared/sound/packets.ts'
import { silence } from '../../shared/sound/pcm/pcm-blocks.ts'
import { DecodeError, StreamError } from '../../shared/sound/stream-error.ts'
import { BlockPlacer } from './block-placer.ts'
import { copyPcm } from './copy-pcm.ts'
import { assertSupported, type DecodedPacket, PacketDecoder } from './packet-decoder.ts'

/** Packets that are given to the decoder ahead of its output. */
const maxPending = 16
/** A file of which the decoder refuses so many packets, and returns nothing, has no sound. */
const maxFailuresAtStart = 20

/** A packet between the reader and the output. */
interface PendingPacket {
  readonly packet: Packet
  /** Whether it stands for silence: its bytes are lost, or the decoder refused them. */
  isSilent: boolean
  /** Its number among those that were given to the decoder. */
  index: number
}

/** Sound whose packets a decoder of WebCodecs decodes. */
export class PacketStream implements AudioStream {
  readonly #reader: PacketReader
  readonly #source: ByteSource
  readonly #placer: BlockPlacer
  #decoder: PacketDecoder | undefined
  /** What was read and has not come out of the decoder, in sequence. */
  #pending: PendingPacket[] = []
  /** A packet for which the next decoder is needed, when the present one has finished. */
  #held: PendingPacket | undefined
  #isAtEnd = false
  #isClosed = false
  /** Whether the decoder has returned something since it was created. */
  #isWarm = false
  /** The decoder's rate by that of the packets: 2 with spectral band replication. */
  #scale = 1
  #failures = 0
  /** The newest output, whose rate and channels silence has. */
  #last: PcmBlock | undefined
  #first: PcmBlock | undefined
  /** The packets at which a damaged place begins. */
  readonly #damaged = new Set<number>()
  #wasSilent = false
  /** Whether the newest packet in `pending` is silent. */
  #isInterrupted = false

  private constructor(reader: PacketReader, source: ByteSource) {
    this.#reader = reader
    this.#source = source
    this.#placer = new BlockPlacer(reader.begin)
    this.#updateEnd()
  }

  /** Opens a stream and decodes its first packets, because only the decoder shows the rate and the channels. */
  static async open(reader: PacketReader, source: ByteSource): Promise<PacketStream> {
    await assertSupported(reader.format)
    const stream = new PacketStream(reader, source)
    while (stream.#last === undefined && (await stream.#step()));
    stream.#first = stream.#last
    if (stream.#first === undefined) {
      stream.#closeDecoder()
      throw new DecodeError('No packet can be decoded')
    }
    return stream
  }

  get codec(): string {
    return this.#reader.format.name
  }

  get sampleRate(): number {
    return this.#first?.sampleRate ?? this.#reader.format.sampleRate
  }

  get channelCount(): number {
    return this.#first?.channels.length ?? this.#reader.format.channels
  }

  get frames(): number | undefined {
    const { frames } = this.#reader
    return frames && frames * this.#scale
  }

  get damagedPlaces(): number {
    return this.#damaged.size
  }

  async read(): Promise<PcmBlock | undefined> {
    for (;;) {
      const block = this.#placer.take()
      if (block !== undefined) return block
      if (this.#isClosed || this.#placer.isAtEnd || !(await this.#step())) return undefined
    }
  }

  async seek(frame: number): Promise<void> {
    this.#closeDecoder()
    this.#pending = []
    this.#held = undefined
    this.#isAtEnd = false
    this.#wasSilent = false
    const target = this.#reader.begin + Math.floor(frame / this.#scale)
    this.#placer.move(this.#reader.begin * this.#scale + frame)
    await this.#reader.seek(target)
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#closeDecoder()
    this.#source.close?.()
  }

  /** Reads, decodes or places a packet. Resolves with false at the end. */
  async #step(): Promise<boolean> {
    const head = this.#pending[0]
    if (head?.isSilent === true) {
      this.#pending.shift()
      this.#placeSilence(head.packet)
      return true
    }
    const output = this.#decoder?.output
    if (output !== undefined) this.#place(output)
    else if (this.#decoder?.hasFailed === true) this.#recover(this.#decoder)
    else if (this.#held !== undefined) await this.#changeDecoder(this.#held)
    else if (this.#isAtEnd) return await this.#finish()
    else if (this.#pending.length < maxPending) await this.#feed()
    else await this.#decoder?.wait()
    return !this.#isClosed
  }

  async #feed(): Promise<void> {
    const packet = await this.#readPacket()
    if (this.#isClosed) return
    if (packet === undefined) {
      this.#isAtEnd = true
      return
    }
    const pending = { packet, isSilent: packet.bytes === undefined, index: 0 }
    if (this.#needsNewDecoder(packet)) this.#held = pending
    else this.#push(pending)
  }

  async #readPacket(): Promise<Packet | undefined> {
    try {
      return await this.#reader.next()
    } catch (error) {
      if (this.#isClosed || error instanceof StreamError) throw error
      throw new DecodeError('The packets cannot be read', { cause: error })
    }
  }

  /** After a damaged packet, what a decoder remembers is not what the next packet continues. */
  #needsNewDecoder({ format, bytes }: Packet): boolean {
    if (bytes === undefined) return false
    return this.#decoder?.format !== format || (this.#isInterrupted && format.hasMemory)
  }

  #push(pending: PendingPacket): void {
    const { packet, isSilent } = pending
    // A decoder returns nothing for some packets, like the first one of Vorbis.
    if (packet.frames > 0) this.#pending.push(pending)
    this.#isInterrupted = isSilent
    if (packet.bytes === undefined || isSilent) return
    pending.index = this.#decoder?.given ?? 0
    this.#decoder?.decode(packet.bytes, Math.round((packet.start / packet.format.sampleRate) * 1e6))
  }

  /** Takes everything out of the present decoder, then starts the next one with a packet. */
  async #changeDecoder(held: PendingPacket): Promise<void> {
    if (this.#decoder !== undefined) {
      await this.#decoder.finish()
      if (this.#decoder?.hasOutput === true || this.#decoder?.hasFailed === true) return
      this.#dropPending()
    }
    if (this.#isClosed || this.#held !== held) return
    this.#held = undefined
    this.#startDecoder(held.packet.format)
    this.#push(held)
  }

  async #finish(): Promise<boolean> {
    await this.#decoder?.finish()
    if (this.#decoder?.hasOutput === true || this.#decoder?.hasFailed === true) return true
    this.#dropPending()
    return false
  }

  /** Silence replaces the packets for which a decoder that has finished returned nothing. */
  #dropPending(): void {
    for (const { packet } of this.#pending) this.#placeSilence(packet)
    this.#pending = []
  }

  /** Goes on behind the packet that the decoder refused. */
  #recover(decoder: PacketDecoder): void {
    this.#failures++
    if (this.#last === undefined && this.#failures > maxFailuresAtStart)
      throw new DecodeError('The decoder refuses the packets', { cause: decoder.error })
    const rest = this.#pending
    const refused = rest.find(({ isSilent }) => !isSilent)
    if (refused === undefined) throw new DecodeError('The decoder failed', { cause: decoder.error })
    refused.isSilent = true
    this.#pending = []
    this.#startDecoder(decoder.format)
    for (const pending of rest) this.#push(pending)
  }

  #startDecoder(format: PacketFormat): void {
    this.#closeDecoder()
    this.#decoder = new PacketDecoder(format)
  }

  #closeDecoder(): void {
    this.#decoder?.close()
    this.#decoder = undefined
    this.#isWarm = false
  }

  /** Places what the decoder returned for the first pending packet that has sound, unless it is of a later one. */
  #place({ data, index }: DecodedPacket): void {
    const waiting = this.#pending.filter(({ isSilent }) => !isSilent)
    const dropped = waiting.filter((other) => index !== undefined && other.index < index)
    for (const other of dropped) other.isSilent = true
    // The silence comes first.
    if (dropped.length > 0) return
    this.#decoder?.take()
    const block = copyPcm(data)
    data.close()
    const [pending] = waiting
    if (pending === undefined) return
    this.#pending.splice(0, this.#pending.indexOf(pending) + 1)
    const { packet } = pending
    if (this.#last === undefined) this.#setScale(block, packet)
    this.#last = block
    const expected = packet.frames * this.#scale
    // A decoder that discards what the format says is not heard discards it at its beginning.
    const discarded = this.#isWarm ? 0 : Math.max(0, expected - blockFrames(block))
    this.#isWarm = true
    this.#wasSilent = false
    const end = packet.end === undefined ? undefined : packet.end * this.#scale
    this.#placer.add(block, packet.start * this.#scale + discarded, end)
  }

  #setScale({ sampleRate }: PcmBlock, { format }: Packet): void {
    this.#scale = sampleRate / format.sampleRate
    this.#placer.move(this.#reader.begin * this.#scale)
    this.#updateEnd()
  }

  #updateEnd(): void {
    const { end } = this.#reader
    if (end !== undefined) this.#placer.setEnd(end * this.#scale)
  }

  #placeSilence({ start, frames, format }: Packet): void {
    if (!this.#wasSilent) this.#damaged.add(start)
    this.#wasSilent = true
    const like = this.#last ?? silence(0, format.sampleRate, format.channels)
    this.#placer.addSilence((start + frames) * this.#scale, like)
  }
}
