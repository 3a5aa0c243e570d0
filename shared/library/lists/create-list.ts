import type { LibraryList, TrackItem } from '../library-list.ts'
import type { SortOrder } from '../sort.ts'
import type { Track } from '../track.ts'
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
import type { ListGroups } from './list-groups.ts'
import { albumKeyOf, createAlbumItem, groupByAlbum, type ListSource } from './list-source.ts'
import { byName, sortGroups } from './sort-groups.ts'
import type { GroupItem, TrackGroup } from './track-groups.ts'

/** The maximum length of the lists of recent and of popular tracks. */
const maxRecentTracks = 500

/** What lists are created from: the tracks that match the searched text. */
export interface ListInput extends ListSource {
  /** Returns the indexes of the tracks; without orders in the natural order: artist, album, disc, number. */
  sorted(sort: readonly SortOrder[]): Int32Array
  discAt(index: number): number
  idsOf(rows: ArrayLike<number>): Int32Array<ArrayBuffer>
  durationOf(rows: ArrayLike<number>): number
  /** Returns the groups of the tracks. */
  groups(): ListGroups
}

/** Creates a list. Without `sort` it has its own order. */
export function createList(input: ListInput, list: LibraryList, sort: readonly SortOrder[]): CatalogueList {
  switch (list.kind) {
    case 'tracks':
      return listTracks(input, input.sorted(sort))
    case 'albums':
      return listGroups(input, sortGroups(input, input.groups().albums, sort))
    case 'artists':
      return listGroups(input, sortGroups(input, input.groups().artists, sort.length > 0 ? sort : byName))
    case 'genres':
      return listGroups(input, sortGroups(input, input.groups().genres, sort.length > 0 ? sort : byName))
    case 'years':
      return listGroups(input, sortGroups(input, input.groups().years, sort.length > 0 ? sort : newestFirst))
    case 'album':
      return listAlbum(input, list.key, sort)
    case 'artist':
      return listGroup(input, input.groups().artists, ({ key }) => key === list.key, sort)
    case 'genre':
      return listGroup(input, input.groups().genres, ({ key }) => key === list.key, sort)
    case 'year':
      return listGroup(input, input.groups().years, ({ year }) => year === list.year, sort)
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

function listTracks(
  input: ListInput,
  rows: Int32Array | readonly number[],
  options: { readonly headings?: readonly Heading[]; readonly of?: CatalogueList['of'] } = {},
): CatalogueList {
  return createTrackList({
    tracks: input.idsOf(rows),
    duration: input.durationOf(rows),
    ...options,
    trackItemAt: (trackIndex) => {
      const row = rows[trackIndex]
      return row === undefined ? undefined : trackItemOf(input, row)
    },
  })
}

/** Returns undefined for a track that was removed since. */
function trackItemOf(input: ListInput, row: number): TrackItem | undefined {
  const track = input.trackAt(row)
  if (track === undefined) return undefined
  const album = input.albumAt(row)
  return {
    kind: 'track',
    track,
    albumKey: album.title === undefined ? undefined : albumKeyOf(album),
  }
}

function listGroups(input: ListInput, groups: readonly TrackGroup[]): CatalogueList {
  return createGroupList(groups.map(({ item, rows }) => ({ item, tracks: input.idsOf(rows) })))
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
  const groups: ListGroup[] = folders.map(({ item, rows }) => ({ item, tracks: input.idsOf(rows) }))
  for (const row of tracks) {
    const item = trackItemOf(input, row)
    if (item !== undefined) groups.push({ item, tracks: input.idsOf([row]) })
  }
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
