import type { FileProblem } from '../../../shared/library/track.ts'
import type { OpenFolder } from './open-folder.ts'
import type { PauseGate } from './pause-gate.ts'
import type { ProgressCounter } from './progress-counter.ts'
import type { ScanStore } from './scan-store.ts'

/** What a source needs to find the tracks of a folder. */
export interface SourceScanOptions {
  readonly folder: OpenFolder
  /** All open folders of this source. */
  readonly folders: readonly OpenFolder[]
  /** Receives everything that is found. */
  readonly store: ScanStore
  /** Whether files in directories with unchanged times are compared too. */
  readonly isThorough: boolean
  /** What was visited, also in other folders of the same scan: nothing is visited twice. */
  readonly entered: Set<string>
  readonly counter: ProgressCounter
  readonly gate: PauseGate
  readonly signal: AbortSignal
  /** The directories to scan, by their paths below the folder, instead of all of it. */
  readonly only?: readonly string[]
  /** Called after each step. */
  readonly onProgress: (problems: readonly FileProblem[]) => void
}

/**
 * Where tracks come from. The database names the source of each folder. A source finds the tracks of a folder and stores
 * them under paths below it, and knows where each of them is read. Everything else is the same for all sources: identity,
 * history, albums, search and playlists.
 */
export interface TrackSource {
  /** Whether a watcher can report changes in its folders. Others are checked. */
  readonly isWatchable: boolean
  /** Whether a folder, given by its root, can be read at present. */
  isPresent(root: string): Promise<boolean>
  /** Resolves with true at the end, or with false if the scan was stopped. Throws what the database throws. */
  scan(options: SourceScanOptions): Promise<boolean>
  /** Returns the absolute path of the file from which a track is read. */
  locate(root: string, path: string): string
}

/** The sources by the names that the database gives them. */
export type TrackSources = ReadonlyMap<string, TrackSource>
