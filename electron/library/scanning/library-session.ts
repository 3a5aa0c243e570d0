import type { ScanProgress } from '../../../shared/host-api.ts'
import type { StoredTracks } from '../../../shared/library/stored-track.ts'
import type { FileProblem, Track, TrackId } from '../../../shared/library/track.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import { joinPath } from './folder-index.ts'
import { LibraryScan, type ScanTarget } from './library-scan.ts'
import { type FolderToOpen, loadFolders, pathBelow } from './load-folders.ts'
import { loadIndex } from './load-index.ts'
import type { OpenFolder } from './open-folder.ts'
import { readLibrary } from './read-library.ts'
import type { ScanReaders } from './scan-readers.ts'
import { type ReadFile, ScanStore } from './scan-store.ts'
import type { TrackSources } from './track-source.ts'

/** Milliseconds between two looks for folders that are away. */
const missingFolderInterval = 3000

/** What a session needs of the library, and what it reports to it. */
export interface SessionHost {
  readonly database: DatabaseClient
  readonly readers: ScanReaders
  readonly sources: TrackSources
  readonly onTracks: (tracks: readonly Track[]) => void
  readonly onProgress: (problems: readonly FileProblem[], progress: ScanProgress) => void
  readonly onRemoved: (ids: readonly TrackId[]) => void
  readonly onLocation: (id: TrackId, file: string) => void
  readonly onFailure: (folder: string, error: unknown) => void
  readonly onScan: (folder: string | undefined) => void
  /** Receives the folders to watch: none at first, because the first scan needs the disk. */
  readonly onFolders: (folders: readonly string[]) => void
  readonly log: (text: string) => void
}

/**
 * The library from the time when its folders are opened until others are: loads what the database knows, then scans for
 * changes. After its end it reports nothing.
 */
export class LibrarySession {
  readonly targets: readonly FolderToOpen[]
  /** Resolves when the folders, and what the database knows of them, are loaded; also if that fails. */
  readonly known: Promise<void>
  readonly #host: SessionHost
  readonly #keepsOthers: boolean
  readonly #opened = Promise.withResolvers<readonly OpenFolder[]>()
  readonly #loaded = Promise.withResolvers<void>()
  #folders: readonly OpenFolder[] = []
  #isKnown = false
  #scan: LibraryScan | undefined
  #scanning: Promise<void> = Promise.resolve()
  readonly #changed = new Set<string>()
  #missingTimer: NodeJS.Timeout | undefined
  #isChecking = false
  /** Whether the check that waits for another scan is thorough; undefined if none waits. */
  #queuedCheck: boolean | undefined
  #hasEnded = false
  #isStopped = false

  constructor(host: SessionHost, targets: readonly FolderToOpen[], keepsOthers: boolean) {
    this.targets = targets
    this.#host = host
    this.#keepsOthers = keepsOthers
    this.known = this.#loaded.promise
  }

  /** The open folders; empty until they are known. */
  get folders(): readonly OpenFolder[] {
    return this.#folders
  }

  /** Whether `known` has resolved. */
  get isKnown(): boolean {
    return this.#isKnown
  }

  /** Call it once. */
  start(): void {
    this.#scanning = this.#run(() => this.#load())
    this.scan(false)
    void this.#reportFolders()
  }

