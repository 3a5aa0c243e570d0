import type { LibraryList } from '../library-list.ts'
import type { NameKeys } from '../names.ts'
import type { SortOrder } from '../sort.ts'
import type { Track, TrackId } from '../track.ts'
import {
  type CatalogueList,
  createGroupList,
  createTrackList,
  emptyList,
  type Heading,
  type ListGroup,
} from './catalogue-list.ts'
import { type FolderContents, readFolder } from './folder-list.ts'
import { albumHeadings, discHeadings } from './headings.ts'
import { albumKeyOf, createAlbumItem, groupByAlbum, type ListSource } from './list-source.ts'
import { byName, sortGroups } from './sort-groups.ts'
import {
  type GroupItem,
  groupAlbums,
  groupByArtist,
  groupByGenre,
  groupByYear,
  type TrackGroup,
} from './track-groups.ts'

/** The maximum length of the lists of recent and of popular tracks. */
const maxRecentTracks = 500

/** What lists are created from: the tracks that match the searched text. */
export interface ListInput extends ListSource {
  /** Returns the indexes of the tracks; without orders in the natural order: artist, album, disc, number. */
  sorted(sort: readonly SortOrder[]): Int32Array
  discAt(index: number): number
  readonly names: NameKeys
}

/** Creates a list. Without `sort` it has its own order. */
export function createList(input: ListInput, list: LibraryList, sort: readonly SortOrder[]): CatalogueList {
  switch (list.kind) {
    case 'tracks':
      return listTracks(input, input.sorted(sort))
    case 'albums':
      return listGroups(input, sortGroups(input, groupAlbums(input, input.sorted([])), sort))
    case 'artists':
      return listGroups(input, sortGroups(input, artistsOf(input), sort.length > 0 ? sort : byName))
    case 'genres':
      return listGroups(input, sortGroups(input, genresOf(input), sort.length > 0 ? sort : byName))
    case 'years':
      return listGroups(input, sortGroups(input, yearsOf(input), sort.length > 0 ? sort : newestFirst))
    case 'album':
      return listAlbum(input, list.key, sort)
    case 'artist':
      return listGroup(input, artistsOf(input), ({ key }) => key === list.key, sort)
    case 'genre':
      return listGroup(input, genresOf(input), ({ key }) => key === list.key, sort)
    case 'year':
      return listGroup(input, yearsOf(input), ({ year }) => year === list.year, sort)
    case 'folder':
      return listFolder(input, readFolder(input, input.sorted([]), list.path))
    case 'recentlyAdded':
      return listRecent(input, 'added', () => true)
    case 'recentlyPlayed':
      return listRecent(input, 'played', ({ lastPlayedAt }) => lastPlayedAt !== undefined)
    case 'mostPlayed':
      return listRecent(input, 'plays', ({ playCount }) => playCount > 0)
    case 'playlist':
      return emptyList
  }
}

const newestFirst: readonly SortOrder[] = [{ column: 'year', descending: true }]

const artistsOf = (input: ListInput) => groupByArtist(input, input.sorted([]), input.names)
const genresOf = (input: ListInput) => groupByGenre(input, input.sorted([]), input.names)
const yearsOf = (input: ListInput) => groupByYear(input, input.sorted([]))

function listTracks(
  input: ListInput,
  rows: Int32Array | readonly number[],
  options: { readonly headings?: readonly Heading[]; readonly of?: CatalogueList['of'] } = {},
): CatalogueList {
  return createTrackList({
    tracks: idsOf(input, rows),
    ...options,
    trackItemAt: (trackIndex) => {
      const row = rows[trackIndex]
      return row === undefined ? undefined : trackItemOf(input, row)
    },
  })
}

function trackItemOf(input: ListInput, row: number) {
  const album = input.albumAt(row)
  return {
    kind: 'track' as const,
    track: input.trackAt(row),
    albumKey: album.title === undefined ? undefined : albumKeyOf(album),
  }
}

function idsOf(input: ListInput, rows: ArrayLike<number>): Int32Array<ArrayBuffer> {
  const ids = new Int32Array(rows.length)
  for (let index = 0; index < rows.length; index++) ids[index] = input.trackAt(rows[index] as number).id
  return ids
}

function listGroups(input: ListInput, groups: readonly TrackGroup[]): CatalogueList {
  return createGroupList(groups.map(({ item, rows }) => ({ item, tracks: idsOf(input, rows) })))
}

function listAlbum(input: ListInput, key: string, sort: readonly SortOrder[]): CatalogueList {
  const rows: number[] = []
  for (const row of input.sorted(sort)) if (albumKeyOf(input.albumAt(row)) === key) rows.push(row)
  if (rows.length === 0) return emptyList
  const headings = sort.length > 0 ? [] : discHeadings(input, rows, (row) => input.discAt(row))
  return listTracks(input, rows, { headings, of: createAlbumItem(input, rows) })
}

/** The tracks of an artist, a genre or a year, with a heading for each album. */
function listGroup<Item extends GroupItem>(
  input: ListInput,
  groups: readonly TrackGroup<Item>[],
  isWanted: (item: Item) => boolean,
  sort: readonly SortOrder[],
): CatalogueList {
  const group = groups.find(({ item }) => isWanted(item))
  if (group === undefined) return emptyList
  if (sort.length === 0) {
    const rows = [...groupByAlbum(input, group.rows).values()].flat()
    return listTracks(input, rows, { headings: albumHeadings(input, rows), of: group.item })
  }
  const wanted = new Set(group.rows)
  return listTracks(
    input,
    input.sorted(sort).filter((row) => wanted.has(row)),
    { of: group.item },
  )
}

function listFolder(input: ListInput, { of, folders, tracks }: FolderContents): CatalogueList {
  const groups: ListGroup[] = folders.map(({ item, rows }) => ({ item, tracks: idsOf(input, rows) }))
  for (const row of tracks) groups.push({ item: trackItemOf(input, row), tracks: idsOf(input, [row]) })
  return createGroupList(groups, of)
}

/** The tracks with the highest values of a column. */
function listRecent(
  input: ListInput,
  column: 'added' | 'played' | 'plays',
  isListed: (track: Track) => boolean,
): CatalogueList {
  const rows: number[] = []
  for (const row of input.sorted([{ column, descending: true }])) {
    if (rows.length === maxRecentTracks) break
    if (isListed(input.trackAt(row))) rows.push(row)
  }
  return listTracks(input, rows)
}

/** Creates a list of tracks in the given order, such as a playlist. */
export function createFixedList(
  input: ListInput,
  ids: readonly TrackId[],
  indexOf: (id: TrackId) => number | undefined,
): CatalogueList {
  return listTracks(
    input,
    ids.flatMap((id) => indexOf(id) ?? []),
  )
}
