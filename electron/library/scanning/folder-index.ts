import type { TrackId, UnavailableReason } from '../../../shared/library/track.ts'
import { signFiles } from '../listing/sign-files.ts'

/** A file as the last scan has found it: a track, or a file that cannot be read. */
export interface IndexedFile {
  /** Undefined for a file that cannot be read. */
  readonly id: TrackId | undefined
  readonly size: number
  readonly modifiedNs: string
  readonly unavailable: UnavailableReason | undefined
  /** Why the file cannot be read. */
  readonly reason?: string
}

/** A directory as the last scan has found it. */
export interface IndexedDirectory {
  /** Empty if the directory has to be listed again. */
  readonly modifiedNs: string
  /** The picture beside the files, with its version; null if there is none, undefined if that is not known. */
  readonly picture: string | null | undefined
  /** By their names. */
  readonly files: ReadonlyMap<string, IndexedFile>
  /** The names of the directories in it. */
  readonly folders: ReadonlySet<string>
}

interface MutableDirectory {
  modifiedNs: string
  picture: string | null | undefined
  readonly files: Map<string, IndexedFile>
  readonly folders: Set<string>
  /** What `sign` has returned; undefined after a change. */
  signature: string | undefined
}

/** In a larger directory each file is compared by itself: to compare all of them may take too long for one request. */
const maxSignedFiles = 200

/**
 * What the last scan has found in a folder: its directories by their paths below it. The path of the folder itself is
 * empty.
 */
export class FolderIndex {
  readonly #directories = new Map<string, MutableDirectory>()
  #trackCount = 0
  #unavailableCount = 0

  get paths(): MapIterator<string> {
    return this.#directories.keys()
  }

  /** The number of files that have a track. */
  get trackCount(): number {
    return this.#trackCount
  }

  /** The number of these whose file is missing. */
  get unavailableCount(): number {
    return this.#unavailableCount
  }

  get(path: string): IndexedDirectory | undefined {
    return this.#directories.get(path)
  }

  getFile(path: string): IndexedFile | undefined {
    const { directory, name } = splitPath(path)
    return this.#directories.get(directory)?.files.get(name)
  }

  setDirectory(path: string, modifiedNs: string, picture: string | null): void {
    const directory = this.#require(path)
    directory.signature = undefined
    directory.modifiedNs = modifiedNs
    // Nothing was read in a directory that was only seen so far.
    directory.picture = modifiedNs === '' ? undefined : picture
  }

  setFile(path: string, file: IndexedFile): void {
    const { directory, name } = splitPath(path)
    const changed = this.#require(directory)
    changed.signature = undefined
    this.#count(changed.files.get(name), -1)
    changed.files.set(name, file)
    this.#count(file, 1)
  }

  removeFile(path: string): void {
    const { directory, name } = splitPath(path)
    const changed = this.#directories.get(directory)
    if (changed === undefined) return
    changed.signature = undefined
    this.#count(changed.files.get(name), -1)
    changed.files.delete(name)
  }

  removeDirectory(path: string): void {
    for (const file of this.#directories.get(path)?.files.values() ?? []) this.#count(file, -1)
    this.#directories.delete(path)
    const { directory, name } = splitPath(path)
    this.#directories.get(directory)?.folders.delete(name)
  }

  /** Returns what tells a thread whether the files of a directory have changed; undefined if it cannot be told at once. */
  sign(path: string): string | undefined {
    const directory = this.#directories.get(path) ?? emptyDirectory()
    const { files, picture } = directory
    if (files.size > maxSignedFiles || picture === undefined) return undefined
    if (directory.signature !== undefined) return directory.signature
    const present = [...files].filter(([, { unavailable }]) => unavailable === undefined)
    const versions = present.map(([name, { size, modifiedNs }]) => ({ name, size, modifiedNs }))
    directory.signature = signFiles(versions, picture ?? undefined)
    return directory.signature
  }

  #require(path: string): MutableDirectory {
    let found = this.#directories.get(path)
    if (found !== undefined) return found
    found = emptyDirectory()
    this.#directories.set(path, found)
    if (path !== '') {
      const { directory, name } = splitPath(path)
      this.#require(directory).folders.add(name)
    }
    return found
  }

  #count(file: IndexedFile | undefined, change: 1 | -1): void {
    if (file?.id === undefined) return
    this.#trackCount += change
    if (file.unavailable !== undefined) this.#unavailableCount += change
  }
}

const emptyDirectory = (): MutableDirectory => ({
  modifiedNs: '',
  picture: undefined,
  files: new Map(),
  folders: new Set(),
  signature: undefined,
})

export function splitPath(path: string): { readonly directory: string; readonly name: string } {
  const slash = path.lastIndexOf('/')
  return { directory: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1) }
}

export const joinPath = (directory: string, name: string): string =>
  directory === '' ? name : `${directory}/${name}`
