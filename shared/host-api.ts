import type { CoverId, FileProblem, Track, TrackId } from './library/track.ts'
import type { ThreadOrder } from './threading/control.ts'
import type { ProcessView } from './threading/view.ts'

export type Repeat = 'off' | 'all' | 'one'
export type Theme = 'system' | 'light' | 'dark'

/** What is remembered from one start to the next, besides the folder. */
export interface Settings {
  /** 0 … 1, as heard on a linear slider. */
  readonly volume: number
  readonly muted: boolean
  readonly shuffle: boolean
  readonly repeat: Repeat
  readonly theme: Theme
}

export const defaultSettings: Settings = {
  volume: 0.8,
  muted: false,
  shuffle: false,
  repeat: 'off',
  theme: 'system',
}

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

/** The page's only door to its host. Every call rejects with an Error whose message is one sentence for the user. */
export interface HostApi {
  readonly kind: 'electron' | 'web'
  /** What the last session left. */
  settings(): Promise<Settings>
  saveSettings(settings: Settings): Promise<void>
  /** Starts the stream of events; the answer ends it. */
  subscribe(listener: (event: HostEvent) => void): () => void
  /** Electron: the system's dialog; resolves false when it was cancelled. The web host rejects: use listFolders and openFolder. */
  chooseFolder(): Promise<boolean>
  /** The folders below one, or below the user's home folder where no id is given. */
  listFolders(id?: number): Promise<FolderListing>
  openFolder(id: number): Promise<void>
  openDemo(): Promise<void>
  /** Reads the library's folder again. */
  rescan(): Promise<void>
  stopScan(): Promise<void>
  /** Whether `threads` events are sent. Off, threads that were held or slowed are let go. */
  watchThreads(on: boolean): Promise<void>
  /** Holds, steps or slows one of the host's threads, or lets it go on. */
  controlThread(ident: number, order: ThreadOrder): Promise<void>
  trackUrl(id: TrackId): string
  coverUrl(id: CoverId): string
}
