import { blockFrames, type PcmBlock } from '../audio-stream.ts'
import { type FilterTable, filterTable } from './filter-table.ts'

/**
 * Changes the sample rate. It keeps its state between blocks, so a join of two songs of the same rate stays a join if
 * both go through one resampler. Output frame 0 has the time of input frame 0.
 */
export interface Resampler {
  /** Returns what is complete. The last milliseconds follow with the next block. */
  process(block: PcmBlock): PcmBlock
  /** Returns the rest, as if silence followed. The next block begins a new signal. */
  flush(): PcmBlock
  /** Returns the first output frame that does not precede this input frame; both are counted since the last flush. */
  outputFrame(inputFrame: number): number
}

/** Rates are in frames per second, whole numbers. */
export function createResampler(channels: number, from: number, to: number): Resampler {
  checkRate(from)
  checkRate(to)
  return from === to ? new PassingResampler(channels, to) : new PolyphaseResampler(channels, from, to)
}

function checkRate(rate: number): void {
  if (!Number.isInteger(rate) || rate <= 0) throw new RangeError(`${rate} is not a sample rate`)
}

const emptyBlock = (channels: number, sampleRate: number): PcmBlock => ({
  sampleRate,
  channels: Array.from({ length: channels }, () => new Float32Array(0)),
})

class PassingResampler implements Resampler {
  readonly #channels: number
  readonly #rate: number

  constructor(channels: number, rate: number) {
    this.#channels = channels
    this.#rate = rate
  }

  process(block: PcmBlock): PcmBlock {
    checkFormat(block, this.#channels, this.#rate)
    return block
  }

  flush(): PcmBlock {
    return emptyBlock(this.#channels, this.#rate)
  }

  outputFrame(inputFrame: number): number {
    return inputFrame
  }
}

/** For each output frame: the row of the table for its position between two input frames, times the frames around it. */
class PolyphaseResampler implements Resampler {
  readonly #from: number
  readonly #to: number
  /** The ratio of the rates in lowest terms. */
  readonly #up: number
  readonly #down: number
  readonly #table: FilterTable
  /** For each channel the input frames that are still needed. The output position is in the middle of the first row. */
  #pending: Float32Array<ArrayBuffer>[]
  /** The output position between two input frames, in units of 1 / `up`. */
  #phase = 0
  /** The input frame of the output position, as an index of `pending`. It can lie after the end of `pending`. */
  #index = 0

  constructor(channels: number, from: number, to: number) {
    const divisor = greatestCommonDivisor(from, to)
    this.#from = from
    this.#to = to
    this.#up = to / divisor
    this.#down = from / divisor
    this.#table = filterTable(this.#up, this.#down)
    this.#pending = Array.from({ length: channels }, () => new Float32Array(0))
    this.#reset()
  }

  process(block: PcmBlock): PcmBlock {
    checkFormat(block, this.#pending.length, this.#from)
    return this.#append(block.channels)
  }

  flush(): PcmBlock {
    const silence = new Float32Array(this.#half)
    const rest = this.#append(this.#pending.map(() => silence))
    this.#reset()
    return rest
  }

  outputFrame(inputFrame: number): number {
    return Math.ceil((inputFrame * this.#up) / this.#down)
  }

  get #half(): number {
    return this.#table.taps / 2
  }

  /** The signal begins with silence. */
  #reset(): void {
    this.#pending = this.#pending.map(() => new Float32Array(this.#half - 1))
    this.#index = this.#half - 1
    this.#phase = 0
  }

  #append(added: readonly Float32Array[]): PcmBlock {
    const input = this.#pending.map((pending, channel) => concatenate(pending, added[channel]!))
    const frames = this.#completeFrames(input[0]?.length ?? 0)
    const output = input.map((samples) => this.#filter(samples, frames))
    const end = this.#phase + frames * this.#down
    const index = this.#index + Math.floor(end / this.#up)
    const first = Math.max(0, Math.min(index - (this.#half - 1), input[0]?.length ?? 0))
    this.#phase = end % this.#up
    this.#index = index - first
    this.#pending = input.map((samples) => samples.slice(first))
    return { sampleRate: this.#to, channels: output }
  }

  /** Returns the number of output frames for which all input frames are known. */
  #completeFrames(inputFrames: number): number {
    const positions = (inputFrames - this.#half - this.#index) * this.#up - this.#phase
    return Math.max(0, Math.ceil(positions / this.#down))
  }

  #filter(input: Float32Array, frames: number): Float32Array<ArrayBuffer> {
    const output = new Float32Array(frames)
    const { taps, phases, rows } = this.#table
    const up = this.#up
    let first = this.#index - (taps / 2 - 1)
    let phase = this.#phase
    for (let frame = 0; frame < frames; frame++) {
      const row = (phase * phases) / up
      const lower = Math.floor(row)
      const value = multiply(rows[lower]!, input, first)
      const share = row - lower
      output[frame] = share === 0 ? value : value + share * (multiply(rows[lower + 1]!, input, first) - value)
      phase += this.#down
      first += Math.floor(phase / up)
      phase %= up
    }
    return output
  }
}

/** Four sums, because an addition has to wait for the one before. */
function multiply(row: Float64Array, input: Float32Array, first: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0]
  for (let tap = 0; tap < row.length; tap += 4) {
    const index = first + tap
    sum0 += row[tap]! * input[index]!
    sum1 += row[tap + 1]! * input[index + 1]!
    sum2 += row[tap + 2]! * input[index + 2]!
    sum3 += row[tap + 3]! * input[index + 3]!
  }
  return sum0 + sum1 + (sum2 + sum3)
}

function concatenate(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function checkFormat(block: PcmBlock, channels: number, rate: number): void {
  if (block.sampleRate !== rate || block.channels.length !== channels)
    throw new RangeError(
      `a block has ${block.channels.length} channels at ${block.sampleRate} Hz instead of ${channels} at ${rate} Hz`,
    )
  if (block.channels.some((samples) => samples.length !== blockFrames(block)))
    throw new RangeError('the channels of a block have different lengths')
}
