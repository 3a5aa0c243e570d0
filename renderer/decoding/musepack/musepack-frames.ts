import { decoder } from '@audio/decode-mpc'
import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import type { MusepackLayout } from '../../../shared/sound/containers/musepack-layout.ts'
import { readUpTo } from '../../../shared/sound/containers/read-source.ts'
import { codecNames } from '../../../shared/sound/engine-codecs.ts'
import type { ChunkedSound, DecodedChunk } from '../chunks/chunked-sound.ts'

type MusepackDecoder = Awaited<ReturnType<typeof decoder>>

const chunkBytes = 64 * 1024

/**
 * Musepack of version 7: frames of any number of bits, whose values depend on the frames before, so that a jump back
 * decodes from the beginning.
 */
export class MusepackFrames implements ChunkedSound {
  readonly codec = codecNames.musepack
  readonly sampleRate: number
  readonly channelCount: number
  readonly frames: number | undefined
  readonly #source: ByteSource
  readonly #span: { readonly start: number; readonly end: number }
  #decoder: MusepackDecoder | undefined
  #position: number
  #frame = 0
  #isEnded = false

  constructor(source: ByteSource, layout: MusepackLayout, span: { start: number; end: number }) {
    this.#source = source
    this.#span = span
    this.#position = span.start
    this.sampleRate = layout.sampleRate
    this.channelCount = layout.channelCount
    this.frames = layout.frames
  }

  async restart(frame: number): Promise<number> {
    if (this.#decoder !== undefined && !this.#isEnded && frame >= this.#frame) return this.#frame
    this.#decoder?.free()
    this.#decoder = await decoder()
    this.#position = this.#span.start
    this.#frame = 0
    this.#isEnded = false
    return 0
  }

  async next(): Promise<DecodedChunk | undefined> {
    while (!this.#isEnded) {
      const channels = await this.#decodeMore()
      const length = channels[0]?.length ?? 0
      if (length === 0) continue
      this.#frame += length
      return { sampleRate: this.sampleRate, channels }
    }
    return undefined
  }

  close(): void {
    this.#decoder?.free()
    this.#decoder = undefined
    this.#isEnded = true
    this.#source.close?.()
  }

  /** Resolves with no channels if the decoder needs more bytes. */
  async #decodeMore(): Promise<Float32Array<ArrayBuffer>[]> {
    const length = Math.min(chunkBytes, this.#span.end - this.#position)
    const bytes = await readUpTo(this.#source, this.#position, length)
    this.#position += bytes.length
    if (bytes.length === 0) this.#isEnded = true
    try {
      const decoded = bytes.length === 0 ? this.#decoder?.flush() : this.#decoder?.decode(bytes)
      return (decoded?.channelData ?? []).map((samples) => new Float32Array(samples))
    } catch {
      // The decoder cannot find the next frame behind a damaged one.
      this.#isEnded = true
      return []
    }
  }
}
