import { basename } from 'node:path'
import { noScan, type ScanProgress, type ThumbnailSize } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { CoverId, FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import type { TrackDetails } from '../../shared/library/track-details.ts'
import { displayPath } from '../platform/system-path.ts'
import { UserError } from '../platform/user-error.ts'
import { redactBelow, writeLog } from '../storage/log.ts'
import type { LastLibrary } from '../storage/settings-format.ts'
import { checkFolder } from './check-folder.ts'
import type { DatabaseClient } from './database/database-client.ts'
import {
  type ReadExternalFile,
  readExternalTracks,
  saveExternalTracks,
  sortResults,
} from './external-tracks.ts'
import { type ChangedLibrary, FolderChanges } from './folder-changes.ts'
import { LibraryCovers } from './library-covers.ts'
import type { ScanWorkerPool } from './scan-worker-pool.ts'
import type { LibraryPublisher } from './scanning/library-publisher.ts'
import { LibrarySession, type SessionHost } from './scanning/library-session.ts'
import { type FolderToOpen, pathBelow } from './scanning/load-folders.ts'
import type { OpenFolder } from './scanning/open-folder.ts'
import type { TrackSources } from './scanning/track-source.ts'
import { FolderSource } from './sources/folder-source.ts'
import type { Picture } from './tags/picture.ts'
import type { FoundFile } from './walk.ts'
import type { Changes } from './watching/quiet-period.ts'

export interface LibraryOptions {
  readonly workerPool: ScanWorkerPool
  readonly database: DatabaseClient
  readonly publisher: LibraryPublisher
  readonly demoFolder: string
  /** Without it, thumbnails are made again at each start. */
  readonly thumbnailFolder?: string
  /** By default, the folders of this machine. */
  readonly sources?: TrackSources
}

/**
 * The music of the open folders: its tracks and covers by id, and the scan that finds them. An id names the same track at
 * every start, wherever its file is.
 */
export class Library {
  /** Receives a folder before a scan of it begins, and undefined when no scan runs any more. */
  onScan: (folder: string | undefined) => void = () => {}
  /** Receives the absolute paths of the folders to watch: those of a library whose first scan is over. */
  onFolders: (folders: readonly string[]) => void = () => {}
  readonly folderChanges: FolderChanges
  readonly #workerPool: ScanWorkerPool
  readonly #sources: TrackSources
  readonly #database: DatabaseClient
  readonly #demoFolder: string
  readonly #publisher: LibraryPublisher
  readonly #covers: LibraryCovers
  readonly #files = new Map<TrackId, string>()
  readonly #ids = new Map<string, TrackId>()
  /** Files from outside the folders: they stay listed as long as the host runs. */
  readonly #externalTracks = new Map<TrackId, Track>()
  #session: LibrarySession | undefined
  #progress = noScan

  constructor(options: LibraryOptions) {
    const { workerPool, database, publisher, demoFolder, thumbnailFolder, sources } = options
    this.#workerPool = workerPool
    this.#sources = sources ?? new Map([['folder', new FolderSource(workerPool)]])
    this.#database = database
    this.#covers = new LibraryCovers(workerPool, database, thumbnailFolder)
    this.#publisher = publisher
    this.#demoFolder = demoFolder
    this.folderChanges = new FolderChanges(this.#changedLibrary(), database)
  }

  /** What to open again at the next start. */
  get opened(): LastLibrary {
    const [first] = this.#session?.targets ?? []
    if (first === undefined) return undefined
    return first.isDemo ? { kind: 'demo' } : { kind: 'folder', folder: first.path }
  }

  /** The absolute paths of the open folders; while they are loaded, of those that are opened. */
  get folderPaths(): readonly string[] {
    const { folders = [], targets = [] } = this.#session ?? {}
    return folders.length > 0 ? folders.map(({ root }) => root) : targets.map(({ path }) => path)
  }

  /** The open folders; undefined while they are loaded. */
  get openFolders(): readonly OpenFolder[] | undefined {
    const session = this.#session
    return session === undefined ? [] : session.isKnown ? session.folders : undefined
  }

  /**
   * Makes a folder, given by its absolute path, the only open one, and begins to scan it. If the folder cannot be read, it
   * throws a UserError and keeps the former ones.
   */
  async open(folder: string): Promise<void> {
    redactBelow(folder)
    await checkFolder(folder)
    this.#begin([{ path: folder, isDemo: false }])
  }

  async openDemo(): Promise<void> {
    await checkFolder(this.#demoFolder)
    this.#begin([{ path: this.#demoFolder, isDemo: true }])
  }

  /**
   * Opens what was open at the end of the last start. A folder that is away is shown with the tracks that it had. Throws a
   * UserError if nothing is known of it.
   */
  async openAgain(last: NonNullable<LastLibrary>): Promise<void> {
    if (last.kind === 'demo') return await this.openDemo()
    redactBelow(last.folder)
    const error: unknown = await checkFolder(last.folder).catch((reason: unknown) => reason)
    if (error !== undefined && !(await this.#isKnown(last.folder))) throw error
    this.#begin([{ path: last.folder, isDemo: false }], true)
    if (error instanceof UserError) this.#publisher.publishFailure(error.message)
  }

  /** Looks for changes in all open folders. Throws a UserError if one cannot be read; the others are scanned. */
  async rescan(): Promise<void> {
    const session = this.#session
    if (session === undefined) throw new UserError(m.host_no_folder_to_scan())
    const checks = await Promise.allSettled(this.folderPaths.map((folder) => checkFolder(folder)))
    this.#publisher.clearProblems()
    session.scan(true)
    for (const check of checks) if (check.status === 'rejected') throw check.reason
  }

  /** Scans what the watcher reports, as soon as no other scan runs. */
  scanChanges(changes: Changes): void {
    if (typeof changes === 'string') this.#session?.check(changes === 'thoroughCheck')
    else this.#session?.scanDirectories(changes)
  }

  stopScan(): void {
    this.#session?.stopScan()
  }

  /** Lets the running scan wait, or go on. */
  setScanPaused(isPaused: boolean): void {
    this.#session?.setScanPaused(isPaused)
  }

  /** Resolves when no scan runs. */
  async settled(): Promise<void> {
    for (let session: LibrarySession | undefined; session !== this.#session; ) {
      session = this.#session
      await session?.settled()
    }
  }

  /**
   * Lists external tracks: files that the user names, whether they lie in the folders or not. Returns their ids in the
   * given order, and why some could not be read.
   */
  async addExternalFiles(
    files: readonly FoundFile[],
  ): Promise<{ tracks: TrackId[]; problems: FileProblem[] }> {
    await this.#session?.known
    // A playlist may name a file thousands of times.
    const distinct = new Map(files.map((found) => [found.file, found]))
    const unread = [...distinct.values()].filter(({ file }) => !this.#isListed(file))
    const { read, problems } = sortResults(unread, await this.#workerPool.readExternal(unread))
    await this.#saveInFolders(read)
    const external = read.filter(({ found }) => this.#ids.get(found.file) === undefined)
    this.#listExternalTracks(await saveExternalTracks(this.#database, external), external)
    return { tracks: files.flatMap(({ file }) => this.#ids.get(file) ?? []), problems: [...problems] }
  }

  /** Publishes tracks whose history has changed. */
  publishTracks(ids: readonly TrackId[]): void {
    void this.#publishStored(ids).catch((error: unknown) => writeLog('failure', String(error)))
  }

  trackFile(id: TrackId): string | undefined {
    return this.#files.get(id)
  }

  /** Returns the id of a file that is listed; 0 for another one. */
  idOf(file: string): TrackId {
    return this.#ids.get(file) ?? 0
  }

  /** Rejects with a UserError if the file is not there any more. */
  async details(id: TrackId): Promise<TrackDetails> {
    const file = this.trackFile(id)
    const result = file === undefined ? undefined : await this.#workerPool.readDetails(file)
    if (result !== undefined && 'details' in result) return result.details
    throw new UserError(result?.reason ?? m.host_track_unknown())
  }

  /** With a size, resolves with a thumbnail; with the whole picture if there can be none. */
  async cover(id: CoverId, size?: ThumbnailSize): Promise<Picture | undefined> {
    return await this.#covers.read(id, size)
  }

  #changedLibrary(): ChangedLibrary {
    const getSession = () => this.#session
    return {
      get session() {
        return getSession()
      },
      begin: (folders) => this.#begin(folders),
      close: () => this.#close(),
    }
  }

  #close(): void {
    this.#session?.end()
    this.#session = undefined
    this.onFolders([])
    this.onScan(undefined)
    if (this.#externalTracks.size > 0) {
      this.#beginExternal()
      return
    }
    this.#progress = noScan
    this.#publisher.beginLibrary(undefined, false, noScan, async function* () {})
  }

  #begin(folders: readonly FolderToOpen[], keepsOthers = false): void {
    const [folder] = folders
    if (folder === undefined) return
    const external = [...this.#externalTracks.values()]
    this.#session?.end()
    const session = new LibrarySession(this.#sessionHost(), folders, keepsOthers)
    this.#session = session
    this.#progress = { ...noScan, running: true }
    // Skein's own files cause no crash.
    this.onScan(folder.isDemo ? undefined : folder.path)
    const name = folder.isDemo ? m.common_demo_album() : displayPath(basename(folder.path) || folder.path)
    this.#publisher.beginLibrary(name, folder.isDemo, this.#progress, async function* () {
      yield* inParts(external)
      yield* session.readTracks()
    })
    session.start()
  }

  #sessionHost(): SessionHost {
    return {
      database: this.#database,
      readers: this.#workerPool,
      sources: this.#sources,
      onTracks: (tracks) => this.#addTracks(tracks, [], this.#progress),
      onProgress: (problems, progress) => this.#addTracks([], problems, progress),
      onRemoved: (ids) => this.#removeTracks(ids),
      onLocation: (id, file) => this.#setLocation(id, file),
      onFailure: (folder, error) =>
        this.#publisher.publishFailure(
          m.host_scan_ended_early({ folder: isolate(displayPath(folder)), error: isolate(String(error)) }),
        ),
      onScan: (folder) => this.onScan(folder),
      onFolders: (folders) => this.onFolders(folders),
      log: (text) => writeLog('scan', text),
    }
  }

  async #publishStored(ids: readonly TrackId[]): Promise<void> {
    await this.#session?.publish(ids)
    const external = ids.filter((id) => this.#externalTracks.has(id))
    if (external.length === 0) return
    const tracks = await readExternalTracks(this.#database, external)
    for (const track of tracks) this.#externalTracks.set(track.id, track)
    this.#addTracks(tracks, [], this.#progress)
  }

  /** Files below an open folder are its tracks, even if the scan has not found them yet. */
  async #saveInFolders(files: readonly ReadExternalFile[]): Promise<void> {
    for (const folder of this.#session?.folders ?? []) {
      const inFolder = files.flatMap(({ found, read }) => {
        const path = pathBelow(folder.root, found.file)
        const picture = found.picture && pathBelow(folder.root, found.picture)
        return path === undefined ? [] : [{ path, picture, read }]
      })
      await this.#session?.saveTracks(folder, inFolder)
    }
  }

  #listExternalTracks(added: readonly Track[], files: readonly ReadExternalFile[]): void {
    if (added.length === 0) return
    const areFirst = this.#session === undefined && this.#externalTracks.size === 0
    for (const [index, track] of added.entries()) {
      this.#externalTracks.set(track.id, track)
      this.#setLocation(track.id, files[index]?.found.file ?? '')
    }
    if (!areFirst) {
      this.#addTracks(added, [], this.#progress)
      return
    }
    this.#beginExternal()
  }

  /** Without an open folder the external tracks are the whole library. */
  #beginExternal(): void {
    this.#progress = { ...noScan, walked: true }
    const tracks = this.#externalTracks
    this.#publisher.beginLibrary(m.host_opened_files(), false, this.#progress, async function* () {
      yield* inParts([...tracks.values()])
    })
  }

  #isListed(file: string): boolean {
    const id = this.#ids.get(file)
    return id !== undefined && (this.#externalTracks.has(id) || this.#isInOpenFolder(file))
  }

  #isInOpenFolder(file: string): boolean {
    return this.#session?.folders.some((folder) => isListedIn(folder, file)) ?? false
  }

  #setLocation(id: TrackId, file: string): void {
    const former = this.#files.get(id)
    if (former !== undefined && former !== file && this.#ids.get(former) === id) this.#ids.delete(former)
    this.#files.set(id, file)
    this.#ids.set(file, id)
  }

  #addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void {
    this.#progress = progress
    this.#publisher.addTracks(tracks, problems, progress)
  }

  #removeTracks(ids: readonly TrackId[]): void {
    for (const id of ids) {
      const file = this.#files.get(id)
      if (file !== undefined && this.#ids.get(file) === id) this.#ids.delete(file)
      this.#files.delete(id)
    }
    this.#publisher.removeTracks(ids)
  }

  async #isKnown(folder: string): Promise<boolean> {
    const folders = await this.#database.request('listFolders').catch(() => [])
    return folders.some(({ path, isOpen }) => isOpen && path === folder)
  }
}

const tracksPerPart = 200

function* inParts(tracks: readonly Track[]): Generator<readonly Track[]> {
  for (let start = 0; start < tracks.length; start += tracksPerPart)
    yield tracks.slice(start, start + tracksPerPart)
}

/** A file that is missing is read again when the user names it: it may have returned. */
function isListedIn(folder: OpenFolder, file: string): boolean {
  const path = pathBelow(folder.root, file)
  const known = path === undefined ? undefined : folder.index.getFile(path)
  return known?.id !== undefined && known.unavailable === undefined
}
