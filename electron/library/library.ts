import { access, constants, opendir } from 'node:fs/promises'
import { basename, isAbsolute, relative, sep } from 'node:path'
import type { HostEvent, ScanProgress } from '../../shared/host-api.ts'
import type { CoverId, FileProblem, Track, TrackId } from '../../shared/library/track.ts'
import type { MediaSource } from '../media-response.ts'
import { Covers } from './covers.ts'
import { Feed, type FeedListener, noScan } from './feed.ts'
import { hideBelow, note } from './log.ts'
import type { Picture } from './picture.ts'
import type { ReadTrack } from './read-track.ts'
import { errorCode } from './reasons.ts'
import { type ReadFile, Scan } from './scan.ts'
import type { ScanCrew } from './scan-crew.ts'
import type { LastLibrary } from './settings-file.ts'
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
  readonly #crew: ScanCrew
  readonly #demoFolder: string
  readonly #feed = new Feed()
  readonly #covers = new Covers()
  readonly #ids = new Map<string, TrackId>()
  readonly #files: string[] = []
  /** The tracks that are listed now. */
  readonly #listed = new Set<TrackId>()
  /** Files from outside of the folder: they stay in the list as long as the host runs. */
  readonly #visitors = new Map<TrackId, Track>()
  #open: { readonly folder: string; readonly demo: boolean } | undefined
  #scan: Scan | undefined
  #scanning: Promise<void> = Promise.resolve()

  constructor(crew: ScanCrew, demoFolder: string) {
    this.#crew = crew
    this.#demoFolder = demoFolder
    crew.onFailure = (message) => this.fail(message)
  }

  /** What to open again at the next start. */
  get opened(): LastLibrary {
    if (this.#open === undefined) return undefined
    return this.#open.demo ? { kind: 'demo' } : { kind: 'folder', folder: this.#open.folder }
  }

  /**
   * Begins to scan a folder, given by its absolute path, in the place of the former one. Throws a UserError, and keeps
   * the former one, when the folder cannot be read.
   */
  async open(folder: string): Promise<void> {
    hideBelow(folder)
    await checkFolder(folder)
    this.#begin(folder, false)
  }

  async openDemo(): Promise<void> {
    await checkFolder(this.#demoFolder)
    this.#begin(this.#demoFolder, true)
  }

  /** Reads the present folder again; tracks keep their numbers. */
  async rescan(): Promise<void> {
    if (this.#open === undefined) throw new UserError('There is no folder to scan yet: choose one.')
    await checkFolder(this.#open.folder)
    this.#begin(this.#open.folder, this.#open.demo)
  }

  stopScan(): void {
    if (this.#scan === undefined) return
    this.#feed.add([], [], this.#scan.stop())
  }

  /** Resolves when no scan runs. */
  async settled(): Promise<void> {
    for (let scan: Scan | undefined; scan !== this.#scan; ) {
      scan = this.#scan
      await this.#scanning
    }
  }

  /** Tells the present state and then every change. The answer ends it. */
  subscribe(listener: FeedListener): () => void {
    return this.#feed.subscribe(listener)
  }

  /** Tells all subscribers what failed, in one sentence; the next one if there is none now. */
  fail(message: string): void {
    note('told', message)
    this.#feed.fail(message)
  }

  /** Tells the pages that are open now. */
  tell(event: HostEvent): void {
    this.#feed.tell(event)
  }

  /** Has a page do something, the next one if there is none now. */
  order(event: HostEvent): void {
    this.#feed.order(event)
  }

  /**
   * Lists files that were named from outside, whether they lie in the folder or not. Answers their tracks in the order
   * given, and why some could not be read.
   */
  async admit(files: readonly FoundFile[]): Promise<{ tracks: TrackId[]; problems: FileProblem[] }> {
    const unread = files.filter(({ file }) => !this.#listed.has(this.#ids.get(file) ?? 0))
    const results = new Map<string, ReadTrack>()
    for (const [index, read] of (await this.#crew.readApart(unread)).entries())
      results.set(unread[index]?.file ?? '', read)
    const problems: FileProblem[] = []
    const added: Track[] = []
    const tracks: TrackId[] = []
    for (const found of files) {
      const read = results.get(found.file)
      if (read !== undefined && 'reason' in read) problems.push({ path: found.file, reason: read.reason })
      else tracks.push(this.idOf(found.file))
      if (read !== undefined && 'tags' in read) added.push(this.#track({ found: this.#placed(found), read }))
    }
    this.#list(added)
    return { tracks, problems }
  }

  /** Whether a file lies below the open folder, by its path alone. */
  contains(file: string): boolean {
    if (this.#open === undefined) return false
    const below = relative(this.#open.folder, file)
    return below !== '' && below.split(sep)[0] !== '..' && !isAbsolute(below)
  }

  /** A file below the folder has its path there, as a scan would tell it. */
  #placed(found: FoundFile): FoundFile {
    if (this.#open === undefined || !this.contains(found.file)) return found
    return { ...found, path: relative(this.#open.folder, found.file).split(sep).join('/') }
  }

  #list(added: readonly Track[]): void {
    if (added.length === 0) return
    // Where no folder is open, these files are all there is.
    if (this.#open === undefined && this.#visitors.size === 0)
      this.#feed.begin('Opened files', false, { ...noScan, walked: true })
    for (const track of added)
      if (!this.contains(this.#files[track.id - 1] ?? '')) this.#visitors.set(track.id, track)
    this.#feed.add(added, [], this.#feed.progress)
  }

  trackFile(id: TrackId): string | undefined {
    return this.#files[id - 1]
  }

  async cover(id: CoverId): Promise<Picture | undefined> {
    return await this.#covers.read(id)
  }

  #begin(folder: string, demo: boolean): void {
    this.#scan?.stop()
    this.#open = { folder, demo }
    const began = performance.now()
    this.#listed.clear()
    const scan = new Scan(folder, this.#crew, (files, problems, progress) => {
      this.#feed.add(
        files.map((file) => this.#track(file)),
        problems,
        progress,
      )
    })
    this.#scan = scan
    const visitors = [...this.#visitors.values()]
    this.#feed.begin(demo ? 'Demo album' : basename(folder) || folder, demo, scan.progress)
    for (const { id } of visitors) this.#listed.add(id)
    this.#feed.add(visitors, [], scan.progress)
    this.#scanning = scan
      .run()
      .catch((error: unknown) => {
        this.fail(`The scan of ${folder} ended early (${String(error)}): scan it again.`)
        this.#feed.add([], [], { ...noScan, ...scan.stop() })
      })
      .then(() => noteScan(folder, scan.progress, performance.now() - began))
  }

  #track({ found, read }: ReadFile): Track {
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

function noteScan(
  folder: string,
  { found, read, unreadable, stopped }: ScanProgress,
  milliseconds: number,
): void {
  const seconds = (milliseconds / 1000).toFixed(1)
  const end = stopped ? 'stopped' : 'finished'
  note(
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
    throw new UserError(`${folder} cannot be opened: ${whyNot(errorCode(error))}`)
  }
}

function whyNot(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such folder.'
  if (code === 'ENOTDIR') return 'it is a file; choose the folder it is in.'
  if (code === 'EACCES' || code === 'EPERM')
    return 'Skein may not read it; change its permissions or choose another.'
  return `the system could not read it${code === undefined ? '' : ` (${code})`}; choose another folder.`
}
