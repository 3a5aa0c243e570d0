import type { SortOrder } from './sort.ts'
import type { CoverId, Track, TrackId } from './track.ts'

/** One of the library's lists. Keys come from the items of other lists. */
export type LibraryList =
  | {
      readonly kind:
        | 'albums'
        | 'artists'
        | 'genres'
        | 'years'
        | 'tracks'
        | 'recentlyAdded'
        | 'recentlyPlayed'
        | 'mostPlayed'
    }
  /** The folders and tracks directly in a folder. The path is relative, with `/` between names; empty for the top. */
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'album'; readonly key: string }
  | { readonly kind: 'artist'; readonly key: string }
  | { readonly kind: 'genre'; readonly key: string }
  | { readonly kind: 'year'; readonly year: number }
  | { readonly kind: 'playlist'; readonly id: number }

/** The lists that the library has tabs for; `folder` is the one at the top. */
export const libraryTabKinds = [
  'albums',
  'artists',
  'genres',
  'years',
  'folder',
  'tracks',
  'recentlyAdded',
  'recentlyPlayed',
  'mostPlayed',
] as const satisfies readonly LibraryList['kind'][]

export type LibraryTabKind = (typeof libraryTabKinds)[number]

/** Requests a list. Only the newest request is answered. */
export interface ListRequest {
  readonly request: number
  readonly list: LibraryList
  /** What the user searches for; see docs/library.md for its syntax. */
  readonly text: string
  /** The first order counts most. Empty for the list's own order. */
  readonly sort: readonly SortOrder[]
  /** The items that the window shows first: they arrive together with the summary. */
  readonly from: number
  readonly count: number
}

export interface AlbumItem {
  readonly kind: 'album'
  readonly key: string
  /** Undefined for tracks without an album. */
  readonly title: string | undefined
  /** The album artist as written, or “Various artists”. */
  readonly artist: string | undefined
  /** The list of the album artist; undefined for various artists. */
  readonly artistKey: string | undefined
  readonly date: string | undefined
  readonly originalDate: string | undefined
  readonly cover: CoverId | undefined
  readonly trackCount: number
  /** Seconds, of the tracks whose duration is known. */
  readonly duration: number
  /** False if none of its tracks can be played now. */
  readonly isAvailable: boolean
}

export interface ArtistItem {
  readonly kind: 'artist'
  readonly key: string
  readonly name: string
  readonly albumCount: number
  readonly trackCount: number
  /** Of the newest album. */
  readonly cover: CoverId | undefined
}

export interface GenreItem {
  readonly kind: 'genre'
  readonly key: string
  readonly name: string
  readonly albumCount: number
  readonly trackCount: number
}

export interface YearItem {
  readonly kind: 'year'
  readonly year: number
  readonly albumCount: number
  readonly trackCount: number
}

export interface FolderItem {
  readonly kind: 'folder'
  /** As in `LibraryList`. */
  readonly path: string
  readonly name: string
  /** In the folder and everything below it. */
  readonly trackCount: number
}

/** Divides a list: the discs of an album, the albums of an artist. It cannot be selected. */
export interface HeadingItem {
  readonly kind: 'heading'
  readonly of:
    | { readonly kind: 'disc'; readonly disc: number; readonly subtitle: string | undefined }
    | AlbumItem
}

export interface TrackItem {
  readonly kind: 'track'
  readonly track: Track
  /** The list of the track's album; undefined for a track without one. */
  readonly albumKey: string | undefined
}

/** An entry of a playlist whose file the library does not have. */
export interface MissingItem {
  readonly kind: 'missing'
  readonly title: string
  readonly artist: string | undefined
  /** What the playlist calls the file. */
  readonly location: string
}

export type ListItem =
  | AlbumItem
  | ArtistItem
  | GenreItem
  | YearItem
  | FolderItem
  | HeadingItem
  | TrackItem
  | MissingItem

/** The answer to a `ListRequest`. The items themselves are requested by index, as the window shows them. */
export interface ListSummary {
  readonly request: number
  /** Grows with each change of the list's content: items that were received before are out of date. */
  readonly version: number
  readonly count: number
  /** The tracks in the list, without headings; for albums and artists, the tracks that belong to them. */
  readonly trackCount: number
  /** Seconds, of all tracks whose duration is known. */
  readonly duration: number
  /** All tracks of the library, whatever the list contains. */
  readonly libraryTrackCount: number
  /** The album, artist, genre, year or folder that the list belongs to; undefined for the others. */
  readonly of: AlbumItem | ArtistItem | GenreItem | YearItem | FolderItem | undefined
  /** The best artists and albums for the searched text. The list itself has the tracks. */
  readonly artists: readonly ArtistItem[]
  readonly albums: readonly AlbumItem[]
}

/** Items of the list with this request and version, from the index `from` on. */
export interface ListItems {
  readonly request: number
  readonly version: number
  readonly from: number
  readonly items: readonly ListItem[]
}

/** Selected items of the list with this request and version. */
export interface ItemSelection {
  readonly request: number
  readonly version: number
  /** Pairs of the first index and the index after the last one. */
  readonly ranges: Int32Array
}

/** What an item is, whichever list it is in: the number of a track, or a text for any other item. */
export type ItemIdentity = TrackId | string

/** Returns undefined for headings and missing files. */
export function identityOf(item: ListItem): ItemIdentity | undefined {
  switch (item.kind) {
    case 'track':
      return item.track.id
    case 'album':
    case 'artist':
    case 'genre':
      return `${item.kind}\n${item.key}`
    case 'year':
      return `${item.kind}\n${item.year}`
    case 'folder':
      return `${item.kind}\n${item.path}`
    default:
      return undefined
  }
}
