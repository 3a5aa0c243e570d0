import type { PacketFormat } from '../../shared/sound/packets.ts'
import { UnsupportedFormat } from '../../shared/sound/stream-error.ts'

/** So many packets wait while another one is decoded, when the sequence of the decoder is observed. */
const minWaiting = 4

/** A decoder of WebCodecs for packets of one format. It is used until the first error or the last packet. */
export class PacketDecoder {
  readonly format: PacketFormat
  readonly #decoder: AudioDecoder
  readonly #outputs: DecodedPacket[] = []
  #given = 0
  #returned = 0
  #isSequential = false
  #error: DOMException | undefined
  #wake = Promise.withResolvers<void>()

  constructor(format: PacketFormat) {
    this.format = format
    this.#decoder = new AudioDecoder({
      output: (data) => {
        this.#outputs.push({ data, index: this.#indexOfOutput() })
        this.#wake.resolve()
      },
      error: (error) => {
        this.#error = error
        this.#wake.resolve()
      },
    })
    this.#decoder.configure(configOf(format))
  }

  get hasFailed(): boolean {
    return this.#error !== undefined
  }

  get error(): DOMException | undefined {
    return this.#error
  }

  get hasOutput(): boolean {
    return this.#outputs.length > 0
  }

  decode(bytes: Uint8Array<ArrayBuffer>, timestamp: number): void {
    if (this.#decoder.state !== 'configured') return
    this.#given++
    this.#decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp, data: bytes }))
  }

  /** Decodes everything up to now. Afterwards the decoder cannot be used again. */
  async finish(): Promise<void> {
    if (this.#decoder.state === 'configured') await this.#decoder.flush().catch(() => undefined)
  }

  /** The number of packets that were given to the decoder. */
  get given(): number {
    return this.#given
  }

  /** The next output; undefined if there is none yet. */
  get output(): DecodedPacket | undefined {
    return this.#outputs[0]
  }

  /** Removes the next output. The caller closes it. */
  take(): void {
    this.#outputs.shift()
  }

  /** Resolves when there is an output or an error. */
  async wait(): Promise<void> {
    if (this.#outputs.length > 0 || this.#error !== undefined) return
    await this.#wake.promise
    this.#wake = Promise.withResolvers()
  }

  /**
   * Returns the number of the packet that is being decoded; undefined if unknown. Chromium drops packets that it cannot
   * decode without a word. But it decodes one at a time, so that the size of its queue shows which one an output is of.
   * That is certain if it once was so while several packets waited.
   */
  #indexOfOutput(): number | undefined {
    const index = this.#given - this.#decoder.decodeQueueSize - 1
    if (index === this.#returned && this.#given >= index + minWaiting) this.#isSequential = true
    this.#returned = index + 1
    return this.#isSequential ? index : undefined
  }

  close(): void {
    for (const { data } of this.#outputs) data.close()
    this.#outputs.length = 0
    if (this.#decoder.state !== 'closed') this.#decoder.close()
    this.#wake.resolve()
  }
}

/** An output, and the number of the packet that it belongs to, if the decoder shows it. */
export interface DecodedPacket {
  readonly data: AudioData
  readonly index: number | undefined
}

/** Throws UnsupportedFormat if the browser has no decoder for the format. */
export async function assertSupported(format: PacketFormat): Promise<void> {
  if (typeof AudioDecoder === 'undefined') throw new UnsupportedFormat(format.codec)
  const { supported } = await AudioDecoder.isConfigSupported(configOf(format)).catch((cause: unknown) => {
    throw new UnsupportedFormat(format.codec, { cause })
  })
  if (supported !== true) throw new UnsupportedFormat(format.codec)
}

function configOf({ codec, sampleRate, channels, description }: PacketFormat): AudioDecoderConfig {
  return { codec, sampleRate, numberOfChannels: channels, ...(description && { description }) }
}
