import type { AudioStream, PcmBlock } from '../../shared/sound/audio-stream.ts'
import { mixToStereo } from './mix-down.ts'

/** An open song: its sound as stereo blocks of a wanted size, with its gain. */
export class SongInput {
  readonly url: string
  readonly #stream: AudioStream
  #gain = 1
  /** What was decoded and not taken yet. */
  #rest: PcmBlock | undefined
  #position = 0

  constructor(url: string, stream: AudioStream) {
    this.url = url
    this.#stream = stream
  }

  /** Frames per second of the next block. */
  get sampleRate(): number {
    return this.#rest?.sampleRate ?? this.#stream.sampleRate
  }

  /** Undefined while unknown. */
  get frames(): number | undefined {
    return this.#stream.frames
  }

  /** Seconds; 0 while unknown. */
  get duration(): number {
    const { frames, sampleRate } = this.#stream
    return frames === undefined ? 0 : frames / sampleRate
  }

  /** The frame with which the next block begins. */
  get position(): number {
    return this.#position
  }

  set gain(gain: number) {
    this.#gain = gain
  }

  /** Continues at a frame of the song. */
  async seek(frame: number): Promise<void> {
    if (frame === this.#position) return
    this.#rest = undefined
    await this.#stream.seek(frame)
    this.#position = frame
  }

  /** Decodes the next block, so that a `read` has no delay. */
  async prepare(): Promise<void> {
    this.#rest ??= await this.#stream.read()
  }

  /** Returns the next frames, at most `limit`; undefined at the end of the song. */
  async read(limit: number): Promise<PcmBlock | undefined> {
    await this.prepare()
    const block = this.#rest
    if (block === undefined) return undefined
    const length = block.channels[0]?.length ?? 0
    const taken = Math.min(limit, length)
    this.#rest = taken === length ? undefined : slice(block, taken, length)
    this.#position += taken
    const piece = taken === length ? block : slice(block, 0, taken)
    return { sampleRate: block.sampleRate, channels: mixToStereo(piece.channels, this.#gain) }
  }

  close(): void {
    this.#stream.close()
  }
}

const slice = ({ sampleRate, channels }: PcmBlock, start: number, end: number): PcmBlock => ({
  sampleRate,
  channels: channels.map((samples) => samples.subarray(start, end)),
})
