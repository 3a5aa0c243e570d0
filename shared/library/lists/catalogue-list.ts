import type { HeadingItem, ListItem, ListSummary } from '../library-list.ts'

/** The contents of a list at the time when the catalogue created it. */
export interface CatalogueList {
  readonly count: number
  /** The numbers of all tracks in the list's order. A track can occur more than once. */
  readonly tracks: Int32Array
  /** What plays all of it: each track that several groups have in common is there once. */
  readonly songs: Int32Array
  /** Seconds, of all songs whose duration is known; undefined if nobody has added them up. */
  readonly duration?: number
  readonly of: ListSummary['of']
  itemAt(index: number): ListItem | undefined
  /** Returns the index in `tracks` at which the tracks of an item and of all later ones begin. */
  trackStart(index: number): number
  /** Of a playlist: returns the index that the entry of an item has in the whole playlist, in its own order. */
  entryAt?(index: number): number
}

export const emptyList: CatalogueList = {
  count: 0,
  tracks: new Int32Array(0),
  songs: new Int32Array(0),
  of: undefined,
  itemAt: () => undefined,
  trackStart: () => 0,
}

/** An item that contains tracks: an album, an artist, a folder … */
export interface ListGroup {
  readonly item: ListItem
  readonly tracks: Int32Array
}

/** Creates a list of groups, each of which is one item. */
export function createGroupList(groups: readonly ListGroup[], of?: CatalogueList['of']): CatalogueList {
  const starts = new Int32Array(groups.length + 1)
  for (const [index, { tracks }] of groups.entries())
    starts[index + 1] = (starts[index] as number) + tracks.length
  const tracks = new Int32Array(starts[groups.length] as number)
  for (const [index, group] of groups.entries()) tracks.set(group.tracks, starts[index])
  return {
    count: groups.length,
    tracks,
    songs: withoutRepetitions(tracks),
    of,
    itemAt: (index) => groups[index]?.item,
    trackStart: (index) => starts[Math.min(Math.max(0, index), groups.length)] as number,
  }
}

/** Returns each number once, in the order of their first occurrence. */
function withoutRepetitions(numbers: Int32Array): Int32Array {
  const seen = new Uint8Array(numbers.reduce((max, number) => Math.max(max, number), 0) + 1)
  return numbers.filter((number) => {
    if (seen[number] === 1) return false
    seen[number] = 1
    return true
  })
}

/** A heading and the index in the list's tracks of the first track below it. */
export interface Heading {
  readonly item: HeadingItem
  readonly trackIndex: number
}

interface TrackListOptions {
  readonly tracks: Int32Array
  /** Sorted by `trackIndex`. */
  readonly headings?: readonly Heading[]
  readonly of?: CatalogueList['of']
  readonly duration?: number
  readonly trackItemAt: (trackIndex: number) => ListItem | undefined
}

/** Creates a list of tracks, which headings can divide. */
export function createTrackList({
  tracks,
  headings = [],
  of,
  duration,
  trackItemAt,
}: TrackListOptions): CatalogueList {
  /** The index of each heading in the list. */
  const positions = headings.map(({ trackIndex }, index) => trackIndex + index)
  const headingsBefore = (index: number): number => {
    let low = 0
    let high = positions.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((positions[middle] as number) < index) low = middle + 1
      else high = middle
    }
    return low
  }
  const count = tracks.length + headings.length
  return {
    count,
    tracks,
    songs: tracks,
    ...(duration !== undefined && { duration }),
    of,
    itemAt(index) {
      const before = headingsBefore(index)
      return positions[before] === index ? headings[before]?.item : trackItemAt(index - before)
    },
    trackStart: (index) => {
      const bounded = Math.min(Math.max(0, index), count)
      return bounded - headingsBefore(bounded)
    },
  }
}

/** Returns the tracks of the items from `from` up to `to`. */
export function tracksOfItems(list: CatalogueList, from: number, to: number): Int32Array {
  return list.tracks.subarray(list.trackStart(from), list.trackStart(to))
}

/** Returns the tracks of one item. A heading stands for all tracks below it. */
export function tracksOfItem(list: CatalogueList, index: number): Int32Array {
  if (list.itemAt(index)?.kind !== 'heading') return tracksOfItems(list, index, index + 1)
  let end = index + 1
  while (end < list.count && list.itemAt(end)?.kind !== 'heading') end++
  return tracksOfItems(list, index, end)
}
