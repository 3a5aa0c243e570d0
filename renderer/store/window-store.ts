import { create } from 'zustand'
import type { ScanProgress, Theme, UpdateState } from '../../shared/host-api.ts'
import { defaultSettings, noScan } from '../../shared/host-api.ts'
import type { LibraryFolder } from '../../shared/library/library-folder.ts'
import type { LibraryList, LibraryTabKind } from '../../shared/library/library-list.ts'
import type { Playlist, PlaylistId } from '../../shared/library/playlists/playlist.ts'
import type { PlaylistChange } from '../../shared/library/playlists/playlist-calls.ts'
import type { SortOrder } from '../../shared/library/sort.ts'
import type { FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import { defaultTrackColumns, type TrackColumnId } from '../../shared/library/track-columns.ts'
import type { PlayerState, ViewName } from '../../shared/player/messages.ts'
import { initialPlayback } from '../../shared/player/playback-state.ts'
import type { SoundOutput } from '../../shared/sound/sound-output.ts'
import type { OutputDevice, SoundSettings } from '../../shared/sound/sound-settings.ts'
import type { MenuRequest } from './menu-request.ts'
import { initialShownList, type ShownList } from './shown-list.ts'
import type { WindowLocation } from './window-location.ts'

/** The height of the Threads panel, in CSS pixels. */
export const threadsPanelHeightRange = { min: 160, initial: 332, max: 1200 }

/** The dialogs. At most one is open. */
export type DialogName = 'folder' | 'problems' | 'about' | 'columns' | 'properties' | 'addToPlaylist'

/** What the dialog `folder` chooses a folder for. `exclude` leaves one out that is below an open folder. */
export type FolderRequest =
  | { readonly kind: 'open' }
  | { readonly kind: 'add' }
  | { readonly kind: 'exclude'; readonly below: LibraryFolder['id'] }

/** A sentence about a change of playlists. */
export interface PlaylistNotice {
  readonly text: string
  /** The change that can be undone. */
  readonly change: PlaylistChange | undefined
}

/** Everything that the window shows. The session writes it; components read it and send inputs (actions.ts). */
export interface WindowState {
  readonly view: ViewName
  /** Tracks outside of lists, as far as the window needs them: those of the player, Up next, and others of late. */
  readonly tracks: ReadonlyMap<TrackId, Track>
  /** The list that the library shows; see navigation.ts. */
  readonly list: LibraryList
  /** The list that the views show. */
  readonly shownList: ShownList
  /** The tab that was shown last. */
  readonly lastTab: LibraryTabKind
  readonly query: string
  /** Grows with each navigation: the page that comes remembers its own position. */
  readonly visit: number
  /** The sort order of all tracks. */
  readonly sort: readonly SortOrder[]
  /** The columns of the tracks, in their sequence. */
  readonly trackColumns: readonly TrackColumnId[]
  /** The library's display name; undefined before the first folder was chosen. */
  readonly folder: string | undefined
  /** The open folders; empty before they are known. */
  readonly libraryFolders: readonly LibraryFolder[]
  readonly isDemo: boolean
  /** The display name of the last folder if Skein crashed while it read that folder, which is therefore not open. */
  readonly interruptedFolder: string | undefined
  /** False until the host has sent the event `library`. */
  readonly isLibraryKnown: boolean
  readonly scan: ScanProgress
  readonly problems: readonly FileProblem[]
  readonly player: PlayerState
  /** The next songs: the listener's own queue, then the plan. */
  readonly upNext: readonly TrackId[]
  /** The length of the listener's own queue at the beginning of `upNext`. */
  readonly queuedCount: number
  readonly theme: Theme
  /** Whether Skein checks for newer versions. */
  readonly updates: boolean
  /** The last event `updates` of the host; undefined before the first. */
  readonly updateState: UpdateState | undefined
  readonly sound: SoundSettings
  /** What plays the current song; undefined before the first. */
  readonly soundOutput: SoundOutput | undefined
  /** The output devices that can be chosen; undefined where the browser does not list them. */
  readonly outputDevices: readonly OutputDevice[] | undefined
  /** False if songs play in silence. */
  readonly hasSoundDevice: boolean
  readonly isThreadsPanelOpen: boolean
  /** Whether the open Threads panel replaces the view instead of being docked below it. */
  readonly isThreadsPanelFull: boolean
  /** CSS pixels. */
  readonly threadsPanelHeight: number
  readonly dialog: DialogName | undefined
  readonly folderRequest: FolderRequest
  /** The open context menu. */
  readonly menu: MenuRequest | undefined
  /** The track whose properties the dialog shows. */
  readonly propertiesOf: TrackId | undefined
  /** Whether the search box takes the focus as soon as it is rendered. */
  readonly shouldFocusSearch: boolean
  /** One sentence to show until the user dismisses it. */
  readonly failure: string | undefined
  /** Those in the same folder are in the user's order. */
  readonly playlists: readonly Playlist[]
  /** The playlist that the view Playlists shows, 0 for none. */
  readonly shownPlaylist: PlaylistId
  /** The tracks that the dialog `addToPlaylist` adds. */
  readonly tracksToAdd: readonly TrackId[]
  /** What was done to a playlist, in one sentence, until the user dismisses it; `undo` reverses it. */
  readonly playlistNotice: PlaylistNotice | undefined
  /** One sentence for screen readers, announced when it changes. */
  readonly announcement: string
  /** Whether to play the library that is loading, once its tracks are shown. */
  readonly playWhenLoaded: boolean
}

export const useWindow = create<WindowState>(() => ({
  view: 'library',
  tracks: new Map(),
  list: { kind: 'tracks' },
  shownList: initialShownList,
  lastTab: 'tracks',
  query: '',
  visit: 0,
  sort: [{ column: 'artist', descending: false }],
  trackColumns: defaultTrackColumns,
  folder: undefined,
  libraryFolders: [],
  isDemo: false,
  interruptedFolder: undefined,
  isLibraryKnown: false,
  scan: noScan,
  problems: [],
  player: initialPlayback,
  upNext: [],
  queuedCount: 0,
  theme: defaultSettings.theme,
  updates: defaultSettings.updates,
  updateState: undefined,
  sound: defaultSettings.sound,
  soundOutput: undefined,
  outputDevices: undefined,
  hasSoundDevice: true,
  isThreadsPanelOpen: false,
  isThreadsPanelFull: false,
  threadsPanelHeight: threadsPanelHeightRange.initial,
  dialog: undefined,
  folderRequest: { kind: 'open' },
  menu: undefined,
  propertiesOf: undefined,
  shouldFocusSearch: false,
  failure: undefined,
  playlists: [],
  shownPlaylist: 0,
  tracksToAdd: [],
  playlistNotice: undefined,
  announcement: '',
  playWhenLoaded: false,
}))

/** Returns what the window shows. */
export function currentLocation(): WindowLocation {
  const { view, list, query } = useWindow.getState()
  return { view, list, query }
}

/** Returns a track of the player or of Up next; undefined if it is not known (yet). */
export function findTrack({ tracks }: Pick<WindowState, 'tracks'>, id: TrackId): Track | undefined {
  return tracks.get(id)
}

/** Whether the list that the views show contains tracks. */
export const hasShownTracks = ({ shownList }: Pick<WindowState, 'shownList'>): boolean =>
  (shownList.summary?.trackCount ?? 0) > 0
