import type { ProcessView, ThreadControlCommand } from '@skein/threading/inspect'
import type { LibraryFolder } from './library/library-folder.ts'
import type { LibraryTabKind } from './library/library-list.ts'
import type { Playlist, PlaylistSplice } from './library/playlists/playlist.ts'
import { type PlaylistCalls, playlistCallNames } from './library/playlists/playlist-calls.ts'
import type { StoredTracks } from './library/stored-track.ts'
import type { CoverId, FileProblem, Track, TrackId } from './library/track.ts'
import { defaultTrackColumns, type TrackColumnId } from './library/track-columns.ts'
import type { TrackDetails } from './library/track-details.ts'
import { defaultPlayerSettings, type Modes } from './player/modes.ts'
import type { SoundAnalysis, UnanalyzedTracks } from './sound/analysis/sound-analysis.ts'
import type { MeasuredLoudness } from './sound/loudness/gain.ts'
import { defaultSoundSettings, type SoundSettings } from './sound/sound-settings.ts'

export { maxQueuedSongs } from './player/listener-queue.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What is remembered between starts, besides the folder. */
export interface Settings extends Modes {
  /** 0 … 1, as heard on a linear slider. */
  readonly volume: number
  readonly muted: boolean
  readonly theme: Theme
  /** Whether Skein checks for newer versions. Has an effect only in packages that can update themselves. */
  readonly updates: boolean
  /** The list that the library shows at the start. */
  readonly libraryTab: LibraryTabKind
  /** The columns of the tracks, in their sequence. */
  readonly trackColumns: readonly TrackColumnId[]
  readonly sound: SoundSettings
}

export const defaultSettings: Settings = {
  ...defaultPlayerSettings,
  theme: 'system',
  updates: true,
  libraryTab: 'tracks',
  trackColumns: defaultTrackColumns,
  sound: defaultSoundSettings,
}

/** The pixels of the shorter side of a thumbnail: for rows, and for a grid of covers. */
export const thumbnailSizes = [128, 400] as const
export type ThumbnailSize = (typeof thumbnailSizes)[number]

/** Where newer versions come from, and the state of the update. */
export type UpdateState =
  /** Skein runs from its source. */
  | { readonly kind: 'source' }
  /** The package manager of the system brings newer versions. */
  | { readonly kind: 'system' }
  /** Skein could check for newer versions, but the user has turned that off. */
  | { readonly kind: 'off' }
  /** Skein checks for newer versions and knows of none. */
  | { readonly kind: 'current' }
  | { readonly kind: 'loading'; readonly version: string }
  /** Skein installs it when it closes. */
  | { readonly kind: 'ready'; readonly version: string }

/** What the host can show in another window of the system. */
export type HostLocation = 'data' | 'log' | 'licences'

/** The version of Skein and its surroundings, for About and for bug reports. */
export interface About {
  readonly version: string
  /** Shortened; `unknown` if Skein was built without Git. */
  readonly commit: string
  /** What Skein runs on: names and versions, in the order in which they are shown. */
  readonly platform: readonly { readonly name: string; readonly version: string }[]
  /** The data folder and the log file, with the home folder shortened. */
  readonly data: string
  readonly log: string
  /** What `showLocation` can show. */
  readonly locations: readonly HostLocation[]
  readonly updates: UpdateState
}

/** The state that the next start restores. Tracks are given by number; the host remembers their files. */
export interface ListeningSession {
  /** The current song, 0 for none. */
  readonly track: TrackId
  /** Seconds from the start of the song. */
  readonly position: number
  /** The listener's own queue. */
  readonly queue: readonly TrackId[]
}

/** Commands of the command line and of the desktop's media controls. */
export type RemoteCommand = 'play-pause' | 'next' | 'previous'

/** The progress of a scan. `running` is false before a scan, at its end, and after it was stopped. */
export interface ScanProgress {
  readonly running: boolean
  /** Audio files seen so far by the walk; final once `walked` is true. */
  readonly found: number
  readonly walked: boolean
  /** Files whose tags are known: those that were read, and those that have not changed. */
  readonly read: number
  /** Files of these that were not read, because they have not changed since an earlier scan. */
  readonly unchanged: number
  /** Files that could not be read; `problems` events name them. */
  readonly unreadable: number
  /** True if the user stopped the scan before its end. */
  readonly stopped: boolean
  /** True while the user lets the scan wait. */
  readonly paused: boolean
  /** Files that are read per second; undefined until that is known. */
  readonly speed: number | undefined
  /** Undefined until it is known. */
  readonly secondsLeft: number | undefined
}

