import type { HostEvent } from '../../shared/host-api.ts'
import type { LibraryFolder, WatchState } from '../../shared/library/library-folder.ts'
import type { Folders } from '../library/folders.ts'
import type { Library } from '../library/library.ts'
import { absolutePath, type OpenFolder } from '../library/scanning/open-folder.ts'
import { displayPath } from '../platform/system-path.ts'

/** Milliseconds between two looks at the folders while a scan runs. */
const scanInterval = 1000

export interface FolderStatesOptions {
  readonly library: Pick<Library, 'openFolders'>
  readonly folders: Folders
  /** Whether a folder is watched, given by its absolute path; undefined if nothing is. */
  readonly watchState: (path: string) => WatchState | undefined
  readonly publish: (event: HostEvent) => void
}

/** Publishes the open folders and what is known of them, after each change. */
export class FolderStates {
  readonly #options: FolderStatesOptions
  #known: readonly LibraryFolder[] = []
  #published = '[]'
  #timer: NodeJS.Timeout | undefined

  constructor(options: FolderStatesOptions) {
    this.#options = options
  }

  /** While other folders are opened, those that were open before. */
  get event(): HostEvent {
    const open = this.#options.library.openFolders
    if (open !== undefined) this.#known = open.map((folder) => this.#describe(folder))
    return { kind: 'folders', folders: this.#known }
  }

  /** Publishes what has changed; while a scan runs, again each second. */
  update(isScanning: boolean): void {
    if (isScanning) this.#timer ??= setInterval(() => this.refresh(), scanInterval).unref()
    else this.close()
    this.refresh()
  }

  refresh(): void {
    const { event } = this
    const text = JSON.stringify(event)
    if (text === this.#published) return
    this.#published = text
    this.#options.publish(event)
  }

  close(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #describe(folder: OpenFolder): LibraryFolder {
    const { folders, watchState } = this.#options
    const { root, isDemo, state, checkedAt, index, excluded } = folder
    return {
      id: folders.idOf(root),
      path: displayPath(root),
      isDemo,
      trackCount: index.trackCount,
      unavailableCount: index.unavailableCount,
      state,
      checkedAt,
      watch: isDemo ? undefined : watchState(root),
      excluded: excluded.map((path) => ({
        id: folders.idOf(absolutePath(folder, path)),
        path: displayPath(path),
      })),
    }
  }
}
