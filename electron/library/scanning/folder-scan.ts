import type { FileProblem } from '../../../shared/library/track.ts'
import { displayPath } from '../../platform/system-path.ts'
import type { DirectoryRecord } from '../database/requests/stored-folders.ts'
import { pictureText } from '../listing/sign-files.ts'
import { isDiscFolder } from '../tags/media-file-names.ts'
import { DirectoryWalk, type WalkedDirectory } from './directory-walk.ts'
import { FileFeeder, type PendingFile } from './file-feeder.ts'
import { type IndexedFile, joinPath, splitPath } from './folder-index.ts'
import { findMissing } from './missing-files.ts'
import { absolutePath, type OpenFolder } from './open-folder.ts'
import type { PauseGate } from './pause-gate.ts'
import type { ProgressCounter } from './progress-counter.ts'
import type { ScanReaders } from './scan-readers.ts'
import type { ReadFile, ScanStore, UnreadableFile } from './scan-store.ts'

export interface FolderScanOptions {
  readonly folder: OpenFolder
  readonly readers: ScanReaders
  readonly store: ScanStore
  readonly counter: ProgressCounter
  readonly gate: PauseGate
  readonly signal: AbortSignal
  /** Whether files in directories with unchanged times are compared too. */
  readonly isThorough: boolean
  /** The identities of directories that are not entered. */
  readonly entered: Set<string>
  readonly isExcluded: (path: string) => boolean
  /** The directories to scan, instead of the whole folder. */
  readonly only?: readonly string[]
  /** Called after each step. */
  readonly onProgress: (problems: readonly FileProblem[]) => void
}

/** Directories whose files are not all stored. The next scan lists them again if this one does not come to its end. */
interface UnfinishedDirectory {
  readonly record: DirectoryRecord
  filesLeft: number
}

/** What was read and is not stored yet. */
interface Results {
  readonly tracks: ReadFile[]
  readonly unreadable: UnreadableFile[]
  readonly directories: DirectoryRecord[]
  /** Tracks that were missing and are there again. */
  readonly returned: string[]
  /** Files that could not be read before and are gone. */
  readonly goneProblems: string[]
}

const noResults = (): Results => ({
  tracks: [],
  unreadable: [],
  directories: [],
  returned: [],
  goneProblems: [],
})

/** Tracks that are stored in one transaction. */
const maxTracksPerWrite = 500

/**
 * Scans one folder: visits its directories, reads the files that have changed, and stores what it finds. What is stored is
 * always consistent: a directory counts as scanned only after all of its files are stored.
 */
export class FolderScan {
  readonly #options: FolderScanOptions
  readonly #feeder: FileFeeder
  readonly #unfinished = new Map<string, UnfinishedDirectory>()
  readonly #visited: WalkedDirectory[] = []
  /** The names of the pictures in the directories that were listed. */
  readonly #pictures = new Map<string, string | undefined>()
  #results = noResults()
  #writing: Promise<void> | undefined
  /** What the database threw. Nothing more is written then. */
  #failure: unknown

