/** What a decoder has to know about packets before it decodes them. */
export interface PacketFormat {
  /** The codec's short name, for people. */
  readonly name: string
  /** The codec string of WebCodecs. */
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
  /** Bytes that the decoder needs before the packets. */
  readonly description?: Uint8Array<ArrayBuffer>
  /** Whether the decoding of a packet depends on the packets before it. */
  readonly hasMemory: boolean
}

/** A piece of coded sound. Its times are in frames of the packets' timeline, which includes what is trimmed. */
export interface Packet {
  readonly format: PacketFormat
  /** Undefined if the bytes are lost or damaged: the packet stands for silence. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  readonly start: number
  /** Frames that the decoder returns for it. */
  readonly frames: number
  /** Where the sound ends, if it ends within the packet. */
  readonly end?: number
}

/** Coded sound of a file, packet by packet. */
export interface PacketReader {
  /** Of the first packet. */
  readonly format: PacketFormat
  /** Where the sound begins on the timeline. */
  readonly begin: number
  /** Where the sound ends on the timeline; undefined if it ends with the last packet. */
  readonly end: number | undefined
  /** Frames between `begin` and the end as far as known. */
  readonly frames: number | undefined
  /** Resolves with the next packet; with undefined at the end. */
  next(): Promise<Packet | undefined>
  /**
   * The next packets begin so far before `frame` of the timeline that a decoder that starts with them is exact at
   * `frame`. Beyond the end, there is no next packet.
   */
  seek(frame: number): Promise<void>
}
