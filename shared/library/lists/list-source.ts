import type { Album } from '../albums/albums.ts'
import type { AlbumItem } from '../library-list.ts'
import type { Track } from '../track.ts'

/** Tracks by index, as lists are built from them. */
export interface ListSource {
  trackAt(index: number): Track
  albumAt(index: number): Album
}

/** The key of the list of an album. The tracks of an artist without an album's title are one list. */
export const albumKeyOf = ({ key, title, artistKey }: Album): string =>
  title === undefined ? `\n${artistKey ?? ''}` : key

/** Groups tracks, given by index, by their albums. The groups have the sequence of their first tracks. */
export function groupByAlbum(source: ListSource, rows: Iterable<number>): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  for (const row of rows) append(groups, albumKeyOf(source.albumAt(row)), row)
  return groups
}

export function append<Key>(groups: Map<Key, number[]>, key: Key, row: number): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [row])
  else group.push(row)
}

/** Returns the item of an album with these tracks, which are in its sequence. */
export function createAlbumItem(source: ListSource, rows: readonly number[]): AlbumItem {
  const first = source.albumAt(rows[0] as number)
  let duration = 0
  let cover: number | undefined
  let isAvailable = false
  for (const row of rows) {
    const track = source.trackAt(row)
    duration += track.duration ?? 0
    cover ??= track.cover
    isAvailable ||= track.unavailable === undefined
  }
  return {
    kind: 'album',
    key: albumKeyOf(first),
    title: first.title,
    artist: first.artist,
    artistKey: first.artistKey,
    date: first.title === undefined ? undefined : first.date,
    originalDate: first.title === undefined ? undefined : first.originalDate,
    cover,
    trackCount: rows.length,
    duration,
    isAvailable,
  }
}

/** Returns the year in which an album or track came out first. */
export function firstYearOf({
  originalDate,
  date,
}: {
  readonly originalDate: string | undefined
  readonly date: string | undefined
}): number | undefined {
  const year = Number.parseInt(originalDate ?? date ?? '', 10)
  return year > 0 ? year : undefined
}
