/** The selected entries of a playlist, by index. */
export interface EntrySelection {
  /** The entry with the tab stop. */
  readonly focused: number
  /** The entry from which Shift extends the selection. */
  readonly anchor: number
  readonly selected: ReadonlySet<number>
}

export const selectEntry = (index: number): EntrySelection => selectEntries(index, index, index + 1)

/** Selects the entries from `start` up to `end`. */
export function selectEntries(focused: number, start: number, end: number): EntrySelection {
  const count = Math.max(0, end - start)
  return { focused, anchor: focused, selected: new Set(Array.from({ length: count }, (_, at) => start + at)) }
}

/** Selects everything between the anchor and an index. */
export function extendSelection({ anchor }: EntrySelection, index: number): EntrySelection {
  const { selected } = selectEntries(index, Math.min(anchor, index), Math.max(anchor, index) + 1)
  return { focused: index, anchor, selected }
}

/** Selects an entry in addition, or ends its selection. */
export function toggleEntry({ selected }: EntrySelection, index: number): EntrySelection {
  const next = new Set(selected)
  if (!next.delete(index)) next.add(index)
  return { focused: index, anchor: index, selected: next }
}

/** Returns pairs of the first index and the index after the last one. */
export const rangesOf = ({ selected }: EntrySelection): readonly number[] =>
  rangesOfIndexes([...selected].sort((one, other) => one - other))

/** Like `rangesOf`, for indexes in ascending order. */
export function rangesOfIndexes(indexes: Iterable<number>): readonly number[] {
  const ranges: number[] = []
  for (const index of indexes)
    if (ranges.at(-1) === index) ranges[ranges.length - 1] = index + 1
    else ranges.push(index, index + 1)
  return ranges
}

/** Returns the index at which a moved selection begins if it is moved before the entry with the index `to`. */
export const startAfterMove = ({ selected }: EntrySelection, to: number): number =>
  [...selected].reduce((start, index) => (index < to ? start - 1 : start), to)
