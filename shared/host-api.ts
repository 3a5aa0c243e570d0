import type { ProcessView, ThreadControlCommand } from '@skein/threading/inspect'
import type { CoverId, FileProblem, Track, TrackId } from './library/track.ts'
import { defaultPlayerSettings, type Modes } from './player/modes.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What is remembered from one start to the next, besides the folder. */
export interface Settings extends Modes {
  /** 0 … 1, as heard on a linear slider. */
  readonly volume: number
  readonly muted: boolean
  readonly theme: Theme
  /** Whether Skein looks for newer versions of itself, where it is a package that can. */
  readonly updates: boolean
}

export const defaultSettings: Settings = {
  ...defaultPlayerSettings,
  theme: 'system',
  updates: true,
}

/** Where newer versions come from, and how far one has come. */
export type UpdateState =
  /** Skein runs from its source. */
  | { readonly kind: 'source' }
  /** The package belongs to the system, which brings newer ones. */
  | { readonly kind: 'system' }
  /** Skein could look for itself, and shall not. */
  | { readonly kind: 'off' }
  /** Skein looks for itself, and knows of nothing newer. */
  | { readonly kind: 'current' }
  | { readonly kind: 'loading'; readonly version: string }
  /** It is installed when Skein is closed. */
  | { readonly kind: 'ready'; readonly version: string }

/** What the host can show in another window of the system. */
export type HostLocation = 'data' | 'log' | 'licences'

/** What this Skein is, for About and for bug reports. */
export interface About {
  readonly version: string
  /** Shortened; `unknown` where it was built without git. */
  readonly commit: string
  /** What it runs on: names and versions, in the order to be shown. */
  readonly platform: readonly { readonly name: string; readonly version: string }[]
  /** The data folder and the log file, with the home folder shortened. */
  readonly data: string
  readonly log: string
  /** What `showLocation` can show. */
  readonly locations: readonly HostLocation[]
  readonly updates: UpdateState
}

/** Where the listener was: comes back at the next start. Tracks go by number; the host remembers their files. */
export interface ListeningSession {
  /** The current song, 0 for none. */
  readonly track: TrackId
  /** Seconds from its start. */
  readonly position: number
  /** The listener's own queue. */
  readonly queue: readonly TrackId[]
}

/** What the command line and the desktop's media scripts may ask of the player. */
export type RemoteCommand = 'play-pause' | 'next' | 'previous'

/** Where a scan stands. `running` false means finished, stopped or never begun. */
export interface ScanProgress {
  readonly running: boolean
  /** Audio files seen so far by the walk; final once `walked` is true. */
  readonly found: number
  readonly walked: boolean
  /** Files whose tags were read. */
  readonly read: number
  /** Files that could not be read; `problems` events name them. */
  readonly unreadable: number
  /** True when the user stopped it before its end. */
  readonly stopped: boolean
}

/** No scan has begun. */
export const noScan: ScanProgress = {
  running: false,
  found: 0,
  walked: false,
  read: 0,
  unreadable: 0,
  stopped: false,
}

/** What the host tells the page, in this order after subscribing: `library`, then batches, then changes. */
export type HostEvent =
  /** A library begins: forget every track of the former one. `folder` is a display name, undefined the first time. */
  | { readonly kind: 'library'; readonly folder: string | undefined; readonly demo: boolean }
  /** Up to 200 tracks to add to the library. */
  | { readonly kind: 'tracks'; readonly tracks: readonly Track[] }
  | { readonly kind: 'scan'; readonly progress: ScanProgress }
  /** Files that could not be read, up to 200 at a time. */
  | { readonly kind: 'problems'; readonly problems: readonly FileProblem[] }
  /** One sentence: what failed in the host and what to do. */
  | { readonly kind: 'failure'; readonly message: string }
  /** The user asked the host's menu what Skein this is. */
  | { readonly kind: 'about' }
  | { readonly kind: 'updates'; readonly updates: UpdateState }
  /** Play these now, in this order. They have been told as `tracks` before. */
  | { readonly kind: 'play'; readonly tracks: readonly TrackId[] }
  /** Add these to the end of the listener's own queue. They have been told as `tracks` before. */
  | { readonly kind: 'enqueue'; readonly tracks: readonly TrackId[] }
  | { readonly kind: 'command'; readonly command: RemoteCommand }
  /** What the last session left: make it ready, and do not play. Told once, to the first page. */
  | { readonly kind: 'resume'; readonly session: ListeningSession }
  /** The host is about to end: save what is to be saved, and call `acknowledgeShutdown`. */
  | { readonly kind: 'ending' }
  /** The host's own threads, while `watchThreads(true)`: at most 30 times a second, and only when changed. */
  | { readonly kind: 'threads'; readonly view: ProcessView }