/** No scan has begun. */
export const noScan: ScanProgress = {
  running: false,
  found: 0,
  walked: false,
  read: 0,
  unchanged: 0,
  unreadable: 0,
  stopped: false,
  paused: false,
  speed: undefined,
  secondsLeft: undefined,
}

/** What the host sends to the page. After subscribing: first `library`, then batches, then changes. */
export type HostEvent =
  /**
   * A library begins: forget every track of the previous one. `folder` is a display name, undefined before a
   * folder was chosen. `interrupted` is the display name of the last folder if Skein crashed while it read that folder:
   * the folder is not open, and the user decides whether `reopenFolder` opens it.
   */
  | {
      readonly kind: 'library'
      readonly folder: string | undefined
      readonly demo: boolean
      readonly interrupted?: string
    }
  /** Tracks that the host knows from before. They come before all other tracks, except those outside of the folders. */
  | ({ readonly kind: 'storedTracks' } & StoredTracks)
  /** Up to 200 tracks to add to the library. They replace those with the same ids. */
  | { readonly kind: 'tracks'; readonly tracks: readonly Track[] }
  /** All playlists, without their entries. Those in the same folder are in the user's order. */
  | { readonly kind: 'playlists'; readonly playlists: readonly Playlist[] }
  /** A change of a list's entries. At first each list that has entries gets all of them. */
  | { readonly kind: 'playlistEntries'; readonly splice: PlaylistSplice }
  /** Tracks that the library has no more. */
  | { readonly kind: 'tracksRemoved'; readonly ids: readonly TrackId[] }
  | { readonly kind: 'scan'; readonly progress: ScanProgress }
  /** Files that could not be read, up to 200 at a time. */
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] }
  /** The files are read again: forget the problems. */
  | { readonly kind: 'problemsCleared' }
  /** The open folders, at first and after each change. */
  | { readonly kind: 'folders'; readonly folders: readonly LibraryFolder[] }
  /** One sentence: what failed in the host and what the user can do. */
  | { readonly kind: 'failure'; readonly message: string }
  /** The user chose About in the host's menu. */
  | { readonly kind: 'about' }
  | { readonly kind: 'updates'; readonly updates: UpdateState }
  /** Play these tracks now, in this order. A `tracks` event has announced them before. */
  | { readonly kind: 'play'; readonly tracks: readonly TrackId[] }
  /** Add these tracks to the end of the listener's own queue. A `tracks` event has announced them before. */
  | { readonly kind: 'enqueue'; readonly tracks: readonly TrackId[] }
  | { readonly kind: 'command'; readonly command: RemoteCommand }
  /** The last session: make its song ready, but do not play it. Sent once, to the first page. */
  | { readonly kind: 'resume'; readonly session: ListeningSession }
  /** The host is about to shut down: save everything, then call `acknowledgeShutdown`. */
  | { readonly kind: 'ending' }
  /** The host's own threads, while `watchThreads(true)`: at most 30 times a second, and only after a change. */
  | { readonly kind: 'threads'; readonly view: ProcessView }

/**
 * A folder of the host's machine, for the page's own folder dialog. Folders have numbers: the page never
 * sends a path.
 */
export interface FolderListing {
  readonly id: number
  /** The absolute path, for display. */
  readonly path: string
  readonly parent: number | undefined
  readonly folders: readonly { readonly id: number; readonly name: string }[]
  /** The number of audio files directly in this folder. */
  readonly audioFiles: number
}

/** `ended`: the thread had ended, so the call did nothing. */
export type ThreadControlResult = 'done' | 'ended'

