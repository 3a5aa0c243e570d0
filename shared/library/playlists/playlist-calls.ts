import type { TrackId } from '../track.ts'
import type { PlaylistFormat, PlaylistId, PlaylistKind } from './playlist.ts'
import type { SmartRules } from './smart-rules.ts'

export interface NewPlaylist {
  readonly kind: PlaylistKind
  readonly name: string
  /** The folder that contains it, 0 for none. */
  readonly parent: PlaylistId
  /** Only of a smart playlist. */
  readonly rules?: SmartRules
  /** The first entries of a list. */
  readonly tracks?: readonly TrackId[]
}

/** Identifies a change that can be undone while the host runs. */
export type PlaylistChange = number

/** What an import has read. */
export interface PlaylistImport {
  readonly playlists: readonly PlaylistId[]
  readonly entries: number
  /** Entries whose file the library does not have. */
  readonly missing: number
  /** Sentences for the user: what was left out, and why. */
  readonly problems: readonly string[]
}

/** A file that the page reads or saves itself, because its host has no dialog. */
export interface PlaylistFile {
  readonly name: string
  /** Base64. */
  readonly content: string
}

/** What a page requests about playlists. */
export interface PlaylistCalls {
  createPlaylist(playlist: NewPlaylist): Promise<PlaylistId>
  renamePlaylist(id: PlaylistId, name: string): Promise<void>
  setPlaylistRules(id: PlaylistId, rules: SmartRules): Promise<void>
  /** Moves a playlist into a folder, before the playlist that has the index `index` there without it. */
  movePlaylist(id: PlaylistId, parent: PlaylistId, index: number): Promise<void>
  /** Deletes a playlist, or a folder with everything in it. */
  deletePlaylist(id: PlaylistId): Promise<PlaylistChange>
  /** Adds tracks at the end of a list. */
  addToPlaylist(id: PlaylistId, tracks: readonly TrackId[]): Promise<PlaylistChange>
  /** Ranges are pairs of the first index and the index after the last one, in ascending order. */
  removePlaylistEntries(id: PlaylistId, ranges: readonly number[]): Promise<PlaylistChange>
  /** Moves entries before the one that has the index `to` now. */
  movePlaylistEntries(id: PlaylistId, ranges: readonly number[], to: number): Promise<PlaylistChange>
  /** Rejects if the playlist has changed since. */
  undoPlaylistChange(change: PlaylistChange): Promise<void>
  /** Opens the system's dialog; resolves with undefined if the user cancels it. The web host rejects. */
  importPlaylists(): Promise<PlaylistImport | undefined>
  /** Imports a file that the page has read. Its relative paths are searched in the library. */
  importPlaylistFile(file: PlaylistFile): Promise<PlaylistImport>
  /**
   * Writes a playlist to a file that the user chooses; `tracks` are those of a smart one. The web host returns the file
   * instead: the page saves it.
   */
  exportPlaylist(
    id: PlaylistId,
    format: PlaylistFormat,
    tracks?: readonly TrackId[],
  ): Promise<PlaylistFile | undefined>
}

export const playlistCallNames = [
  'createPlaylist',
  'renamePlaylist',
  'setPlaylistRules',
  'movePlaylist',
  'deletePlaylist',
  'addToPlaylist',
  'removePlaylistEntries',
  'movePlaylistEntries',
  'undoPlaylistChange',
  'importPlaylists',
  'importPlaylistFile',
  'exportPlaylist',
] as const satisfies readonly (keyof PlaylistCalls)[]

/** Bytes of a playlist's file. */
export const maxPlaylistFileBytes = 64 * 1024 * 1024

/** Bytes of a playlist's file that a page sends. */
export const maxUploadedPlaylistBytes = 16 * 1024 * 1024
