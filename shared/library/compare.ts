import type { SortColumn } from './sort.ts'
import type { Track } from './track.ts'

/** Negative where `a` stands before `b`, 0 where they are alike. */
export type Compare = (a: Track, b: Track) => number

type SortValue = string | number | undefined

/** What a column sorts by. */
const columnValue: Readonly<Record<SortColumn, (track: Track) => SortValue>> = {
  title: (track) => track.title,
  artist: (track) => track.artist ?? track.albumArtist,
  album: (track) => track.album,
  number: (track) => track.number,
  year: (track) => track.year,
  genre: (track) => track.genre,
  duration: (track) => track.duration,
}

/** The order within equals: an artist's albums by year, an album from its first song to its last. */
const naturalKeys: readonly ((track: Track) => SortValue)[] = [
  (track) => track.albumArtist ?? track.artist,
  (track) => track.year,
  (track) => track.album,
  (track) => track.disc,
  (track) => track.number,
  (track) => track.path,
]

/** The user's own alphabet; `2` before `10`; case and accents make no difference. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Compares by a column alone, ascending. What is missing comes last. */
export function compareByColumn(column: SortColumn): Compare {
  const value = columnValue[column]
  return (a, b) => compareValues(value(a), value(b))
}

export function isMissing(column: SortColumn, track: Track): boolean {
  return columnValue[column](track) === undefined
}

/** Compares by artist, year, album, disc, number, path and, so that no two are alike, by id. */
export function compareNaturally(a: Track, b: Track): number {
  for (const value of naturalKeys) {
    const order = compareValues(value(a), value(b))
    if (order !== 0) return order
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