/** The page's only interface to its host. Every call rejects with an Error whose message is one sentence for the user. */
export interface HostApi extends PlaylistCalls {
  readonly kind: 'electron' | 'web'
  /** Returns the settings of the last session. */
  settings(): Promise<Settings>
  saveSettings(settings: Settings): Promise<void>
  saveSession(session: ListeningSession): Promise<void>
  /** Acknowledges `ending`: the page has saved everything. */
  acknowledgeShutdown(): Promise<void>
  /** Subscribes to the host's events. Returns a function that unsubscribes. */
  subscribe(listener: (event: HostEvent) => void): () => void
  /**
   * Electron opens the system's dialog; resolves with false if the user cancels it. The web host rejects: use
   * `listFolders` and `openFolder`.
   */
  chooseFolder(): Promise<boolean>
  /** Lists the folders in a folder; without an id, in the user's home folder. */
  listFolders(id?: number): Promise<FolderListing>
  /** Makes a folder the only open one. */
  openFolder(id: number): Promise<void>
  /**
   * Adds a folder to the open ones. Without an id, Electron opens the system's dialog and resolves with false if the user
   * cancels it; the web host rejects.
   */
  addFolder(id?: number): Promise<boolean>
  /** Closes a folder. Its tracks leave the library, and keep their history for when it is added again. */
  removeFolder(id: number): Promise<void>
  /** Leaves out a folder that is below an open one. */
  excludeFolder(id: number): Promise<void>
  /** No longer leaves out a folder. */
  includeFolder(id: number): Promise<void>
  openDemo(): Promise<void>
  /** Opens the `interrupted` folder and restores the last session. Has no effect if there is no such folder. */
  reopenFolder(): Promise<void>
  /** The window has gained the focus: the host checks the folders that it cannot watch. */
  checkFolders(): Promise<void>
  /** Counts a play of a track, now. */
  recordPlay(id: TrackId): Promise<void>
  /** Rates up to `maxRatedTracks` tracks: 0.5 … 5 in halves; 0 removes their rating. */
  rateTracks(ids: readonly TrackId[], rating: number): Promise<void>
  /** Scans the library's folder again. */
  rescan(): Promise<void>
  stopScan(): Promise<void>
  /** Lets the running scan wait until `continueScan`. */
  pauseScan(): Promise<void>
  continueScan(): Promise<void>
  /** Reads everything that a track's file contains besides its sound. */
  trackDetails(id: TrackId): Promise<TrackDetails>
  /** Returns what was measured of a track's sound; undefined if it was not analyzed, or cannot be decoded. */
  trackLoudness(id: TrackId): Promise<MeasuredLoudness | undefined>
  /** Returns the track's `Waveform` in base64; undefined if it was not analyzed, or cannot be decoded. */
  trackWaveform(id: TrackId): Promise<string | undefined>
  /** Returns the next tracks to analyze after a track: at most `maxUnanalyzed`. 0 is before the first one. */
  unanalyzedTracks(after: TrackId): Promise<UnanalyzedTracks>
  /** Stores what was found in a track's sound; without an analysis, that it cannot be decoded. */
  saveAnalysis(id: TrackId, analysis?: SoundAnalysis): Promise<void>
  /** Selects whether `threads` events are sent. Turning them off resumes paused and slowed threads. */
  watchThreads(on: boolean): Promise<void>
  /** Pauses, steps, slows or resumes one of the host's threads. */
  controlThread(ident: number, command: ThreadControlCommand): Promise<ThreadControlResult>
  about(): Promise<About>
  /** Opens a folder or file with the system's own viewer. */
  showLocation(location: HostLocation): Promise<void>
  /** Shows a track's file in the system's file manager. The web host rejects. */
  showTrack(id: TrackId): Promise<void>
  trackUrl(id: TrackId): string
  /** With a size, a smaller version of the cover. */
  coverUrl(id: CoverId, size?: ThumbnailSize): string
}

/** The maximum of tracks in one call of `rateTracks`. */
export const maxRatedTracks = 10_000

/** The maximum of tracks in one result of `unanalyzedTracks`. */
export const maxUnanalyzed = 50

/** The calls that both hosts forward by name, after checking their arguments. */
export const hostCallNames = [
  'settings',
  'saveSettings',
  'saveSession',
  'acknowledgeShutdown',
  'chooseFolder',
  'listFolders',
  'openFolder',
  'addFolder',
  'removeFolder',
  'excludeFolder',
  'includeFolder',
  'openDemo',
  'reopenFolder',
  'checkFolders',
  'recordPlay',
  'rateTracks',
  'rescan',
  'stopScan',
  'pauseScan',
  'continueScan',
  'trackDetails',
  'trackLoudness',
  'trackWaveform',
  'unanalyzedTracks',
  'saveAnalysis',
  'controlThread',
  'about',
  'showLocation',
  'showTrack',
  ...playlistCallNames,
] as const satisfies readonly (keyof HostApi)[]

export type HostCallName = (typeof hostCallNames)[number]
export type HostCalls = Pick<HostApi, HostCallName>

export function isHostCallName(name: unknown): name is HostCallName {
  return (hostCallNames as readonly unknown[]).includes(name)
}

/** Returns an object with every forwarded call. Each passes its name and arguments to `call`. */
export function forwardHostCalls(
  call: (name: HostCallName, args: readonly unknown[]) => Promise<unknown>,
): HostCalls {
  const forward =
    (name: HostCallName) =>
    (...args: readonly unknown[]) =>
      // JSON has no undefined, so a missing optional argument is left out.
      call(
        name,
        args.filter((arg) => arg !== undefined),
      )
  return Object.fromEntries(hostCallNames.map((name) => [name, forward(name)])) as unknown as HostCalls
}
