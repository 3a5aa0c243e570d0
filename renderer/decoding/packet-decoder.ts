import type { PacketFormat } from '../../shared/sound/packets.ts'
import { UnsupportedFormat } from '../../shared/sound/stream-error.ts'

/** A decoder of WebCodecs for packets of one format. It is used until the first error or the last packet. */
export class PacketDecoder {
  readonly format: PacketFormat
  readonly #decoder: AudioDecoder
  readonly #outputs: AudioData[] = []
  #error: DOMException | undefined
  #wake = Promise.withResolvers<void>()

  constructor(format: PacketFormat) {
    this.format = format
    this.#decoder = new AudioDecoder({
      output: (data) => {
        this.#outputs.push(data)
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
    this.#decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp, data: bytes }))
  }

  /** Decodes everything up to now. Afterwards the decoder cannot be used again. */
  async finish(): Promise<void> {
    if (this.#decoder.state === 'configured') await this.#decoder.flush().catch(() => undefined)
  }

  /** Returns the next output; undefined if there is none yet. The caller closes it. */
  take(): AudioData | undefined {
    return this.#outputs.shift()
  }

  /** Resolves when there is an output or an error. */
  async wait(): Promise<void> {
    if (this.#outputs.length > 0 || this.#error !== undefined) return
    await this.#wake.promise
    this.#wake = Promise.withResolvers()
  }

  close(): void {
    for (const output of this.#outputs) output.close()
    this.#outputs.length = 0
    if (this.#decoder.state !== 'closed') this.#decoder.close()
    this.#wake.resolve()
  }
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
