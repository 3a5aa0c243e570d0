import { blockFrames, type PcmBlock } from '../../shared/sound/audio-stream.ts'
import { createResampler, type Resampler } from '../../shared/sound/resampling/resampler.ts'
import { createTimeStretch, type TimeStretch } from '../../shared/sound/stretching/time-stretch.ts'

/** Brings the stereo blocks of a song to the ring's rate, and to a speed. */
export class RateConverter {
  readonly to: number
  readonly #speed: number
  #from: number
  #stretch: TimeStretch
  #resampler: Resampler
  /** The frames of the song that were taken, and those for the ring that were given, since the signal began. */
  #taken = 0
  #given = 0

  constructor(from: number, to: number, speed: number) {
    this.to = to
    this.#speed = speed
    this.#from = from
    this.#stretch = createTimeStretch(2, from, speed)
    this.#resampler = createResampler(2, from, to)
  }

  /** The rate of the last block. */
  get from(): number {
    return this.#from
  }

  /** How many frames of the sound so far come later, with the next blocks. */
  get pending(): number {
    const stretched = Math.round(this.#taken / this.#speed)
    return Math.max(0, this.#resampler.outputFrame(stretched) - this.#given)
  }

  /** Returns what is complete. The rate may change from block to block. */
  convert(block: PcmBlock): readonly PcmBlock[] {
    const rest = block.sampleRate === this.#from ? [] : [this.#changeRate(block.sampleRate)]
    this.#taken += blockFrames(block)
    const converted = this.#resampler.process(this.#stretch.process(block))
    this.#given += blockFrames(converted)
    return [...rest, converted]
  }

  /** Returns the rest of the sound so far. The next block begins a new signal. */
  flush(): PcmBlock {
    const { pending } = this
    const last = this.#resampler.process(this.#stretch.flush())
    const rest = this.#resampler.flush()
    this.#taken = 0
    this.#given = 0
    const channels = last.channels.map((samples, channel) => {
      const joined = new Float32Array(pending)
      const tail = rest.channels[channel]!
      joined.set(samples.subarray(0, pending))
      if (samples.length < pending) joined.set(tail.subarray(0, pending - samples.length), samples.length)
      return joined
    })
    return { sampleRate: this.to, channels }
  }

  #changeRate(rate: number): PcmBlock {
    const rest = this.flush()
    this.#from = rate
    this.#stretch = createTimeStretch(2, rate, this.#speed)
    this.#resampler = createResampler(2, rate, this.to)
    return rest
  }
}