/** A folder of the host's machine, for the page's own folder dialog. Folders go by number: no path comes from the page. */
export interface FolderListing {
  readonly id: number
  /** The whole path, for display. */
  readonly path: string
  readonly parent: number | undefined
  readonly folders: readonly { readonly id: number; readonly name: string }[]
  /** How many audio files lie directly in it. */
  readonly audioFiles: number
}

/** `ended`: the thread had ended, so nothing was done. */
export type ThreadControlResult = 'done' | 'ended'

/** The page's only interface to its host. Every call rejects with an Error whose message is one sentence for the user. */
export interface HostApi {
  readonly kind: 'electron' | 'web'
  /** What the last session left. */
  settings(): Promise<Settings>
  saveSettings(settings: Settings): Promise<void>
  saveSession(session: ListeningSession): Promise<void>
  /** Acknowledges `ending`: everything is saved. */
  acknowledgeShutdown(): Promise<void>
  /** Starts the stream of events; the returned function ends it. */
  subscribe(listener: (event: HostEvent) => void): () => void
  /** Electron: the system's dialog; resolves with false if the user cancels it. The web host rejects: use listFolders and openFolder. */
  chooseFolder(): Promise<boolean>
  /** The folders below one; without an id, below the user's home folder. */
  listFolders(id?: number): Promise<FolderListing>
  openFolder(id: number): Promise<void>
  openDemo(): Promise<void>
  /** Reads the library's folder again. */
  rescan(): Promise<void>
  stopScan(): Promise<void>
  /** Whether `threads` events are sent. When off, paused and slowed threads go on. */
  watchThreads(on: boolean): Promise<void>
  /** Pauses, steps, slows or resumes one of the host's threads. */
  controlThread(ident: number, command: ThreadControlCommand): Promise<ThreadControlResult>
  about(): Promise<About>
  /** Opens a folder or file with the system's own viewer. */
  showLocation(location: HostLocation): Promise<void>
  trackUrl(id: TrackId): string
  coverUrl(id: CoverId): string
}

/** The calls that both hosts forward under their name, with their arguments checked. */
export const hostCallNames = [
  'settings',
  'saveSettings',
  'saveSession',
  'acknowledgeShutdown',
  'chooseFolder',
  'listFolders',
  'openFolder',
  'openDemo',
  'rescan',
  'stopScan',
  'controlThread',
  'about',
  'showLocation',
] as const satisfies readonly (keyof HostApi)[]

export type HostCallName = (typeof hostCallNames)[number]
export type HostCalls = Pick<HostApi, HostCallName>

export function isHostCallName(name: unknown): name is HostCallName {
  return (hostCallNames as readonly unknown[]).includes(name)
}

/** Returns the calls, each of which passes its name and arguments to `call`. */
export function forwardHostCalls(
  call: (name: HostCallName, args: readonly unknown[]) => Promise<unknown>,
): HostCalls {
  const forward =
    (name: HostCallName) =>
    (...args: readonly unknown[]) =>
      // JSON has no undefined: an optional argument that is missing is left out.
      call(
        name,
        args.filter((arg) => arg !== undefined),
      )
  return Object.fromEntries(hostCallNames.map((name) => [name, forward(name)])) as unknown as HostCalls
}
