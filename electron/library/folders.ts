import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FolderListing } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { readDirectory } from '../platform/read-directory.ts'
import { displayPath } from '../platform/system-path.ts'
import { statUserPath } from '../platform/user-disk.ts'
import { UserError } from '../platform/user-error.ts'
import { checkFolder } from './check-folder.ts'
import { isSkippedName } from './listing/skipped-names.ts'
import { audioMimeType } from './tags/media-file-names.ts'

/** The folders that a page may list and open. It names them by ids that it gets from listings only. */
export class Folders {
  readonly #paths: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #startFolder: string

  constructor(startFolder = homedir()) {
    this.#startFolder = startFolder
  }

  /** Returns the absolute path. Throws a UserError for an unknown id. */
  pathOf(id: number): string {
    const path = this.#paths[id - 1]
    if (path === undefined) throw new UserError(m.host_folder_not_listed())
    return path
  }

  /** Returns the number of a folder, given by its absolute path. */
  idOf(path: string): number {
    let id = this.#ids.get(path)
    if (id === undefined) {
      id = this.#paths.push(path)
      this.#ids.set(path, id)
    }
    return id
  }

  /** Lists a folder; without an id, the user's home. What a scan passes over is left out. */
  async list(id: number | undefined): Promise<FolderListing> {
    const path = id === undefined ? this.#startFolder : this.pathOf(id)
    await checkFolder(path)
    const names: string[] = []
    let audioFiles = 0
    for (const { name, kind } of await readDirectory(path)) {
      if (isSkippedName(name)) continue
      if (
        kind === 'folder' ||
        ((kind === 'link' || kind === undefined) && (await isFolder(join(path, name))))
      )
        names.push(name)
      else if (audioMimeType(name) !== undefined) audioFiles++
    }
    names.sort(new Intl.Collator(undefined, { numeric: true }).compare)
    const parent = dirname(path)
    return {
      id: this.idOf(path),
      path: displayPath(path),
      parent: parent === path ? undefined : this.idOf(parent),
      folders: names.map((name) => ({ id: this.idOf(join(path, name)), name: displayPath(name) })),
      audioFiles,
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await statUserPath(path, path).then(
    (target) => target.isDirectory(),
    () => false,
  )
}
