/** Why a folder is not watched for changes. */
export type WatchFailure =
  /** The system's limit of watched folders is reached. */
  | 'limit'
  /** The folder lies on a drive of another machine, which reports no changes. */
  | 'network'
  /** The folder's path contains bytes that are no text. */
  | 'path'
  /** The watcher process does not respond, because a disk hangs. */
  | 'silent'
  /** The watcher process ended too often. */
  | 'crashes'
  /** Anything else. The log contains the details. */
  | 'error'

/** `starting`: the folder is scanned first, or is away. */
export type WatchState = 'watched' | 'starting' | WatchFailure

/** An open folder of the library. */
export interface LibraryFolder {
  /** Like the number of a `FolderListing`. */
  readonly id: number
  /** The absolute path, for display. */
  readonly path: string
  readonly isDemo: boolean
  /** Tracks in it, also those whose files are missing. */
  readonly trackCount: number
  /** Tracks of these whose files are missing. */
  readonly unavailableCount: number
  /** `missing`: the folder is gone, or is the empty place of a disk that is not mounted. */
  readonly state: 'present' | 'missing' | 'unreadable'
  /** Milliseconds since 1970 when the whole folder was checked last; undefined before the first check of this start. */
  readonly checkedAt: number | undefined
  /** Undefined for a folder that does not change. */
  readonly watch: WatchState | undefined
  /** The folders in it that are left out, by their paths below it. */
  readonly excluded: readonly { readonly id: number; readonly path: string }[]
}
