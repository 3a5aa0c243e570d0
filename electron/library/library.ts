import { basename, isAbsolute, relative, sep } from 'node:path'
import { noScan, type ScanProgress, type ThumbnailSize } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import {
  type CoverId,
  type FileProblem,
  newTrackHistory,
  type Track,
  type TrackId,
} from '../../shared/library/track.ts'
import type { TrackDetails } from '../../shared/library/track-details.ts'
import { displayPath } from '../platform/system-path.ts'
import { UserError } from '../platform/user-error.ts'
import { redactBelow, writeLog } from '../storage/log.ts'
import type { LastLibrary } from '../storage/settings-format.ts'
import { checkFolder } from './check-folder.ts'
import { Covers } from './covers.ts'
import type { LibraryPublisher } from './library-publisher.ts'
import { Scan, type ScannedFile } from './scan.ts'
import type { ScanWorkerPool } from './scan-worker-pool.ts'
import type { Picture } from './tags/picture.ts'
import { ThumbnailCache } from './thumbnails/thumbnail-cache.ts'
import { ThumbnailFiles } from './thumbnails/thumbnail-files.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import type { FoundFile } from './walk.ts'

/**
 * The folder whose music is played: its tracks and covers by id, and the scan that finds them. An id names the same
 * file as long as the host runs, whichever folders are opened.
 */
export class Library {
  /** Receives the folder before a scan of it begins, and undefined when no scan runs any more. */
  onScan: (folder: string | undefined) => void = () => {}
  readonly #workerPool: ScanWorkerPool
  readonly #demoFolder: string
  readonly #publisher: LibraryPublisher
  readonly #covers: Covers
  readonly #thumbnails: ThumbnailCache
  readonly #ids = new Map<string, TrackId>()
  readonly #files: string[] = []
  /** The tracks that are listed now. */
  readonly #listed = new Set<TrackId>()
  /** Files from outside the folder: they stay listed as long as the host runs. */
  readonly #externalTracks = new Map<TrackId, Track>()
  #openedFolder: { readonly folder: string; readonly demo: boolean } | undefined
  #scan: Scan | undefined
  #progress = noScan
  #scanning: Promise<void> = Promise.resolve()

