import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'
import { createResampler, type Resampler } from '../../shared/sound/resampling/resampler.ts'

/** Brings the stereo blocks of a song to the ring's rate. */
export class RateConverter {
  readonly to: number
  #from: number
  #resampler: Resampler
  /** Frames since the resampler began. */
  #taken = 0
  #given = 0

  constructor(from: number, to: number) {
    this.to = to
    this.#from = from
    this.#resampler = createResampler(2, from, to)
  }

  /** The rate of the last block. */
  get from(): number {
    return this.#from
  }

  /** How many frames of the sound so far come later, with the next blocks. */
  get pending(): number {
    return Math.max(0, this.#resampler.outputFrame(this.#taken) - this.#given)
  }

  /** Returns what is complete. The rate may change from block to block. */
  convert(block: PcmBlock): readonly PcmBlock[] {
    const rest = block.sampleRate === this.#from ? [] : [this.#changeRate(block.sampleRate)]
    this.#taken += blockFrames(block)
    const converted = this.#resampler.process(block) as PcmBlock
    this.#given += blockFrames(converted)
    return [...rest, converted]
  }

  /** Returns the rest of the sound so far. The next block begins a new signal. */
  flush(): PcmBlock {
    const { pending } = this
    const { channels } = this.#resampler.flush() as PcmBlock
    this.#taken = 0
    this.#given = 0
    return { sampleRate: this.to, channels: channels.map((samples) => samples.subarray(0, pending)) }
  }

  #changeRate(rate: number): PcmBlock {
    const rest = this.flush()
    this.#from = rate
    this.#resampler = createResampler(2, rate, this.to)
    return rest
  }
}
