import { blockFrames, type PcmBlock } from '../audio-stream.ts'

/** The columns of every stored waveform. */
export const waveformColumns = 1500

/**
 * The outline of a song: for each of `waveformColumns` equal parts its lowest and its highest sample of all channels, one
 * after the other, from −127 to 127 for full scale.
 */
export type Waveform = Int8Array

const firstBucketFrames = 64
/** Buckets are joined in pairs when they are twice the columns, so that any duration needs the same memory. */
const maxBuckets = 2 * waveformColumns

/** Builds the waveform of a song whose length need not be known. */
export class WaveformBuilder {
  readonly #lowest = new Float32Array(maxBuckets)
  readonly #highest = new Float32Array(maxBuckets)
  #bucketFrames = firstBucketFrames
  /** Complete buckets. The next one is incomplete. */
  #buckets = 0
  #framesInBucket = 0

  add(block: PcmBlock): void {
    const frames = blockFrames(block)
    for (let start = 0; start < frames; ) {
      const end = Math.min(frames, start + this.#bucketFrames - this.#framesInBucket)
      for (const samples of block.channels) this.#extend(samples, start, end)
      this.#framesInBucket += end - start
      if (this.#framesInBucket === this.#bucketFrames) this.#endBucket()
      start = end
    }
  }

  /** Returns the waveform of everything so far: a flat one if there is nothing. */
  build(): Waveform {
    const waveform = new Int8Array(2 * waveformColumns)
    const length = this.#buckets + this.#framesInBucket / this.#bucketFrames
    const buckets = Math.ceil(length)
    if (buckets === 0) return waveform
    for (let column = 0; column < waveformColumns; column++) {
      const first = Math.min(buckets - 1, Math.floor((column * length) / waveformColumns))
      const end = Math.max(first + 1, Math.floor(((column + 1) * length) / waveformColumns))
      waveform[2 * column] = toByte(Math.min(...this.#lowest.subarray(first, end)))
      waveform[2 * column + 1] = toByte(Math.max(...this.#highest.subarray(first, end)))
    }
    return waveform
  }

  #extend(samples: Float32Array, start: number, end: number): void {
    let lowest = this.#lowest[this.#buckets]!
    let highest = this.#highest[this.#buckets]!
    for (let index = start; index < end; index++) {
      const sample = samples[index]!
      if (sample < lowest) lowest = sample
      if (sample > highest) highest = sample
    }
    this.#lowest[this.#buckets] = lowest
    this.#highest[this.#buckets] = highest
  }

  #endBucket(): void {
    this.#buckets += 1
    this.#framesInBucket = 0
    if (this.#buckets === maxBuckets) this.#joinPairs()
  }

  #joinPairs(): void {
    const [lowest, highest] = [this.#lowest, this.#highest]
    this.#buckets /= 2
    this.#bucketFrames *= 2
    for (let bucket = 0; bucket < this.#buckets; bucket++) {
      lowest[bucket] = Math.min(lowest[2 * bucket]!, lowest[2 * bucket + 1]!)
      highest[bucket] = Math.max(highest[2 * bucket]!, highest[2 * bucket + 1]!)
    }
    lowest.fill(0, this.#buckets)
    highest.fill(0, this.#buckets)
  }
}

/** Anything but silence is visible. */
function toByte(sample: number): number {
  const rounded = Math.sign(sample) * Math.ceil(Math.min(1, Math.abs(sample)) * 127)
  return rounded
}
