/** A second-order filter: feed-forward coefficients, then feedback coefficients. */
interface Biquad {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/**
 * The filters of ITU-R BS.1770 for a sample rate: the effect of the head, and the lower sensitivity for low frequencies.
 * The standard states coefficients for 48 kHz; these are of the analogue filters behind them.
 */
function kWeightingFilters(rate: number): readonly [shelf: Biquad, highPass: Biquad] {
  return [headShelf(rate), lowFrequencyCut(rate)]
}

function headShelf(rate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const quality = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / quality + k * k
  return {
    b0: (high + (band * k) / quality + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / quality + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / quality + k * k) / a0,
  }
}

function lowFrequencyCut(rate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate)
  const quality = 0.5003270373238773
  const a0 = 1 + k / quality + k * k
  return {
    b0: 1,
    b1: -2,
    b2: 1,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / quality + k * k) / a0,
  }
}

/** Filters one channel as BS.1770 prescribes, and adds up its energy. Keeps its state between calls. */
export class KWeighting {
  readonly #shelf: Biquad
  readonly #highPass: Biquad
  #shelf1 = 0
  #shelf2 = 0
  #high1 = 0
  #high2 = 0

  constructor(rate: number) {
    const [shelf, highPass] = kWeightingFilters(rate)
    this.#shelf = shelf
    this.#highPass = highPass
  }

  /** Returns the sum of the squares of the filtered frames from `start` to `end`. */
  energy(samples: Float32Array, start: number, end: number): number {
    const { b0, b1, b2, a1, a2 } = this.#shelf
    const { a1: c1, a2: c2 } = this.#highPass
    let shelf1 = this.#shelf1
    let shelf2 = this.#shelf2
    let high1 = this.#high1
    let high2 = this.#high2
    let sum = 0
    for (let index = start; index < end; index++) {
      const sample = samples[index]!
      const shelved = b0 * sample + shelf1
      shelf1 = b1 * sample - a1 * shelved + shelf2
      shelf2 = b2 * sample - a2 * shelved
      const weighted = shelved + high1
      high1 = -2 * shelved - c1 * weighted + high2
      high2 = shelved - c2 * weighted
      sum += weighted * weighted
    }
    this.#shelf1 = withoutDenormal(shelf1)
    this.#shelf2 = withoutDenormal(shelf2)
    this.#high1 = withoutDenormal(high1)
    this.#high2 = withoutDenormal(high2)
    return sum
  }
}

/** Numbers next to zero are slow, and a filter that decays in silence produces them. */
const withoutDenormal = (value: number): number => (Math.abs(value) < 1e-30 ? 0 : value)
