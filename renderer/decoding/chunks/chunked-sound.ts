import type { AudioStream, PcmBlock } from '../../../shared/sound/audio-stream.ts'

import { DecodeError, StreamError } from '../../../shared/sound/stream-error.ts'

/** Frames that a decoder returns. */
export interface DecodedChunk {
  readonly sampleRate: number
  readonly channels: readonly Float32Array<ArrayBuffer>[]
  /** Whether the file's bytes could not be decoded, so that this is silence. */
  readonly isDamaged?: boolean
}

/** Sound that can be decoded from certain frames on. */
export interface ChunkedSound {
  readonly codec: string
  readonly sampleRate: number
  readonly channelCount: number
  /** Undefined while unknown. */
  readonly frames: number | undefined
  /** Prepares to decode `frame`. Resolves with the first frame of the next chunk, which is `frame` or one before it. */
  restart(frame: number): Promise<number>
  /** Resolves with the next frames; with undefined at the end. */
  next(): Promise<DecodedChunk | undefined>
  close(): void
}

/** Makes a stream from sound in chunks: it cuts to the exact frames and counts the damaged places. */
export class ChunkedAudioStream implements AudioStream {
  readonly #sound: ChunkedSound
  /** The frame that the next read returns. */
  #position = 0
  /** The frames before it in the next chunk; undefined before the first read and after a seek. */
  #skip: number | undefined
  #damagedPlaces = 0
  #isInDamage = false
  #isClosed = false

  constructor(sound: ChunkedSound) {
    this.#sound = sound
  }

  get codec(): string {
    return this.#sound.codec
  }

  get sampleRate(): number {
    return this.#sound.sampleRate
  }

  get channelCount(): number {
    return this.#sound.channelCount
  }

  get frames(): number | undefined {
    return this.#sound.frames
  }

  get damagedPlaces(): number {
    return this.#damagedPlaces
  }

  async read(): Promise<PcmBlock | undefined> {
    try {
      return await this.#read()
    } catch (error) {
      if (error instanceof StreamError) throw error
      throw new DecodeError('The decoder failed', { cause: error })
    }
  }

  async #read(): Promise<PcmBlock | undefined> {
    this.#skip ??= this.#position - (await this.#sound.restart(this.#position))
    while (!this.#isClosed) {
      const left = (this.#sound.frames ?? Number.POSITIVE_INFINITY) - this.#position
      if (left <= 0) return undefined
      const chunk = await this.#sound.next()
      if (chunk === undefined) return undefined
      const block = this.#cut(chunk, left)
      if (block !== undefined) return block
    }
    return undefined
  }

  async seek(frame: number): Promise<void> {
    const last = this.#sound.frames ?? Number.POSITIVE_INFINITY
    this.#position = Math.min(Math.max(0, Math.round(frame)), last)
    this.#skip = undefined
    this.#isInDamage = false
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#sound.close()
  }

  /** Returns the frames of a chunk from the position on, up to `left`; undefined if there are none. */
  #cut({ channels, sampleRate, isDamaged = false }: DecodedChunk, left: number): PcmBlock | undefined {
    const length = channels[0]?.length ?? 0
    const skipped = Math.min(this.#skip ?? 0, length)
    const end = Math.min(length, skipped + left)
    this.#skip = (this.#skip ?? 0) - skipped
    if (end === skipped) return undefined
    this.#position += end - skipped
    if (isDamaged && !this.#isInDamage) this.#damagedPlaces++
    this.#isInDamage = isDamaged
    const isWhole = skipped === 0 && end === length
    return {
      sampleRate,
      channels: isWhole ? channels : channels.map((samples) => samples.subarray(skipped, end)),
    }
  }
}

/** Returns silence in place of frames that cannot be decoded. */
export function silence(frames: number, channelCount: number, sampleRate: number): DecodedChunk {
  const channels = Array.from({ length: channelCount }, () => new Float32Array(frames))
  return { sampleRate, channels, isDamaged: true }
}
