import type { Album } from '../albums/albums.ts'
import type { AlbumItem, ArtistItem, GenreItem, YearItem } from '../library-list.ts'
import { creditedNames, type NameKeys } from '../names.ts'
import type { Track } from '../track.ts'
import { append, createAlbumItem, firstYearOf, groupByAlbum, type ListSource } from './list-source.ts'

export type GroupItem = AlbumItem | ArtistItem | GenreItem | YearItem

/** Tracks, given by index, that have an artist, a genre, a year or an album in common. */
export interface TrackGroup<Item extends GroupItem = GroupItem> {
  readonly item: Item
  /** The text by which lists sort the group. */
  readonly sortName: string | undefined
  readonly rows: readonly number[]
}

interface NamedGroup {
  /** How often each spelling of the name occurs. */
  readonly spellings: Map<string, number>
  sortName: string | undefined
  readonly rows: number[]
}

/** A name of a track, and how it is sorted if the tags say so. */
interface SortedName {
  readonly name: string
  readonly sortName: string | undefined
}

/** Groups tracks by each of their artists: those of the track and of its album, and the guests. */
export function groupByArtist(
  source: ListSource,
  rows: Iterable<number>,
  names: NameKeys,
): TrackGroup<ArtistItem>[] {
  const cache: CreditCache = new Map()
  const groups = groupByName(source, rows, names, (track) => artistsOf(track, cache))
  return [...groups].map(([key, { spellings, sortName, rows: ofArtist }]) => ({
    item: {
      kind: 'artist',
      key,
      name: commonestOf(spellings),
      albumCount: countAlbums(source, ofArtist),
      trackCount: ofArtist.length,
      cover: newestCover(source, ofArtist),
    },
    sortName,
    rows: ofArtist,
  }))
}

/** Groups tracks by each of their genres. */
export function groupByGenre(
  source: ListSource,
  rows: Iterable<number>,
  names: NameKeys,
): TrackGroup<GenreItem>[] {
  const groups = groupByName(source, rows, names, genresOf)
  return [...groups].map(([key, { spellings, rows: ofGenre }]) => ({
    item: {
      kind: 'genre',
      key,
      name: commonestOf(spellings),
      albumCount: countAlbums(source, ofGenre),
      trackCount: ofGenre.length,
    },
    sortName: undefined,
    rows: ofGenre,
  }))
}

/** Groups tracks by the year in which they came out first. Tracks without a date are in no group. */
export function groupByYear(source: ListSource, rows: Iterable<number>): TrackGroup<YearItem>[] {
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const year = firstYearOf(source.trackAt(row))
    if (year !== undefined) append(groups, year, row)
  }
  return [...groups].map(([year, ofYear]) => ({
    item: { kind: 'year', year, albumCount: countAlbums(source, ofYear), trackCount: ofYear.length },
    sortName: undefined,
    rows: ofYear,
  }))
}

export function groupAlbums(source: ListSource, rows: Iterable<number>): TrackGroup<AlbumItem>[] {
  return [...groupByAlbum(source, rows).values()].map((ofAlbum) => {
    const { titleSort } = source.albumAt(ofAlbum[0] as number)
    return { item: createAlbumItem(source, ofAlbum), sortName: titleSort, rows: ofAlbum }
  })
}

function groupByName(
  source: ListSource,
  rows: Iterable<number>,
  names: NameKeys,
  namesOf: (track: Track) => readonly SortedName[],
): Map<string, NamedGroup> {
  const groups = new Map<string, NamedGroup>()
  for (const row of rows)
    for (const { name, sortName } of namesOf(source.trackAt(row))) {
      const key = names.keyOf(name)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { spellings: new Map([[name, 1]]), sortName, rows: [row] })
      else {
        group.sortName ??= sortName
        group.spellings.set(name, (group.spellings.get(name) ?? 0) + 1)
        // A track can name an artist twice.
        if (group.rows.at(-1) !== row) group.rows.push(row)
      }
    }
  return groups
}

/** The tracks of an album have the same lists of names, which are split once. */
type CreditCache = Map<readonly string[], readonly SortedName[]>

function artistsOf(
  { artists, albumArtists, artistSorts, albumArtistSorts }: Track,
  cache: CreditCache,
): readonly SortedName[] {
  const ofTrack = creditsOf(artists, artistSorts, cache)
  if (albumArtists.length === 0 || albumArtists === artists) return ofTrack
  return [...ofTrack, ...creditsOf(albumArtists, albumArtistSorts, cache)]
}

function creditsOf(
  credits: readonly string[],
  sorts: readonly string[],
  cache: CreditCache,
): readonly SortedName[] {
  const known = cache.get(credits)
  if (known !== undefined && (sorts.length === 0 || known.some(({ sortName }) => sortName !== undefined)))
    return known
  const split = credits.flatMap((credit, index) => {
    const names = creditedNames(credit)
    const sortName = names.length === 1 && credits.length === sorts.length ? sorts[index] : undefined
    return names.map((name) => ({ name, sortName }))
  })
  cache.set(credits, split)
  return split
}

/** Of equally common spellings, returns the first by code units: capitals come first. */
function commonestOf(spellings: ReadonlyMap<string, number>): string {
  let commonest = ''
  let highest = 0
  for (const [name, count] of spellings) {
    if (count < highest || (count === highest && name > commonest)) continue
    commonest = name
    highest = count
  }
  return commonest
}

const genresOf = ({ genres }: Track): readonly SortedName[] =>
  genres.map((name) => ({ name, sortName: undefined }))

function countAlbums(source: ListSource, rows: readonly number[]): number {
  const albums = new Set<Album>()
  for (const row of rows) {
    const album = source.albumAt(row)
    if (album.title !== undefined) albums.add(album)
  }
  return albums.size
}

/** Returns the cover of the newest album that has one. */
function newestCover(source: ListSource, rows: readonly number[]): number | undefined {
  let cover: number | undefined
  let newest = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    const track = source.trackAt(row)
    const year = firstYearOf(track) ?? 0
    if (track.cover === undefined || year <= newest) continue
    cover = track.cover
    newest = year
  }
  return cover
}
