/** Entries from `start` up to `end`, without `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Returns pairs of indexes as ranges without overlaps, cut at the length of the list. */
export function toRanges(pairs: readonly number[], length: number): Range[] {
  const ranges: Range[] = []
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const start = Math.max(pairs[index] ?? 0, ranges.at(-1)?.end ?? 0)
    const end = Math.min(pairs[index + 1] ?? 0, length)
    if (start < end) ranges.push({ start, end })
  }
  return ranges
}

export interface Reordering {
  /** The first entry that changes its index. */
  readonly start: number
  /** For each entry from there on, its former index from there on. */
  readonly order: readonly number[]
}

/** Returns what changes if ranges are moved before the entry with the index `to`. */
export function reorder(ranges: readonly Range[], to: number): Reordering {
  const first = ranges[0]?.start ?? to
  const last = ranges.at(-1)?.end ?? to
  const start = Math.min(first, to)
  const end = Math.max(last, to)
  const isMoved = (index: number) => ranges.some((range) => index >= range.start && index < range.end)
  const before: number[] = []
  const moved: number[] = []
  const after: number[] = []
  for (let index = start; index < end; index++)
    (isMoved(index) ? moved : index < to ? before : after).push(index - start)
  return { start, order: [...before, ...moved, ...after] }
}
