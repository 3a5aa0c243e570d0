import type { PlaylistId } from '../../../shared/library/playlists/playlist.ts'
import type { ShownEntry } from '../database/requests/stored-entries.ts'
import type { PlaylistLibrary } from './playlist-library.ts'

/** Files outside of the library that entries name, and that no page knows since the start. */
export class UnlistedFiles {
  readonly #library: PlaylistLibrary
  /** The playlists of each file. */
  readonly #waiting = new Map<string, Set<PlaylistId>>()
  /** A file that cannot be read is not tried again. */
  readonly #tried = new Set<string>()

  constructor(library: PlaylistLibrary) {
    this.#library = library
  }

  collect(playlist: PlaylistId, entries: readonly ShownEntry[]): void {
    for (const { isExternal, track, location } of entries) {
      if (!isExternal || track === undefined || location === undefined) continue
      if (this.#library.isListed(track) || this.#tried.has(location)) continue
      this.#waiting.set(location, (this.#waiting.get(location) ?? new Set()).add(playlist))
    }
  }

  /** Lists the files. Returns the playlists whose entries have changed. */
  async list(): Promise<readonly PlaylistId[]> {
    const files = [...this.#waiting]
    this.#waiting.clear()
    if (files.length === 0) return []
    for (const [file] of files) this.#tried.add(file)
    await this.#library.addFiles(files.map(([file]) => file))
    return [...new Set(files.flatMap(([, playlists]) => [...playlists]))]
  }
}
