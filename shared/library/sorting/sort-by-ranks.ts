/**
 * Sorts indexes by their ranks, which are small numbers, without comparisons. Equal ones keep their sequence. Those with
 * the rank −1 come last in both directions.
 */
export function sortByRanks(indexes: Int32Array, ranks: Int32Array, descending: boolean): Int32Array {
  let max = -1
  for (const index of indexes) max = Math.max(max, ranks[index] as number)
  // The slot of a rank; the last one is that of missing values.
  const slotOf = (index: number): number => {
    const rank = ranks[index] as number
    if (rank < 0) return max + 1
    return descending ? max - rank : rank
  }
  const starts = new Int32Array(max + 3)
  for (const index of indexes) {
    const next = slotOf(index) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let slot = 1; slot < starts.length; slot++)
    starts[slot] = (starts[slot] as number) + (starts[slot - 1] as number)
  const sorted = new Int32Array(indexes.length)
  for (const index of indexes) {
    const slot = slotOf(index)
    const position = starts[slot] as number
    sorted[position] = index
    starts[slot] = position + 1
  }
  return sorted
}
