import type { TrackId } from '../track.ts'
import type { SmartRules } from './smart-rules.ts'

/** A playlist's number: positive, and stable over starts. */
export type PlaylistId = number

/** A list that the user orders, a list by rules, or a folder of playlists. */
export type PlaylistKind = 'list' | 'smart' | 'folder'

/** A playlist or a folder, without its entries. */
export interface Playlist {
  readonly id: PlaylistId
  readonly kind: PlaylistKind
  readonly name: string
  /** The folder that contains it, 0 for none. */
  readonly parent: PlaylistId
  /** Only of a smart playlist. */
  readonly rules: SmartRules | undefined
}

/** An entry whose file the library does not have, as the playlist describes it. */
export interface MissingEntry {
  readonly title: string
  readonly artist: string | undefined
  /** What the playlist calls the file, for display only. */
  readonly location: string
}

/** Entries of a playlist: a track for each, 0 for a missing one, and the missing ones in the same order. */
export interface PlaylistEntries {
  readonly tracks: readonly TrackId[]
  readonly missing: readonly MissingEntry[]
}

/** Replaces `removed` entries of a playlist, from the index `start` on, by others. */
export interface PlaylistSplice extends PlaylistEntries {
  readonly playlist: PlaylistId
  readonly start: number
  readonly removed: number
}

/** The formats that playlists are exported in. All of them are imported. */
export const playlistFormats = ['m3u8', 'm3u', 'pls', 'xspf'] as const

export type PlaylistFormat = (typeof playlistFormats)[number]

/** A playlist has at most this many entries. */
export const maxPlaylistEntries = 100_000

/** Playlists and folders together. */
export const maxPlaylists = 5_000

/** Folders in folders. */
export const maxPlaylistDepth = 8

/** UTF-16 code units. */
export const maxPlaylistName = 200
