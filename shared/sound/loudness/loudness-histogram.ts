import { absoluteGate, energyOfLoudness, loudnessOfEnergy, relativeGate } from './loudness-of-energy.ts'

const binsPerUnit = 10
/** Up to +10 LUFS: louder than clipped noise on five channels. */
const binCount = 80 * binsPerUnit
/** The encoded counts of a song of any length. */
export const maxHistogramBytes = 5 * (binCount + 1)

/**
 * How often each loudness of 400 ms occurs in a song, to 0.1 LU. Those of several songs together give the loudness of an
 * album.
 */
export class LoudnessHistogram {
  readonly #counts = new Uint32Array(binCount)
  /** The sum of the energies of each bin, so that a measurement is more precise than the bins. */
  readonly #energies = new Float64Array(binCount)

  /** Adds a block by its mean weighted energy. */
  addEnergy(energy: number): void {
    const loudness = loudnessOfEnergy(energy)
    if (!(loudness >= absoluteGate)) return
    const bin = Math.min(binCount - 1, Math.floor((loudness - absoluteGate) * binsPerUnit))
    this.#counts[bin]! += 1
    this.#energies[bin]! += energy
  }

  add(other: LoudnessHistogram): void {
    for (let bin = 0; bin < binCount; bin++) {
      this.#counts[bin]! += other.#counts[bin]!
      this.#energies[bin]! += other.#energies[bin]!
    }
  }

  /** The integrated loudness in LUFS; undefined if there is only silence, or less than 400 ms. */
  get loudness(): number | undefined {
    const ungated = this.#meanEnergy(0)
    if (ungated === undefined) return undefined
    const gate = loudnessOfEnergy(ungated) + relativeGate
    const energy = this.#meanEnergy(Math.max(0, Math.ceil((gate - absoluteGate) * binsPerUnit)))
    return energy === undefined ? undefined : loudnessOfEnergy(energy)
  }

  #meanEnergy(firstBin: number): number | undefined {
    let count = 0
    let sum = 0
    for (let bin = firstBin; bin < binCount; bin++) {
      count += this.#counts[bin]!
      sum += this.#energies[bin]!
    }
    return count === 0 ? undefined : sum / count
  }

  /** Returns the counts as numbers of variable length: the first bin that is not empty, then each count up to the last. */
  encode(): Uint8Array {
    const first = this.#counts.findIndex((count) => count > 0)
    if (first < 0) return new Uint8Array(0)
    const last = this.#counts.findLastIndex((count) => count > 0)
    const bytes: number[] = []
    for (const value of [first, ...this.#counts.subarray(first, last + 1)]) pushNumber(bytes, value)
    return Uint8Array.from(bytes)
  }

  /** Returns an empty histogram for bytes that are not valid. */
  static decode(bytes: Uint8Array): LoudnessHistogram {
    const histogram = new LoudnessHistogram()
    const [first = 0, ...counts] = readNumbers(bytes)
    if (first + counts.length > binCount) return histogram
    for (const [index, count] of counts.entries()) {
      const bin = first + index
      histogram.#counts[bin] = count
      histogram.#energies[bin] = count * energyOfLoudness(absoluteGate + (bin + 0.5) / binsPerUnit)
    }
    return histogram
  }
}

/** Seven bits in each byte, the low ones first; the eighth says that more follow. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}

function readNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** shift
    shift += 7
    if (byte >= 0x80) continue
    numbers.push(value)
    value = 0
    shift = 0
  }
  return numbers
}
