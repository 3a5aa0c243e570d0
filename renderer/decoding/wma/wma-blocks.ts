import { decoder } from '@audio/decode-wma'
import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import type { AsfLayout } from '../../../shared/sound/containers/asf-layout.ts'
import { readUpTo } from '../../../shared/sound/containers/read-source.ts'

type WmaDecoder = Awaited<ReturnType<typeof decoder>>

const headerKind = [
  0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c,
]
const dataKind = [0x36, ...headerKind.slice(1)]
const fileKind = [
  0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
]
const filePropertiesBytes = 104
/** The fields in front of a packet's only piece. */
const packetHeaderBytes = 10

/**
 * Decodes blocks of Windows Media Audio. The library reads whole files only, and not objects that are in several packets,
 * so it gets a file with one block in each packet.
 */
export class WmaBlocks {
  readonly #decoder: WmaDecoder
  readonly #packet: Uint8Array
  #hasReturned = false

  constructor(made: WmaDecoder, blockBytes: number) {
    this.#decoder = made
    this.#packet = new Uint8Array(packetHeaderBytes + blockBytes)
  }

  /** Throws SourceError, and Error if the library cannot decode the stream. */
  static async open(source: ByteSource, { sound }: AsfLayout): Promise<WmaBlocks> {
    const { start, length } = sound.properties
    const properties = await readUpTo(source, start, length)
    const made = await decoder()
    made.decode(fileHeader(properties, packetHeaderBytes + sound.blockBytes))
    return new WmaBlocks(made, sound.blockBytes)
  }

  /** Whether it returned frames. Before that, a block without any is not damaged. */
  get hasReturned(): boolean {
    return this.#hasReturned
  }

  /** Returns the channels of a block. Throws Error if it has none. */
  decode(block: Uint8Array): Float32Array[] {
    this.#packet.set(block, packetHeaderBytes)
    const { channelData } = this.#decoder.decode(this.#packet)
    this.#hasReturned ||= channelData.length > 0
    return channelData
  }

  /** Returns what the decoder holds back. */
  finish(): Float32Array[] {
    return this.#decoder.flush().channelData
  }

  free(): void {
    this.#decoder.free()
  }
}

/** Returns an ASF header with the properties of a stream, up to the first packet. */
function fileHeader(properties: Uint8Array, packetBytes: number): Uint8Array {
  const headerBytes = 30 + filePropertiesBytes + properties.length
  const bytes = new Uint8Array(headerBytes + 50)
  const view = new DataView(bytes.buffer)
  bytes.set(headerKind)
  view.setBigUint64(16, BigInt(headerBytes), true)
  view.setUint32(24, 2, true)
  bytes.set(fileKind, 30)
  view.setBigUint64(46, BigInt(filePropertiesBytes), true)
  view.setUint32(30 + 24 + 68, packetBytes, true)
  view.setUint32(30 + 24 + 72, packetBytes, true)
  bytes.set(properties, 30 + filePropertiesBytes)
  bytes.set(dataKind, headerBytes)
  view.setBigUint64(headerBytes + 16, BigInt(Number.MAX_SAFE_INTEGER), true)
  return bytes
}