  constructor(options: FolderScanOptions) {
    this.#options = options
    const { readers, gate, signal } = options
    this.#feeder = new FileFeeder({
      readers,
      gate,
      signal,
      onUnchanged: (file) => this.#handleUnchanged(file),
      onRead: (file, read) => {
        if ('reason' in read)
          this.#handleUnreadable({ path: file.path, reason: read.reason, version: read.version })
        else this.#handleTrack({ path: file.path, picture: file.picturePath, read })
        this.#finishFile(file)
      },
      onBatch: () => this.#writeSoon(),
    })
  }

  /** Resolves with true at the end; with false if the scan was stopped. Throws what the database throws. */
  async run(): Promise<boolean> {
    const { gate, signal } = this.#options
    const { folder } = this.#options
    const walk = new DirectoryWalk({ ...this.#options, root: folder.root, index: folder.index })
    for await (const directory of walk.run()) {
      await gate.passed()
      if (signal.aborted || this.#failure !== undefined) break
      this.#visited.push(directory)
      const isFolderGone = directory.path === '' && (await this.#handleRoot(directory))
      if (isFolderGone) return true
      this.#handleDirectory(directory)
      this.#feeder.feed()
    }
    if (!signal.aborted) this.#options.counter.set({ walked: true })
    this.#feeder.flush()
    await this.#feeder.idle()
    this.#writeSoon()
    while (this.#writing !== undefined) await this.#writing
    if (this.#failure !== undefined) throw this.#failure
    if (signal.aborted) return false
    await this.#handleMissing()
    return !signal.aborted
  }

  /** Returns whether the folder is gone. An empty one that had tracks is the place of a disk that is not mounted. */
  async #handleRoot(directory: WalkedDirectory): Promise<boolean> {
    const { folder, store, only } = this.#options
    folder.state = directory.kind === 'unreadable' ? 'unreadable' : 'present'
    const isEmpty =
      directory.kind === 'listed' &&
      [directory.listing.files, directory.listing.folders, directory.listing.links].every(
        (names) => names.length === 0,
      )
    if (directory.kind !== 'gone' && !(isEmpty && folder.index.trackCount > 0 && only === undefined))
      return false
    folder.state = 'missing'
    await store.markUnavailable(folder, allTracks(folder), 'folderMissing')
    return true
  }

  #handleDirectory(directory: WalkedDirectory): void {
    const { onProgress } = this.#options
    switch (directory.kind) {
      case 'unchanged':
        this.#handleUnchangedDirectory(directory.path)
        break
      case 'listed':
        this.#handleListedDirectory(directory)
        onProgress(directory.problems)
        break
      case 'unreadable':
        this.#options.counter.add({ found: 1, unreadable: 1 })
        onProgress(directory.problems)
        break
      case 'gone':
        break
    }
  }

  #handleUnchangedDirectory(directory: string): void {
    const { counter, folder, onProgress } = this.#options
    const files = folder.index.get(directory)?.files ?? new Map<string, IndexedFile>()
    const problems: FileProblem[] = []
    let present = 0
    for (const [name, file] of files) {
      if (file.reason !== undefined)
        problems.push({ path: displayPath(joinPath(directory, name)), reason: file.reason })
      if (file.id === undefined || file.unavailable === 'fileMissing') continue
      present++
      if (file.unavailable === 'folderMissing') this.#results.returned.push(joinPath(directory, name))
    }
    counter.add({
      found: present + problems.length,
      read: present,
      unchanged: present,
      unreadable: problems.length,
    })
    if (this.#results.returned.length > 0) this.#writeSoon()
    onProgress(problems)
  }

  #handleListedDirectory(directory: Extract<WalkedDirectory, { kind: 'listed' }>): void {
    const { path, listing, below, problems } = directory
    const { counter, folder } = this.#options
    const known = folder.index.get(path)
    const picture = listing.picture && pictureText(listing.picture)
    // Every track beside a picture may show it.
    const hasNewPicture = known?.picture !== undefined && known.picture !== (picture ?? null)
    const present = new Set(listing.files)
    for (const [name, { id }] of known?.files ?? [])
      if (id === undefined && !present.has(name)) this.#results.goneProblems.push(joinPath(path, name))
    counter.add({ found: listing.files.length + problems.length, unreadable: problems.length })
    // Recorded before it is: a scan that finds it unchanged visits the directories that are known to be in it.
    for (const subfolder of below)
      if (folder.index.get(subfolder) === undefined)
        this.#results.directories.push({ path: subfolder, modifiedNs: '', picture: undefined })
    const record = { path, modifiedNs: listing.modifiedNs, picture }
    this.#pictures.set(path, listing.picture?.name)
    if (listing.files.length === 0) {
      this.#results.directories.push(record)
      this.#writeSoon()
      return
    }
    this.#unfinished.set(path, { record, filesLeft: listing.files.length })
    const picturePath = this.#findPicture(path, listing.picture?.name)
    for (const name of listing.files)
      this.#feeder.add({
        directory: path,
        path: joinPath(path, name),
        file: absolutePath(folder, joinPath(path, name)),
        picturePath,
        pictureFile: picturePath && absolutePath(folder, picturePath),
        known: hasNewPicture ? undefined : known?.files.get(name),
      })
  }

  /** Returns the path of the picture for the tracks in a directory. Discs of an album share the one above them. */
  #findPicture(path: string, ownName: string | undefined): string | undefined {
    if (ownName !== undefined) return joinPath(path, ownName)
    const { directory, name } = splitPath(path)
    if (path === '' || !isDiscFolder(name)) return undefined
    const known = this.#options.folder.index.get(directory)?.picture?.split('/')[0]
    const nameAbove = this.#pictures.has(directory) ? this.#pictures.get(directory) : known
    return nameAbove === undefined ? undefined : joinPath(directory, nameAbove)
  }

  #handleUnchanged(file: PendingFile): void {
    const { counter, onProgress } = this.#options
    if (file.known?.reason !== undefined) {
      counter.add({ unreadable: 1 })
      onProgress([{ path: displayPath(file.path), reason: file.known.reason }])
    } else {
      counter.add({ read: 1, unchanged: 1 })
      if (file.known?.unavailable !== undefined) this.#results.returned.push(file.path)
    }
    this.#finishFile(file)
  }

  #handleUnreadable(file: UnreadableFile): void {
    this.#options.counter.add({ unreadable: 1 })
    this.#results.unreadable.push(file)
    this.#options.onProgress([{ path: displayPath(file.path), reason: file.reason }])
  }

  #handleTrack(file: ReadFile): void {
    this.#options.counter.add({ read: 1 })
    this.#results.tracks.push(file)
  }

  #finishFile({ directory }: PendingFile): void {
    const unfinished = this.#unfinished.get(directory)
    if (unfinished === undefined || --unfinished.filesLeft > 0) return
    this.#unfinished.delete(directory)
    this.#results.directories.push(unfinished.record)
  }

  #writeSoon(): void {
    if (this.#writing !== undefined || this.#failure !== undefined) return
    this.#writing = this.#write()
      .catch((error: unknown) => {
        this.#failure = error
      })
      .finally(() => {
        this.#writing = undefined
      })
  }

  /** Writes all results, also those of a scan that was stopped meanwhile. A directory is written after its files. */
  async #write(): Promise<void> {
    const { folder, store, onProgress } = this.#options
    for (let hasMore = true; hasMore; ) {
      const { tracks, unreadable, directories, returned, goneProblems } = this.#results
      this.#results = noResults()
      hasMore =
        tracks.length + unreadable.length + directories.length + returned.length + goneProblems.length > 0
      for (let start = 0; start < tracks.length; start += maxTracksPerWrite) {
        await store.saveTracks(folder, tracks.slice(start, start + maxTracksPerWrite))
        onProgress([])
      }
      await store.saveProblems(folder, unreadable)
      await store.markAvailable(folder, returned)
      await store.deleteProblems(folder, goneProblems)
      await store.saveDirectories(folder, directories)
    }
  }

  async #handleMissing(): Promise<void> {
    const { folder, store, only } = this.#options
    const { files, directories } = findMissing(folder.index, this.#visited, only)
    await store.markUnavailable(folder, files, 'fileMissing')
    await store.deleteProblems(
      folder,
      files.filter((path) => folder.index.getFile(path)?.reason !== undefined),
    )
    await store.deleteDirectories(folder, directories)
  }
}

function allTracks({ index }: OpenFolder): string[] {
  return [...index.paths].flatMap((directory) =>
    [...(index.get(directory)?.files ?? [])].flatMap(([name, { id, unavailable }]) =>
      id === undefined || unavailable === 'fileMissing' ? [] : [joinPath(directory, name)],
    ),
  )
}
