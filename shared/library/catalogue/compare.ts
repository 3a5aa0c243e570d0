import type { Album, AlbumTrack } from '../albums/albums.ts'
import { withoutArticle } from '../names.ts'
import type { SortColumn } from '../sort.ts'
import { joinNames } from '../track.ts'

/** Negative if `a` comes before `b`, 0 if they are equal. */
export type Compare = (a: AlbumTrack, b: AlbumTrack) => number

type SortValue = string | number | undefined

/**
 * The value that a column sorts by. Where an album's tracks can differ, it is the album's value, so that the album stays
 * together.
 */
const columnValue: Readonly<Record<SortColumn, (track: AlbumTrack) => SortValue>> = {
  title: ({ track }) => track.titleSort ?? track.title,
  artist: ({ album }) => artistOrder(album),
  album: ({ album }) => titleOrder(album),
  number: ({ track }) => track.number,
  year: ({ album }) => album.date,
  originalYear: ({ album }) => album.originalDate,
  genre: ({ album }) => album.genre,
  composer: ({ track }) => joinNames(track.composers),
  duration: ({ track }) => track.duration,
  rating: ({ track }) => track.rating,
  plays: ({ track }) => track.playCount || undefined,
  played: ({ track }) => track.lastPlayedAt,
  added: ({ track }) => track.addedAt,
  path: ({ track }) => track.path,
  codec: ({ track }) => track.codec,
}

/** The values of the natural order: an artist's albums by date. */
const albumKeys: readonly ((album: Album) => SortValue)[] = [
  artistOrder,
  (album) => album.originalDate ?? album.date,
  titleOrder,
]

function artistOrder({ artist, artistSort }: Album): string | undefined {
  return artistSort ?? (artist === undefined ? undefined : withoutArticle(artist))
}

function titleOrder({ title, titleSort }: Album): string | undefined {
  return titleSort ?? (title === undefined ? undefined : withoutArticle(title))
}

/** An album from its first song to its last. */
const trackKeys: readonly ((track: AlbumTrack) => SortValue)[] = [
  ({ disc }) => disc,
  ({ track }) => track.side ?? '',
  ({ track }) => track.number,
  ({ track }) => track.path,
]

/** Sorts by the user's alphabet, and `2` before `10`. Case and accents make no difference. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Compares by one column, ascending. Missing values come last. */
export function compareByColumn(column: SortColumn): Compare {
  const value = columnValue[column]
  if (column !== 'number') return (a, b) => compareValues(value(a), value(b))
  return (a, b) => compareSides(a, b) || compareValues(value(a), value(b))
}

export function isMissing(column: SortColumn, track: AlbumTrack): boolean {
  return columnValue[column](track) === undefined
}

/**
 * Compares by album artist, date, album, disc, side, number and path. Compares by id last, so that no two tracks are
 * equal.
 */
export function compareNaturally(a: AlbumTrack, b: AlbumTrack): number {
  if (a.album !== b.album) {
    const difference = compareAlbums(a.album, b.album)
    if (difference !== 0) return difference
  }
  return compareByKeys(trackKeys, a, b) || a.track.id - b.track.id
}

function compareAlbums(a: Album, b: Album): number {
  const difference = compareByKeys(albumKeys, a, b)
  // The tracks of two albums that are equal to the collator do not mix.
  if (difference !== 0 || (a.title === undefined && b.title === undefined)) return difference
  return a.key < b.key ? -1 : 1
}

function compareByKeys<T>(keys: readonly ((item: T) => SortValue)[], a: T, b: T): number {
  for (const key of keys) {
    const difference = compareValues(key(a), key(b))
    if (difference !== 0) return difference
  }
  return 0
}

/** Compares the sides of records. Tracks without a number or without a side are equal. */
function compareSides({ track: a }: AlbumTrack, { track: b }: AlbumTrack): number {
  if (a.side === b.side || a.number === undefined || b.number === undefined) return 0
  return compareValues(a.side ?? '', b.side ?? '')
}

function compareValues(a: SortValue, b: SortValue): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}
