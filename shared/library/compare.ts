import type { SortColumn } from './sort.ts'
import { artistOf, joinNames, type Track, yearOf } from './track.ts'

/** Negative if `a` comes before `b`, 0 if they are equal. */
export type Compare = (a: Track, b: Track) => number

type SortValue = string | number | undefined

/** The value that a column sorts by. */
const columnValue: Readonly<Record<SortColumn, (track: Track) => SortValue>> = {
  title: (track) => track.title,
  artist: artistOf,
  album: (track) => track.album,
  number: (track) => track.number,
  year: yearOf,
  genre: (track) => joinNames(track.genres),
  duration: (track) => track.duration,
}

/** The values of the natural order: an artist's albums by year, an album from its first song to its last. */
const naturalKeys: readonly ((track: Track) => SortValue)[] = [
  (track) => joinNames(track.albumArtists) ?? joinNames(track.artists),
  yearOf,
  (track) => track.album,
  (track) => track.disc,
  (track) => track.number,
  (track) => track.path,
]

/** Sorts by the user's alphabet, and `2` before `10`. Case and accents make no difference. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Compares by one column, ascending. Missing values come last. */
export function compareByColumn(column: SortColumn): Compare {
  const value = columnValue[column]
  return (a, b) => compareValues(value(a), value(b))
}

export function isMissing(column: SortColumn, track: Track): boolean {
  return columnValue[column](track) === undefined
}

/**
 * Compares by artist, year, album, disc, number and path. Compares by id last, so that no two tracks are
 * equal.
 */
export function compareNaturally(a: Track, b: Track): number {
  for (const value of naturalKeys) {
    const difference = compareValues(value(a), value(b))
    if (difference !== 0) return difference
  }
  return a.id - b.id
}

function compareValues(a: SortValue, b: SortValue): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}