  /** Scans all folders, instead of a scan that runs. */
  scan(isThorough: boolean): void {
    this.#isStopped = false
    this.#scan?.stop()
    this.#enqueue(() =>
      this.#scanTargets(
        this.#folders.map((folder) => ({ folder })),
        isThorough,
      ),
    )
  }

  /** Scans directories, given by their absolute paths, when no other scan runs. */
  scanDirectories(directories: readonly string[]): void {
    const isQueued = this.#changed.size > 0
    for (const directory of directories) this.#changed.add(directory)
    if (isQueued || this.#changed.size === 0) return
    this.#enqueue(async () => {
      const targets = this.#findTargets([...this.#changed])
      this.#changed.clear()
      if (targets.length > 0) await this.#scanTargets(targets, true)
    })
  }

  /** Checks all folders for changes when no other scan runs. */
  check(isThorough: boolean): void {
    const isQueued = this.#queuedCheck !== undefined
    this.#queuedCheck = isThorough || this.#queuedCheck === true
    if (isQueued) return
    this.#enqueue(async () => {
      const isCheckThorough = this.#queuedCheck === true
      this.#queuedCheck = undefined
      await this.#scanTargets(
        this.#folders.map((folder) => ({ folder })),
        isCheckThorough,
      )
    })
  }

  stopScan(): void {
    this.#isStopped = true
    if (this.#scan !== undefined) this.#host.onProgress([], this.#scan.stop())
  }

  setScanPaused(isPaused: boolean): void {
    this.#scan?.setPaused(isPaused)
  }

  /** Resolves when no scan runs. */
  async settled(): Promise<void> {
    for (let scanning: Promise<void> | undefined; scanning !== this.#scanning; ) {
      scanning = this.#scanning
      await scanning
    }
  }

  end(): void {
    this.#hasEnded = true
    clearInterval(this.#missingTimer)
    this.#scan?.stop()
  }

  /** Returns the tracks that the database knows. */
  async *readTracks(): AsyncGenerator<StoredTracks> {
    yield* readLibrary(this.#host.database, await this.#opened.promise)
  }

  /** Stores tracks that were read outside of a scan. */
  async saveTracks(folder: OpenFolder, files: readonly ReadFile[]): Promise<void> {
    await this.#makeStore().saveTracks(folder, files)
  }

  /** Publishes tracks of the open folders as they are stored. */
  async publish(ids: readonly TrackId[]): Promise<void> {
    await this.#makeStore().publish(ids)
  }

  async #reportFolders(): Promise<void> {
    const { onFolders } = this.#host
    onFolders([])
    await this.settled()
    // Skein's own files do not change.
    const folders = this.#folders.flatMap(({ root, source, isDemo }) =>
      isDemo || !source.isWatchable ? [] : [root],
    )
    if (!this.#hasEnded) onFolders(folders)
  }

  async #load(): Promise<void> {
    const { database, sources, onLocation } = this.#host
    try {
      const folders = await loadFolders(database, sources, {
        toOpen: this.targets,
        keepsOthers: this.#keepsOthers,
      })
      this.#folders = folders
      this.#opened.resolve(folders)
      for (const folder of folders) {
        await loadIndex(database, folder.id, folder.index)
        for (const directory of folder.index.paths)
          for (const [name, { id }] of folder.index.get(directory)?.files ?? [])
            if (id !== undefined) onLocation(id, folder.source.locate(folder.root, joinPath(directory, name)))
      }
    } finally {
      this.#opened.resolve(this.#folders)
      this.#isKnown = true
      this.#loaded.resolve()
    }
  }

  async #scanTargets(targets: readonly ScanTarget[], isThorough: boolean): Promise<void> {
    if (this.#hasEnded || this.#isStopped) return
    const { database, readers, onScan, log } = this.#host
    const startedAt = performance.now()
    const scan = new LibraryScan({
      targets,
      folders: this.#folders,
      readers,
      database,
      isThorough,
      store: this.#makeStore(),
      onProgress: (problems, progress) => {
        if (!this.#hasEnded) this.#host.onProgress(problems, progress)
      },
      onRemoved: (ids) => {
        if (!this.#hasEnded) this.#host.onRemoved(ids)
      },
    })
    this.#scan = scan
    const marked = targets.find(({ folder }) => !folder.isDemo)
    onScan(marked?.folder.root)
    try {
      await scan.run()
    } catch (error) {
      const progress = scan.stop()
      if (!this.#hasEnded && !this.#isStopped) {
        this.#host.onFailure(targets[0]?.folder.root ?? '', error)
        this.#host.onProgress([], { ...progress, stopped: false })
      }
    }
    if (!this.#hasEnded) onScan(undefined)
    this.#watchMissingFolders()
    log(describeScan(targets, scan.progress, performance.now() - startedAt))
  }

  /** A disk that returns is noticed, although nothing reports it everywhere. */
  #watchMissingFolders(): void {
    const isMissing = this.#folders.some(({ state }) => state === 'missing')
    if (!isMissing || this.#hasEnded) {
      clearInterval(this.#missingTimer)
      this.#missingTimer = undefined
    } else this.#missingTimer ??= setInterval(() => void this.#checkMissing(), missingFolderInterval).unref()
  }

  async #checkMissing(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    for (const folder of this.#folders)
      if (folder.state === 'missing' && (await folder.source.isPresent(folder.root)) && !this.#hasEnded) {
        folder.state = 'present'
        this.#enqueue(() => this.#scanTargets([{ folder }], false))
      }
    this.#isChecking = false
  }

  #makeStore(): ScanStore {
    const { database, onTracks, onLocation } = this.#host
    return new ScanStore({
      database,
      folderOf: (id) => this.#folders.find((folder) => folder.id === id),
      onTracks: (tracks) => {
        if (!this.#hasEnded) onTracks(tracks)
      },
      onLocation: (id, file) => {
        if (!this.#hasEnded) onLocation(id, file)
      },
    })
  }

  #findTargets(directories: readonly string[]): ScanTarget[] {
    return this.#folders.flatMap((folder) => {
      const only = directories.flatMap((directory) =>
        directory === folder.root ? [''] : (pathBelow(folder.root, directory) ?? []),
      )
      return only.length === 0 ? [] : [{ folder, only }]
    })
  }

  #enqueue(work: () => Promise<void>): void {
    const former = this.#scanning
    this.#scanning = this.#run(async () => {
      await former
      await work()
    })
  }

  /** Reports a failure instead of throwing it. */
  async #run(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!this.#hasEnded && !this.#isStopped) this.#host.onFailure(this.targets[0]?.path ?? '', error)
    }
  }
}

function describeScan(
  targets: readonly ScanTarget[],
  { found, read, unchanged, unreadable, stopped }: ScanProgress,
  milliseconds: number,
): string {
  const seconds = (milliseconds / 1000).toFixed(1)
  const end = stopped ? 'stopped' : 'finished'
  const folders = targets.map(({ folder }) => folder.root).join(', ')
  return `${end} after ${seconds} s: ${found} found, ${read - unchanged} read, ${unreadable} unreadable in ${folders}`
}
