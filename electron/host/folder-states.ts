import type { HostEvent, LibraryFolder } from '../../shared/host-api.ts'
import type { Folders } from '../library/folders.ts'
import type { Library } from '../library/library.ts'
import { absolutePath, type OpenFolder } from '../library/scanning/open-folder.ts'
import { displayPath } from '../platform/system-path.ts'

/** Milliseconds between two looks at the folders while a scan runs. */
const scanInterval = 1000

/** Publishes the open folders and what is known of them, after each change. */
export class FolderStates {
  readonly #library: Library
  readonly #folders: Folders
  readonly #publish: (event: HostEvent) => void
  #published = '[]'
  #timer: NodeJS.Timeout | undefined

  constructor(library: Library, folders: Folders, publish: (event: HostEvent) => void) {
    this.#library = library
    this.#folders = folders
    this.#publish = publish
  }

  get event(): HostEvent {
    const folders = this.#library.openFolders.map((folder) => describeFolder(folder, this.#folders))
    return { kind: 'folders', folders }
  }

  /** Publishes what has changed; while a scan runs, again each second. */
  update(isScanning: boolean): void {
    if (isScanning) this.#timer ??= setInterval(() => this.#publishChange(), scanInterval).unref()
    else this.close()
    this.#publishChange()
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #publishChange(): void {
    const { event } = this
    const text = JSON.stringify(event)
    if (text === this.#published) return
    this.#published = text
    this.#publish(event)
  }
}

function describeFolder(folder: OpenFolder, folders: Folders): LibraryFolder {
  const { root, isDemo, state, checkedAt, index, excluded } = folder
  return {
    id: folders.idOf(root),
    path: displayPath(root),
    isDemo,
    trackCount: index.trackCount,
    state,
    checkedAt,
    excluded: excluded.map((path) => ({
      id: folders.idOf(absolutePath(folder, path)),
      path: displayPath(path),
    })),
  }
}
