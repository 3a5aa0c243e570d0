import type { WatchFailure, WatchState } from '../../../shared/library/library-folder.ts'
import { describeWatchFailure } from './describe-watch-failure.ts'
import { FolderWatcher, type FolderWatcherOptions, watcherDefaults } from './folder-watcher.ts'
import type { Changes } from './quiet-period.ts'

/** What the watcher needs of the library. */
export interface WatchedLibrary {
  /** Scans directories, given by their absolute paths, or checks all open folders. */
  scanChanges(changes: Changes): void
}

export type LibraryWatcherOptions = Pick<FolderWatcherOptions, 'start' | 'module'> &
  Partial<FolderWatcherOptions> & {
    readonly publishFailure: (message: string) => void
    /** `stateOf` may return another state. */
    readonly onState?: () => void
    /** Milliseconds between two checks because the window gained the focus. */
    readonly focusInterval?: number
    /** Milliseconds between two checks of everything. */
    readonly checkInterval?: number
  }

const defaultFocusInterval = 30_000
const defaultCheckInterval = 24 * 60 * 60 * 1000

/**
 * Keeps the library up to date: scans what the watcher reports. Everything is checked once a day, and folders that are not
 * watched also when the window gains the focus.
 */
export class LibraryWatcher {
  readonly #library: WatchedLibrary
  readonly #watcher: FolderWatcher
  readonly #publishFailure: (message: string) => void
  readonly #focusInterval: number
  readonly #checkTimer: NodeJS.Timeout
  #folders: readonly string[] = []
  #checkedAt = Number.NEGATIVE_INFINITY
  /** Each folder is reported once. */
  readonly #reported = new Set<string>()

  constructor(library: WatchedLibrary, options: LibraryWatcherOptions) {
    this.#library = library
    this.#publishFailure = options.publishFailure
    this.#focusInterval = options.focusInterval ?? defaultFocusInterval
    this.#watcher = new FolderWatcher(
      { ...watcherDefaults, ...options },
      {
        onChanged: (changes) => library.scanChanges(changes),
        onFailure: (folder, reason) => this.#report(folder, reason),
        onState: () => options.onState?.(),
      },
    )
    const interval = options.checkInterval ?? defaultCheckInterval
    this.#checkTimer = setInterval(() => this.#checkAll(), interval).unref()
  }

  /** Watches these folders, given by their absolute paths, and no others. */
  watch(folders: readonly string[]): void {
    this.#folders = folders
    this.#watcher.watch(folders)
  }

  stateOf(folder: string): WatchState {
    return this.#watcher.stateOf(folder)
  }

  /** The window has gained the focus: the user may have changed something in another program. */
  checkAtFocus(): void {
    const isUnwatched = this.#folders.some((folder) => this.#watcher.failureOf(folder) !== undefined)
    const now = performance.now()
    if (!isUnwatched || now - this.#checkedAt < this.#focusInterval) return
    this.#checkedAt = now
    this.#library.scanChanges('check')
  }

  close(): void {
    clearInterval(this.#checkTimer)
    this.#watcher.close()
  }

  #checkAll(): void {
    this.#watcher.retry()
    this.#library.scanChanges('thoroughCheck')
  }

  #report(folder: string, reason: WatchFailure): void {
    if (this.#reported.has(folder)) return
    this.#reported.add(folder)
    this.#publishFailure(describeWatchFailure(folder, reason))
    // Of a folder that is watched, this is part of the beginning.
    this.#library.scanChanges('thoroughCheck')
  }
}