  /** Without a folder for thumbnails, these are made again at each start. */
  constructor(
    workerPool: ScanWorkerPool,
    publisher: LibraryPublisher,
    demoFolder: string,
    thumbnailFolder?: string,
  ) {
    this.#workerPool = workerPool
    this.#covers = new Covers((file, location) => workerPool.readCover(file, location))
    this.#thumbnails = new ThumbnailCache(
      thumbnailFolder === undefined ? undefined : new ThumbnailFiles(thumbnailFolder),
    )
    this.#publisher = publisher
    this.#demoFolder = demoFolder
  }

  /** What to open again at the next start. */
  get opened(): LastLibrary {
    if (this.#openedFolder === undefined) return undefined
    return this.#openedFolder.demo ? { kind: 'demo' } : { kind: 'folder', folder: this.#openedFolder.folder }
  }

  /** The absolute path of the open folder. */
  get folder(): string | undefined {
    return this.#openedFolder?.folder
  }

  /**
   * Begins to scan a folder, given by its absolute path, instead of the former one. If the folder cannot be read, it
   * throws a UserError and keeps the former one.
   */
  async open(folder: string): Promise<void> {
    redactBelow(folder)
    await checkFolder(folder)
    this.#startScan(folder, false)
  }

  async openDemo(): Promise<void> {
    await checkFolder(this.#demoFolder)
    this.#startScan(this.#demoFolder, true)
  }

  /** Reads the present folder again; tracks keep their ids. */
  async rescan(): Promise<void> {
    if (this.#openedFolder === undefined) throw new UserError(m.host_no_folder_to_scan())
    await checkFolder(this.#openedFolder.folder)
    this.#startScan(this.#openedFolder.folder, this.#openedFolder.demo)
  }

  stopScan(): void {
    if (this.#scan !== undefined) this.#addTracks([], [], this.#scan.stop())
  }

  /** Resolves when no scan runs. */
  async settled(): Promise<void> {
    for (let scan: Scan | undefined; scan !== this.#scan; ) {
      scan = this.#scan
      await this.#scanning
    }
  }

  /**
   * Lists external tracks: files that the user names, whether they lie in the folder or not. Returns their ids in the
   * given order, and why some could not be read.
   */
  async addExternalFiles(
    files: readonly FoundFile[],
  ): Promise<{ tracks: TrackId[]; problems: FileProblem[] }> {
    const unread = files.filter(({ file }) => !this.#listed.has(this.#ids.get(file) ?? 0))
    const results = new Map<string, TrackReadResult>()
    for (const [index, read] of (await this.#workerPool.readExternal(unread)).entries())
      results.set(unread[index]?.file ?? '', read)
    const problems: FileProblem[] = []
    const added: Track[] = []
    const tracks: TrackId[] = []
    for (const found of files) {
      const read = results.get(found.file)
      if (read !== undefined && 'reason' in read)
        problems.push({ path: displayPath(found.file), reason: read.reason })
      else tracks.push(this.idOf(found.file))
      if (read !== undefined && 'tags' in read)
        added.push(this.#makeTrack({ found: this.#withLibraryPath(found), read }))
    }
    this.#listExternalTracks(added)
    return { tracks, problems }
  }

  /** Whether a file lies below the open folder, by its path alone. */
  contains(file: string): boolean {
    if (this.#openedFolder === undefined) return false
    const below = relative(this.#openedFolder.folder, file)
    return below !== '' && below.split(sep)[0] !== '..' && !isAbsolute(below)
  }

  /** A file below the folder gets its path from there, like a scanned one. */
  #withLibraryPath(found: FoundFile): FoundFile {
    if (this.#openedFolder === undefined || !this.contains(found.file)) return found
    return {
      ...found,
      path: displayPath(relative(this.#openedFolder.folder, found.file).split(sep).join('/')),
    }
  }

  #listExternalTracks(added: readonly Track[]): void {
    if (added.length === 0) return
    // Without an open folder these files are the whole library.
    if (this.#openedFolder === undefined && this.#externalTracks.size === 0) {
      this.#progress = { ...noScan, walked: true }
      this.#publisher.beginLibrary(m.host_opened_files(), false, this.#progress)
    }
    for (const track of added)
      if (!this.contains(this.#files[track.id - 1] ?? '')) this.#externalTracks.set(track.id, track)
    this.#addTracks(added, [], this.#progress)
  }

  trackFile(id: TrackId): string | undefined {
    return this.#files[id - 1]
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
    const thumbnail = size === undefined ? undefined : await this.#thumbnail(id, size)
    return thumbnail ?? (await this.#covers.read(id))
  }

  async #thumbnail(id: CoverId, size: ThumbnailSize): Promise<Picture | undefined> {
    const cover = this.#covers.find(id)
    if (cover === undefined) return undefined
    return await this.#thumbnails.read(cover.key, size, async () => {
      for (const { file, location } of cover.sources) {
        const thumbnails = await this.#workerPool.makeThumbnails(file, location)
        if (thumbnails !== undefined) return thumbnails
      }
      return undefined
    })
  }

  #startScan(folder: string, demo: boolean): void {
    this.#scan?.stop()
    this.#openedFolder = { folder, demo }
    const startedAt = performance.now()
    this.#listed.clear()
    const scan = new Scan(folder, this.#workerPool, (files, problems, progress) => {
      const tracks = files.map((file) => this.#makeTrack(file))
      this.#addTracks(tracks, problems, progress)
    })
    this.#scan = scan
    const external = [...this.#externalTracks.values()]
    // Skein's own files cause no crash.
    this.onScan(demo ? undefined : folder)
    const name = demo ? m.common_demo_album() : displayPath(basename(folder) || folder)
    this.#publisher.beginLibrary(name, demo, scan.progress)
    for (const { id } of external) this.#listed.add(id)
    this.#addTracks(external, [], scan.progress)
    this.#scanning = scan
      .run()
      .catch((error: unknown) => {
        this.#publisher.publishFailure(
          m.host_scan_ended_early({ folder: isolate(displayPath(folder)), error: isolate(String(error)) }),
        )
        this.#addTracks([], [], { ...noScan, ...scan.stop() })
      })
      .then(() => {
        if (this.#scan === scan) this.onScan(undefined)
        logScan(folder, scan.progress, performance.now() - startedAt)
      })
  }

  #addTracks(tracks: readonly Track[], problems: readonly FileProblem[], progress: ScanProgress): void {
    this.#progress = progress
    this.#publisher.addTracks(tracks, problems, progress)
  }

  #makeTrack({ found, read }: ScannedFile): Track {
    const cover = read.cover
    const source = cover?.location === 'beside' && found.picture !== undefined ? found.picture : found.file
    const id = this.idOf(found.file)
    this.#listed.add(id)
    return {
      id,
      ...read.tags,
      ...newTrackHistory(Date.now()),
      path: found.path,
      cover: cover && this.#covers.add(cover.key, { file: source, location: cover.location }),
    }
  }

  /** Returns the id of a file, and gives it one if it has none. */
  idOf(file: string): TrackId {
    let id = this.#ids.get(file)
    if (id === undefined) {
      id = this.#files.push(file)
      this.#ids.set(file, id)
    }
    return id
  }
}

function logScan(
  folder: string,
  { found, read, unreadable, stopped }: ScanProgress,
  milliseconds: number,
): void {
  const seconds = (milliseconds / 1000).toFixed(1)
  const end = stopped ? 'stopped' : 'finished'
  writeLog(
    'scan',
    `${end} after ${seconds} s: ${found} found, ${read} read, ${unreadable} unreadable in ${folder}`,
  )
}
