/** Frames on each side of a position between two frames. With fewer, high frequencies measure too low. */
const half = 12
/** Frames that are skipped together if they cannot contain the peak. */
const chunkFrames = 64

/**
 * Finds the highest peak of one channel, also between its frames, as an analogue output would produce it: the signal is
 * interpolated like BS.1770 prescribes. Keeps its state between calls.
 */
export class TruePeak {
  readonly #rows: readonly Float64Array[]
  /** No interpolated value is higher than this factor times the highest frame around it. */
  readonly #bound: number
  #pending: Float32Array = new Float32Array(2 * half - 1)
  #peak = 0

  constructor(rate: number) {
    const factor = rate < 96_000 ? 4 : 2
    this.#rows = Array.from({ length: factor - 1 }, (_, index) => interpolationRow((index + 1) / factor))
    this.#bound = Math.max(...this.#rows.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)))
  }

  /** The highest peak so far as a share of full scale. */
  get peak(): number {
    return this.#peak
  }

  add(samples: Float32Array): void {
    const input = new Float32Array(this.#pending.length + samples.length)
    input.set(this.#pending)
    input.set(samples, this.#pending.length)
    const positions = Math.max(0, input.length - (2 * half - 1))
    for (let first = 0; first < positions; first += chunkFrames)
      this.#measure(input, first, Math.min(first + chunkFrames, positions))
    this.#pending = input.slice(positions)
  }

  /** Measures the end of the signal, as if silence followed. */
  finish(): void {
    this.add(new Float32Array(2 * half))
  }

  #measure(input: Float32Array, first: number, last: number): void {
    let highest = 0
    for (let index = first; index < last + 2 * half - 1; index++)
      highest = Math.max(highest, Math.abs(input[index]!))
    this.#peak = Math.max(this.#peak, highest)
    if (highest * this.#bound <= this.#peak) return
    for (const row of this.#rows)
      for (let position = first; position < last; position++) {
        let sum = 0
        for (let tap = 0; tap < row.length; tap++) sum += row[tap]! * input[position + tap]!
        if (Math.abs(sum) > this.#peak) this.#peak = Math.abs(sum)
      }
  }
}

/** The coefficients for a position between two frames, as a share of their distance: a sinc with a Hann window. */
function interpolationRow(share: number): Float64Array {
  const row = Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = share + half - 1 - tap
    const angle = Math.PI * distance
    return (Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos(angle / half))
  })
  const sum = row.reduce((total, value) => total + value, 0)
  return row.map((value) => value / sum)
}
