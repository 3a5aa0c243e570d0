import { access, constants, opendir } from 'node:fs/promises'
import { basename, isAbsolute, relative, sep } from 'node:path'
import type { HostEvent, ScanProgress } from '../../shared/host-api.ts'
import type { CoverId, FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import type { MediaSource } from '../media/media-response.ts'
import { errorCode } from '../platform/file-errors.ts'
import { redactBelow, writeLog } from '../storage/log.ts'
import type { LastLibrary } from '../storage/settings-file.ts'
import { Covers } from './covers.ts'
import { type HostEventListener, HostEvents, noScan } from './host-events.ts'
import { Scan, type ScannedFile } from './scan.ts'
import type { ScanWorkerPool } from './scan-worker-pool.ts'
import type { Picture } from './tags/picture.ts'
import type { TrackReadResult } from './tags/read-track.ts'
import type { FoundFile } from './walk.ts'

/** An error whose message is one sentence for the user. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/**
 * The folder whose music is played: its tracks and covers by number, and the scan that finds them. A number stands
 * for the same file as long as the host runs, whichever folders are opened.
 */
export class Library implements MediaSource {
  readonly #workerPool: ScanWorkerPool
  readonly #demoFolder: string
  readonly #events = new HostEvents()
  readonly #covers = new Covers()
  readonly #ids = new Map<string, TrackId>()
  readonly #files: string[] = []
  /** The tracks that are listed now. */
  readonly #listed = new Set<TrackId>()
  /** Files from outside of the folder: they stay in the list as long as the host runs. */
  readonly #externalTracks = new Map<TrackId, Track>()
  #openedFolder: { readonly folder: string; readonly demo: boolean } | undefined
  #scan: Scan | undefined
  #scanning: Promise<void> = Promise.resolve()

  constructor(crew: ScanWorkerPool, demoFolder: string) {
    this.#workerPool = crew
    this.#demoFolder = demoFolder
    crew.onFailure = (message) => this.publishFailure(message)
  }

  /** What to open again at the next start. */
  get opened(): LastLibrary {
    if (this.#openedFolder === undefined) return undefined
    return this.#openedFolder.demo ? { kind: 'demo' } : { kind: 'folder', folder: this.#openedFolder.folder }
  }

  /**
   * Begins to scan a folder, given by its absolute path, in the place of the former one. Throws a UserError, and keeps
   * the former one, when the folder cannot be read.
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

  /** Reads the present folder again; tracks keep their numbers. */
  async rescan(): Promise<void> {
    if (this.#openedFolder === undefined) throw new UserError('There is no folder to scan yet: choose one.')
    await checkFolder(this.#openedFolder.folder)
    this.#startScan(this.#openedFolder.folder, this.#openedFolder.demo)
  }

  stopScan(): void {
    if (this.#scan === undefined) return
    this.#events.add([], [], this.#scan.stop())
  }

  /** Resolves when no scan runs. */
  async settled(): Promise<void> {
    for (let scan: Scan | undefined; scan !== this.#scan; ) {
      scan = this.#scan
      await this.#scanning
    }
  }

  /** Tells the present state and then every change. The answer ends it. */
  subscribe(listener: HostEventListener): () => void {
    return this.#events.subscribe(listener)
  }

  /** Tells all subscribers what failed, in one sentence; the next one if there is none now. */
  publishFailure(message: string): void {
    writeLog('told', message)
    this.#events.publishFailure(message)
  }

  /** Tells the pages that are open now. */
  publish(event: HostEvent): void {
    this.#events.publish(event)
  }

  /** Has a page do something, the next one if there is none now. */
  publishToOne(event: HostEvent): void {
    this.#events.publishToOne(event)
  }

  /**
   * Lists files that were named from outside, whether they lie in the folder or not. Answers their tracks in the order
   * given, and why some could not be read.
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
      if (read !== undefined && 'reason' in read) problems.push({ path: found.file, reason: read.reason })
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

  /** A file below the folder has its path there, as a scan would tell it. */
  #withLibraryPath(found: FoundFile): FoundFile {
    if (this.#openedFolder === undefined || !this.contains(found.file)) return found
    return { ...found, path: relative(this.#openedFolder.folder, found.file).split(sep).join('/') }
  }

  #listExternalTracks(added: readonly Track[]): void {
    if (added.length === 0) return
    // Where no folder is open, these files are all there is.
    if (this.#openedFolder === undefined && this.#externalTracks.size === 0)
      this.#events.beginLibrary('Opened files', false, { ...noScan, walked: true })
    for (const track of added)
      if (!this.contains(this.#files[track.id - 1] ?? '')) this.#externalTracks.set(track.id, track)
    this.#events.add(added, [], this.#events.progress)
  }

  trackFile(id: TrackId): string | undefined {
    return this.#files[id - 1]
  }

  async cover(id: CoverId): Promise<Picture | undefined> {
    return await this.#covers.read(id)
  }

  #startScan(folder: string, demo: boolean): void {
    this.#scan?.stop()
    this.#openedFolder = { folder, demo }
    const began = performance.now()
    this.#listed.clear()
    const scan = new Scan(folder, this.#workerPool, (files, problems, progress) => {
      this.#events.add(
        files.map((file) => this.#makeTrack(file)),
        problems,
        progress,
      )
    })
    this.#scan = scan
    const visitors = [...this.#externalTracks.values()]
    this.#events.beginLibrary(demo ? 'Demo album' : basename(folder) || folder, demo, scan.progress)
    for (const { id } of visitors) this.#listed.add(id)
    this.#events.add(visitors, [], scan.progress)
    this.#scanning = scan
      .run()
      .catch((error: unknown) => {
        this.publishFailure(`The scan of ${folder} ended early (${String(error)}): scan it again.`)
        this.#events.add([], [], { ...noScan, ...scan.stop() })
      })
      .then(() => logScan(folder, scan.progress, performance.now() - began))
  }

  #makeTrack({ found, read }: ScannedFile): Track {
    const cover = read.cover
    const source = cover?.where === 'beside' && found.picture !== undefined ? found.picture : found.file
    const id = this.idOf(found.file)
    this.#listed.add(id)
    return {
      id,
      ...read.tags,
      path: found.path,
      cover: cover && this.#covers.add(cover.key, { file: source, where: cover.where }),
    }
  }

  /** The number of a file, which is given to it where it has none yet. */
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

/** Throws a UserError that says why the folder cannot be opened. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    const entries = await opendir(folder)
    await entries.close()
    await access(folder, constants.X_OK)
  } catch (error) {
    throw new UserError(`${folder} cannot be opened: ${describeOpenError(errorCode(error))}`)
  }
}

function describeOpenError(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such folder.'
  if (code === 'ENOTDIR') return 'it is a file; choose the folder it is in.'
  if (code === 'EACCES' || code === 'EPERM')
    return 'Skein may not read it; change its permissions or choose another.'
  return `the system could not read it${code === undefined ? '' : ` (${code})`}; choose another folder.`
}
