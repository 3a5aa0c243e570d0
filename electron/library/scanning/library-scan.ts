import type { ScanProgress } from '../../../shared/host-api.ts'
import type { FileProblem, TrackId } from '../../../shared/library/track.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { OpenFolder } from './open-folder.ts'
import { PauseGate } from './pause-gate.ts'
import { ProgressCounter } from './progress-counter.ts'
import type { ScanReaders } from './scan-readers.ts'
import type { ScanStore } from './scan-store.ts'

/** A folder to scan, or some directories of it, by their paths below it. */
export interface ScanTarget {
  readonly folder: OpenFolder
  readonly only?: readonly string[]
}

export interface LibraryScanOptions {
  readonly targets: readonly ScanTarget[]
  /** All open folders, whether they are scanned or not: none is entered through another one. */
  readonly folders: readonly OpenFolder[]
  readonly readers: ScanReaders
  readonly database: DatabaseClient
  readonly store: ScanStore
  /** Whether files in directories with unchanged times are compared too. */
  readonly isThorough: boolean
  readonly onProgress: (problems: readonly FileProblem[], progress: ScanProgress) => void
  readonly onRemoved: (ids: readonly TrackId[]) => void
}

/** Milliseconds after which a missing track is removed, unless it has a rating or is in a playlist. */
export const missingTrackLifetime = 60 * 24 * 60 * 60 * 1000

/** Scans folders one after the other. Nothing is published after it was stopped. */
export class LibraryScan {
  readonly #options: LibraryScanOptions
  readonly #stopping = new AbortController()
  readonly #counter = new ProgressCounter()
  readonly #gate = new PauseGate()

  constructor(options: LibraryScanOptions) {
    this.#options = options
  }

  get progress(): ScanProgress {
    return this.#counter.progress
  }

  /** Resolves at the end, or soon after `stop`. Call it once. Throws what the database throws. */
  async run(): Promise<void> {
    const { targets, readers } = this.#options
    const { signal } = this.#stopping
    readers.cancelScan()
    const entered = new Set<string>()
    for (const target of targets) {
      if (signal.aborted) return
      if (!(await this.#scanFolder(target, entered))) return
    }
    await this.#removeExpired()
    if (signal.aborted) return
    this.#counter.set({ running: false, walked: true })
    this.#report([])
  }

  /** Ends the scan early, and returns its progress. */
  stop(): ScanProgress {
    if (this.progress.running) {
      this.#stopping.abort()
      this.#gate.resume()
      this.#options.readers.cancelScan()
      this.#counter.set({ running: false, stopped: true, paused: false })
    }
    return this.progress
  }

  /** Lets the scan wait until it is resumed. What the threads read already is still stored. */
  setPaused(isPaused: boolean): void {
    if (!this.progress.running || this.progress.paused === isPaused) return
    if (isPaused) this.#gate.pause()
    else this.#gate.resume()
    this.#counter.set({ paused: isPaused })
    this.#report([])
  }

  async #scanFolder({ folder, only }: ScanTarget, entered: Set<string>): Promise<boolean> {
    const { database, store, isThorough, folders } = this.#options
    const isComplete = await folder.source.scan({
      folder,
      folders: folders.filter(({ source }) => source === folder.source),
      store,
      isThorough,
      entered,
      counter: this.#counter,
      gate: this.#gate,
      signal: this.#stopping.signal,
      onProgress: (problems) => this.#report(problems),
      ...(only && { only }),
    })
    if (isComplete && only === undefined) folder.checkedAt = Date.now()
    if (isComplete && folder.state !== 'unreadable')
      await database.request('setFolderAvailability', {
        id: folder.id,
        unavailableSince: folder.state === 'missing' ? Date.now() : undefined,
      })
    return isComplete
  }

  async #removeExpired(): Promise<void> {
    const { database, onRemoved } = this.#options
    const ids = await database.request('listExpiredTracks', Date.now() - missingTrackLifetime)
    if (ids.length === 0 || this.#stopping.signal.aborted) return
    await database.request('deleteTracks', ids)
    onRemoved(ids)
  }

  #report(problems: readonly FileProblem[]): void {
    if (!this.#stopping.signal.aborted) this.#options.onProgress(problems, this.progress)
  }
}
