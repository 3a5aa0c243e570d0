/** What a benchmark found, against its peer in the same run. */
export interface Measurement {
  /** As in the table and the JSON file. */
  readonly name: string
  readonly value: number
  /** The same measure of the peer. */
  readonly peer: number
  readonly unit: string
  /** As the aim is told: usually value / peer. */
  readonly ratio: number
  /** In words, with its number. */
  readonly aim: string
  readonly met: boolean
}

/** Measures one thing; rejects when it cannot be measured. A missed aim is a result, not a failure. */
export type Benchmark = () => Promise<readonly Measurement[]>

/** The middle value, or the mean of the two in the middle. Throws where there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  if (upper === undefined || lower === undefined) throw new Error('Nothing was measured.')
  return (lower + upper) / 2
}
