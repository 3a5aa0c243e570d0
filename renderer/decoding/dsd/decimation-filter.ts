/** The taps of the filter for each bit of a frame. With 16, aliases into the audible band are below -110 dB. */
const tapsPerBit = 16
const kaiserBeta = 11

/** Turns the bits of DSD into samples: a low-pass filter of which only each `ratio`th value is computed. */
export class DecimationFilter {
  /** The bytes in front of a frame and behind its beginning that its sample is computed from. */
  readonly reach: number
  readonly #ratio: number
  /** The sum of eight taps for each byte, by the byte's place in the filter. */
  readonly #sums: Float32Array

  /** `ratio` is the number of bits of a frame, a multiple of 8. */
  constructor(ratio: number, isLeastSignificantFirst: boolean) {
    this.#ratio = ratio
    const taps = lowPass(ratio * tapsPerBit, ratio)
    this.reach = taps.length / 16
    this.#sums = sumsOfBytes(taps, isLeastSignificantFirst)
  }

  /** Returns samples of `bytes`, whose first `reach` bytes are in front of the first frame. */
  filter(bytes: Uint8Array, frames: number): Float32Array<ArrayBuffer> {
    const samples = new Float32Array(frames)
    const step = this.#ratio / 8
    const length = this.reach * 2
    const sums = this.#sums
    for (let frame = 0; frame < frames; frame++) {
      const start = frame * step
      let sample = 0
      for (let index = 0; index < length; index++)
        sample += sums[(index << 8) | (bytes[start + index] as number)] as number
      samples[frame] = sample
    }
    return samples
  }
}

/** Returns a windowed sinc with half of the output's rate as its cutoff, whose sum is 1. */
function lowPass(length: number, ratio: number): Float64Array {
  const centre = (length - 1) / 2
  const taps = Float64Array.from({ length }, (_, index) => {
    const x = (index - centre) / ratio
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * kaiser((index - centre) / centre)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}

const kaiser = (x: number): number =>
  bessel(kaiserBeta * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(kaiserBeta)

/** The modified Bessel function of order 0. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function sumsOfBytes(taps: Float64Array, isLeastSignificantFirst: boolean): Float32Array {
  const sums = new Float32Array((taps.length / 8) * 256)
  for (let index = 0; index < sums.length; index++) {
    const byte = index & 255
    const first = (index >> 8) * 8
    let sum = 0
    for (let bit = 0; bit < 8; bit++) {
      const isSet = (byte >> (isLeastSignificantFirst ? bit : 7 - bit)) & 1
      sum += isSet === 1 ? (taps[first + bit] as number) : -(taps[first + bit] as number)
    }
    sums[index] = sum
  }
  return sums
}
