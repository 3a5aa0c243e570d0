/** The result of a benchmark, compared with its peer in the same run. */
export interface Measurement {
  /** The name in the table and the JSON file. */
  readonly name: string
  readonly value: number
  /** The same measure of the peer. */
  readonly peer: number
  readonly unit: string
  /** The quantity that the aim limits, usually value / peer. */
  readonly ratio: number
  /** For example `value / peer ≤ 1.25`. */
  readonly aim: string
  readonly met: boolean
}

export interface BenchmarkOptions {
  /** The size of the library, where a benchmark can choose it. */
  readonly tracks?: number | undefined
  /** How long a load lasts, where a benchmark can choose it. */
  readonly seconds?: number | undefined
  /** The only part to run, of a benchmark that has parts. */
  readonly part?: string | undefined
}

/** Rejects if nothing could be measured. A missed aim is a result, not a failure. */
export type Benchmark = (options: BenchmarkOptions) => Promise<readonly Measurement[]>

/** Returns the middle value, or the mean of the two in the middle. Throws if there are no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  if (upper === undefined || lower === undefined) throw new Error('Nothing was measured.')
  return (lower + upper) / 2
}

/** Returns the value that this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.ceil(share * sorted.length) - 1]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}
