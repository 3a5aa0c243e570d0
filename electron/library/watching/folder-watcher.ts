import type { WatchFailure, WatchState } from '../../../shared/library/library-folder.ts'
import { writeLog } from '../../storage/log.ts'
import { isOnNetworkDisk } from './network-disk.ts'
import { type Changes, QuietPeriod, type QuietPeriodOptions } from './quiet-period.ts'
import type { WatcherReport } from './watcher-messages.ts'
import type { WatcherProcess, WatcherStarter } from './watcher-process-handle.ts'

export interface WatcherListener {
  readonly onChanged: (changes: Changes) => void
  /** A folder is not watched. Called once for each folder. */
  readonly onFailure: (folder: string, reason: WatchFailure) => void
  /** `stateOf` may return another state. */
  readonly onState?: () => void
}

export interface FolderWatcherOptions extends QuietPeriodOptions {
  readonly start: WatcherStarter
  /** The module that the process runs. */
  readonly module: string
  readonly isOnNetworkDisk?: (folder: string) => boolean
  /** Milliseconds until the first restart after a crash. It doubles with each further crash. */
  readonly restartDelay: number
  /** Crashes within `crashPeriod` milliseconds after which nothing is watched any more. */
  readonly maxCrashes: number
  readonly crashPeriod: number
  /** Milliseconds that the process has to begin watching a folder. */
  readonly responseTimeout: number
}

export const watcherDefaults = {
  quiet: 2_000,
  maxDelay: 30_000,
  maxChanges: 4_000,
  restartDelay: 1_000,
  maxCrashes: 5,
  crashPeriod: 600_000,
  responseTimeout: 300_000,
} as const

/**
 * Watches folders in a process of its own: the native watcher can end its process, and keeps what it has reserved until
 * the process ends. So that process is replaced whenever a folder is no longer watched, and after each failure. Whoever
 * uses this checks the folders from time to time in any case: watching can miss changes and may not be possible.
 */
export class FolderWatcher {
  readonly #options: FolderWatcherOptions
  readonly #listener: WatcherListener
  readonly #quietPeriod: QuietPeriod
  readonly #failures = new Map<string, WatchFailure>()
  readonly #crashes: number[] = []
  #folders: readonly string[] = []
  /** The folders that the present process is to watch. */
  #requested = new Map<string, { timer: NodeJS.Timeout }>()
  /** The folders that it watches. */
  readonly #watched = new Set<string>()
  #process: WatcherProcess | undefined
  #restartTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: FolderWatcherOptions, listener: WatcherListener) {
    this.#options = options
    this.#listener = listener
    this.#quietPeriod = new QuietPeriod(options, listener.onChanged)
  }

  /** Why a folder is not watched; undefined if it is, or is about to be. */
  failureOf(folder: string): WatchFailure | undefined {
    return this.#failures.get(folder)
  }

  stateOf(folder: string): WatchState {
    return this.#failures.get(folder) ?? (this.#watched.has(folder) ? 'watched' : 'starting')
  }

  /** Watches these folders and no others. */
  watch(folders: readonly string[]): void {
    this.#folders = folders
    for (const folder of this.#failures.keys()) if (!folders.includes(folder)) this.#failures.delete(folder)
    this.#rejectUnwatchable()
    const isRemoved = [...this.#requested.keys()].some((folder) => !folders.includes(folder))
    if (isRemoved) {
      this.#stop()
      this.#quietPeriod.clear()
    }
    this.#start()
  }

  /** Tries again to watch the folders that could not be watched. */
  retry(): void {
    this.#failures.clear()
    this.#crashes.length = 0
    this.#rejectUnwatchable()
    this.#start()
  }

  close(): void {
    this.#isClosed = true
    this.#quietPeriod.clear()
    this.#stop()
  }

  #rejectUnwatchable(): void {
    const isRemote = this.#options.isOnNetworkDisk ?? isOnNetworkDisk
    for (const folder of this.#folders)
      if (!folder.isWellFormed()) this.#fail(folder, 'path')
      else if (isRemote(folder)) this.#fail(folder, 'network')
  }

  #fail(folder: string, reason: WatchFailure): void {
    if (this.#failures.has(folder)) return
    this.#failures.set(folder, reason)
    this.#listener.onFailure(folder, reason)
    this.#listener.onState?.()
  }

  /** Lets the process watch what it does not watch yet; starts it if there is none. */
  #start(): void {
    if (this.#isClosed || this.#restartTimer !== undefined) return
    for (const folder of this.#folders)
      if (!this.#failures.has(folder) && !this.#requested.has(folder)) this.#request(folder)
  }

  #request(folder: string): void {
    this.#process ??= this.#startProcess()
    const timer = setTimeout(() => this.#replaceWithout(folder, 'silent'), this.#options.responseTimeout)
    this.#requested.set(folder, { timer: timer.unref() })
    this.#process.send({ folder })
  }

  #startProcess(): WatcherProcess {
    const watcher: WatcherProcess = this.#options.start(this.#options.module, {
      onReport: (report) => {
        if (this.#process === watcher) this.#handle(report)
      },
      onEnd: (reason) => {
        if (this.#process === watcher) this.#handleCrash(reason)
      },
    })
    return watcher
  }

  #stop(): void {
    clearTimeout(this.#restartTimer)
    this.#restartTimer = undefined
    for (const { timer } of this.#requested.values()) clearTimeout(timer)
    this.#requested.clear()
    this.#watched.clear()
    this.#process?.kill()
    this.#process = undefined
    this.#listener.onState?.()
  }

  #handle(report: WatcherReport): void {
    switch (report.kind) {
      case 'watching':
        clearTimeout(this.#requested.get(report.folder)?.timer)
        // What changed before that is unknown. The scan at the start has found no file that was changed in place.
        this.#quietPeriod.addCheck('thoroughCheck')
        this.#watched.add(report.folder)
        this.#listener.onState?.()
        break
      case 'away':
        clearTimeout(this.#requested.get(report.folder)?.timer)
        this.#quietPeriod.addCheck('check')
        break
      case 'changed':
        this.#quietPeriod.add(report.directories, report.count)
        break
      case 'moved':
        this.#restartAfter(this.#options.restartDelay)
        break
      case 'worn':
        // A large copy is under way: one check of everything follows, instead of many.
        this.#restartAfter(this.#options.maxDelay)
        break
      case 'failed':
        writeLog('watcher', `${report.folder}: ${report.details}`)
        this.#replaceWithout(report.folder, report.reason)
        break
    }
  }

  /** Only the end of the process returns what it had reserved for the folder. */
  #replaceWithout(folder: string, reason: WatchFailure): void {
    this.#fail(folder, reason)
    this.#stop()
    this.#start()
  }

  #handleCrash(reason: string): void {
    const { restartDelay, maxCrashes, crashPeriod } = this.#options
    writeLog('watcher', `ended: ${reason}`)
    const now = Date.now()
    this.#crashes.push(now)
    while (this.#crashes[0] !== undefined && this.#crashes[0] < now - crashPeriod) this.#crashes.shift()
    if (this.#crashes.length > maxCrashes) {
      this.#stop()
      for (const folder of this.#folders) this.#fail(folder, 'crashes')
    } else this.#restartAfter(restartDelay * 2 ** (this.#crashes.length - 1))
  }

  #restartAfter(delay: number): void {
    this.#stop()
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = undefined
      this.#start()
    }, delay).unref()
  }
}
