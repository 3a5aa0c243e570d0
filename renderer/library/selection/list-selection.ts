/** The selected items of a list, by index. */
export interface ListSelection {
  /** The item with the focus, −1 before any had it. */
  readonly focused: number
  /** The item from which Shift extends the selection. */
  readonly anchor: number
  /** Pairs of the first index and the index after the last one, ascending and separate. */
  readonly ranges: readonly number[]
}

export const noSelection: ListSelection = { focused: -1, anchor: -1, ranges: [] }

export const selectOnly = (index: number): ListSelection => ({
  focused: index,
  anchor: index,
  ranges: [index, index + 1],
})

/** Selects everything, with the focus where it is. */
export const selectAll = ({ focused, anchor }: ListSelection, count: number): ListSelection => ({
  focused,
  anchor,
  ranges: count === 0 ? [] : [0, count],
})

/** Moves the focus and selects nothing. */
export const focusOnly = ({ ranges }: ListSelection, index: number): ListSelection => ({
  focused: index,
  anchor: index,
  ranges,
})

/** Selects from the anchor to an index. With `add` the rest of the selection stays. */
export function extendTo(selection: ListSelection, index: number, add = false): ListSelection {
  const anchor = Math.max(0, selection.anchor)
  const range = [Math.min(anchor, index), Math.max(anchor, index) + 1] as const
  return { focused: index, anchor, ranges: add ? unite(selection.ranges, range) : range }
}

/** Selects an item in addition, or ends its selection. */
export function toggle(selection: ListSelection, index: number): ListSelection {
  const range = [index, index + 1] as const
  const ranges = isSelected(selection, index)
    ? subtract(selection.ranges, range)
    : unite(selection.ranges, range)
  return { focused: index, anchor: index, ranges }
}

export function isSelected({ ranges }: ListSelection, index: number): boolean {
  for (let pair = 0; pair < ranges.length; pair += 2)
    if (index >= (ranges[pair] ?? 0) && index < (ranges[pair + 1] ?? 0)) return true
  return false
}

export function countSelected({ ranges }: ListSelection): number {
  let count = 0
  for (let pair = 0; pair < ranges.length; pair += 2) count += (ranges[pair + 1] ?? 0) - (ranges[pair] ?? 0)
  return count
}

/** Returns a selection of these indexes. */
export function selectIndexes(focused: number, indexes: Iterable<number>): ListSelection {
  const ranges: number[] = []
  for (const index of [...new Set(indexes)].sort((one, other) => one - other))
    if (ranges.at(-1) === index) ranges[ranges.length - 1] = index + 1
    else ranges.push(index, index + 1)
  return { focused, anchor: focused, ranges }
}

/** Returns the selected indexes, at most `max`. */
export function selectedIndexes({ ranges }: ListSelection, max: number): number[] {
  const indexes: number[] = []
  for (let pair = 0; pair < ranges.length; pair += 2)
    for (let index = ranges[pair] ?? 0; index < (ranges[pair + 1] ?? 0); index++) {
      if (indexes.length === max) return indexes
      indexes.push(index)
    }
  return indexes
}

type Range = readonly [from: number, to: number]

function unite(ranges: readonly number[], [from, to]: Range): number[] {
  const united: number[] = []
  let [first, end] = [from, to]
  let isAdded = false
  for (const [start, stop] of pairsOf(ranges)) {
    if (stop < first) united.push(start, stop)
    else if (start > end) {
      if (!isAdded) united.push(first, end)
      isAdded = true
      united.push(start, stop)
    } else {
      first = Math.min(first, start)
      end = Math.max(end, stop)
    }
  }
  return isAdded ? united : [...united, first, end]
}

const subtract = (ranges: readonly number[], [from, to]: Range): number[] =>
  pairsOf(ranges).flatMap(([start, stop]) =>
    [
      [start, Math.min(stop, from)],
      [Math.max(start, to), stop],
    ].flatMap(([first = 0, end = 0]) => (first < end ? [first, end] : [])),
  )

const pairsOf = (ranges: readonly number[]): Range[] =>
  Array.from({ length: ranges.length / 2 }, (_, pair) => [ranges[2 * pair] ?? 0, ranges[2 * pair + 1] ?? 0])
