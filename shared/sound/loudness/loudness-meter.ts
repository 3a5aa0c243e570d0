import { blockFrames, type PcmBlock } from '../audio-stream.ts'
import { KWeighting } from './k-weighting.ts'
import { LoudnessHistogram } from './loudness-histogram.ts'
import { integratedLoudness } from './loudness-of-energy.ts'
import { TruePeak } from './true-peak.ts'

/** A block of 400 ms begins every 100 ms. */
const stepsPerBlock = 4
const surround = 1.41

/**
 * The weights of BS.1770 for the channels in the sequence of WAVE files: left, right, centre, low frequencies, and then
 * those beside and behind the listener.
 */
const weightsByCount: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 1, 1],
  [1, 1, surround, surround],
  [1, 1, 1, surround, surround],
  [1, 1, 1, 0, surround, surround],
  [1, 1, 1, 0, 1, surround, surround],
  [1, 1, 1, 0, 1, 1, surround, surround],
]

export interface LoudnessMeterOptions {
  /** One channel is heard from two speakers: it is 3 dB louder than a single one. */
  readonly isMonoDoubled?: boolean
}

/** Measures the loudness of EBU R 128 (ITU-R BS.1770) and the true peak of a song. */
export class LoudnessMeter {
  readonly #options: LoudnessMeterOptions
  /** The mean energy of each block: 10 of them a second. */
  readonly #energies: number[] = []
  #rate = 0
  #weights: readonly number[] = []
  #filters: readonly KWeighting[] = []
  #peaks: readonly TruePeak[] = []
  #peak = 0
  #framesOfStep = 0
  #stepFrames = 0
  #stepEnergy = 0
  /** Mean energies of the last steps, the newest one last. */
  #steps: number[] = []

  constructor(options: LoudnessMeterOptions = {}) {
    this.#options = options
  }

  /** Adds what follows. The rate and the number of channels may change. */
  add(block: PcmBlock): void {
    if (block.sampleRate !== this.#rate || block.channels.length !== this.#filters.length) this.#begin(block)
    for (const [index, samples] of block.channels.entries()) this.#peaks[index]?.add(samples)
    const frames = blockFrames(block)
    for (let start = 0; start < frames; ) {
      const end = Math.min(frames, start + this.#framesOfStep - this.#stepFrames)
      this.#addEnergy(block.channels, start, end)
      start = end
    }
  }

  /** Call it at the end: peaks between the last frames count too. */
  finish(): void {
    for (const peak of this.#peaks) {
      peak.finish()
      this.#peak = Math.max(this.#peak, peak.peak)
    }
  }

  /** LUFS; undefined for silence and for less than 400 ms. */
  get loudness(): number | undefined {
    return integratedLoudness(this.#energies)
  }

  /** The true peak as a share of full scale. */
  get peak(): number {
    return Math.max(this.#peak, ...this.#peaks.map(({ peak }) => peak))
  }

  get histogram(): LoudnessHistogram {
    const histogram = new LoudnessHistogram()
    for (const energy of this.#energies) histogram.addEnergy(energy)
    return histogram
  }

  #begin({ sampleRate, channels }: PcmBlock): void {
    this.finish()
    const weights = weightsByCount[channels.length] ?? channels.map(() => 1)
    this.#rate = sampleRate
    this.#weights = channels.length === 1 && this.#options.isMonoDoubled ? [2] : weights
    this.#filters = channels.map(() => new KWeighting(sampleRate))
    this.#peaks = channels.map(() => new TruePeak(sampleRate))
    this.#framesOfStep = Math.max(1, Math.round(sampleRate / 10))
    this.#stepFrames = 0
    this.#stepEnergy = 0
  }

  #addEnergy(channels: readonly Float32Array[], start: number, end: number): void {
    for (const [index, samples] of channels.entries()) {
      const weight = this.#weights[index] ?? 0
      if (weight > 0) this.#stepEnergy += weight * this.#filters[index]!.energy(samples, start, end)
    }
    this.#stepFrames += end - start
    if (this.#stepFrames === this.#framesOfStep) this.#endStep()
  }

  #endStep(): void {
    this.#steps.push(this.#stepEnergy / this.#stepFrames)
    this.#stepEnergy = 0
    this.#stepFrames = 0
    if (this.#steps.length < stepsPerBlock) return
    this.#energies.push(this.#steps.reduce((sum, energy) => sum + energy, 0) / stepsPerBlock)
    this.#steps.shift()
  }
}
