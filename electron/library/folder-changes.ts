import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { displayPath } from '../platform/system-path.ts'
import { UserError } from '../platform/user-error.ts'
import { redactBelow } from '../storage/log.ts'
import { checkFolder } from './check-folder.ts'
import type { DatabaseClient } from './database/database-client.ts'
import type { LibrarySession } from './scanning/library-session.ts'
import { type FolderToOpen, findContaining, isWithin, pathBelow } from './scanning/load-folders.ts'
import type { OpenFolder } from './scanning/open-folder.ts'

/** The library as the changes of its folders need it. */
export interface ChangedLibrary {
  readonly session: LibrarySession | undefined
  /** Makes these folders the open ones, and begins to scan them. */
  begin(folders: readonly FolderToOpen[]): void
  /** Closes all folders. */
  close(): void
}

/** Milliseconds that a scan has to end. One that hangs on a dead disk does not keep a folder in the library. */
const maxEndingTime = 5000

/**
 * Adds folders to the library, removes them, and leaves out folders in them, all by absolute paths. Every change begins
 * the library again with other folders. Tracks that leave the library stay in the database, in a closed folder.
 */
export class FolderChanges {
  readonly #library: ChangedLibrary
  readonly #database: DatabaseClient
  #last: Promise<void> = Promise.resolve()

  constructor(library: ChangedLibrary, database: DatabaseClient) {
    this.#library = library
    this.#database = database
  }

  /** Throws a UserError if the folder cannot be read or is open. It replaces the demo album. */
  async add(path: string): Promise<void> {
    await this.#change(async (open) => {
      redactBelow(path)
      if (open.some(({ root }) => root === path))
        throw new UserError(m.host_folder_is_in_library({ folder: isolate(nameOf(path)) }))
      await checkFolder(path)
      return [...open.filter(({ isDemo }) => !isDemo).map(toOpen), { path, isDemo: false }]
    })
  }

  /** Has no effect if the folder is not open. */
  async remove(path: string): Promise<void> {
    await this.#change(async (open) => {
      const others = open.filter(({ root }) => root !== path)
      return others.length === open.length ? undefined : others.map(toOpen)
    })
  }

  /** Leaves a folder out. Throws a UserError if it is not in an open folder, or is one itself. */
  async exclude(path: string): Promise<void> {
    await this.#change(async (open) => {
      if (open.some(({ root }) => root === path))
        throw new UserError(m.host_folder_is_open_itself({ folder: isolate(nameOf(path)) }))
      const { folder, below } = findFolder(open, path)
      if (isWithin(below, folder.excluded)) return undefined
      const kept = folder.excluded.filter((other) => !isWithin(other, [below]))
      await this.#setExcluded(folder, [...kept, below])
      return open.map(toOpen)
    })
  }

  /** Has no effect if the folder is not left out. */
  async include(path: string): Promise<void> {
    await this.#change(async (open) => {
      const { folder, below } = findFolder(open, path)
      const others = folder.excluded.filter((other) => other !== below)
      if (others.length === folder.excluded.length) return undefined
      await this.#setExcluded(folder, others)
      return open.map(toOpen)
    })
  }

  /** One change after the other. `choose` returns what is open then; undefined if nothing changes. */
  async #change(
    choose: (open: readonly OpenFolder[]) => Promise<readonly FolderToOpen[] | undefined>,
  ): Promise<void> {
    const changing = this.#last.then(async () => {
      const { session } = this.#library
      await session?.known
      const next = await choose(session?.folders ?? [])
      // Another library was opened meanwhile.
      if (next === undefined || this.#library.session !== session) return
      session?.end()
      // What the scan still writes belongs to the folders as they were.
      await Promise.race([session?.settled(), setTimeout(maxEndingTime, undefined, { ref: false })])
      if (this.#library.session !== session) return
      if (next.length > 0) return this.#library.begin(next)
      await this.#database.request('setOpenFolders', [])
      this.#library.close()
    })
    this.#last = changing.catch(() => undefined)
    await changing
  }

  async #setExcluded({ id }: OpenFolder, paths: readonly string[]): Promise<void> {
    await this.#database.request('setExcludedFolders', { folderId: id, paths })
  }
}

const toOpen = ({ root, isDemo }: OpenFolder): FolderToOpen => ({ path: root, isDemo })

const nameOf = (path: string): string => displayPath(basename(path) || path)

function findFolder(open: readonly OpenFolder[], path: string): { folder: OpenFolder; below: string } {
  const music = open.filter(({ isDemo }) => !isDemo).map((folder) => ({ folder, path: folder.root }))
  const found = findContaining(music, path)
  const below = found && pathBelow(found.path, path)
  if (found === undefined || below === undefined)
    throw new UserError(m.host_folder_not_in_library({ folder: isolate(nameOf(path)) }))
  return { folder: found.folder, below }
}
