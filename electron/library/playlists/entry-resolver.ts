import { dirname, relative } from 'node:path'
import { m } from '../../../shared/i18n/messages.js'
import { DirectoryCache, nameMatches } from './directory-cache.ts'
import { entryCandidates } from './entry-candidates.ts'
import { NameIndex, type SearchLimits } from './name-index.ts'
import { isOnOtherMachine, isRemoteAddress } from './other-machine.ts'
import type { PlaylistEntry } from './playlist-entry.ts'

/** What an entry stands for: an existing path, or one sentence that says why there is none. */
export type ResolvedEntry = { readonly path: string } | { readonly reason: string }

/** What is searched for a file by its name: the library as a whole, or what lies below a playlist. */
const librarySearch: SearchLimits = { folders: 200_000, files: 1_000_000 }
const playlistSearch: SearchLimits = { folders: 2_000, files: 100_000 }

/** Lists the audio files of a folder and of all folders below it, folder by folder. */
export type ListFiles = (folder: string) => AsyncIterable<readonly string[]>

/** Finds the files that playlists name. It remembers what it reads, so use it for one request. */
export class EntryResolver {
  readonly #libraryFolders: readonly string[]
  readonly #listFiles: ListFiles
  readonly #directories = new DirectoryCache()
  readonly #indexes = new Map<string, Promise<NameIndex>>()

  constructor(libraryFolders: readonly string[], listFiles: ListFiles) {
    this.#listFiles = listFiles
    this.#libraryFolders = libraryFolders
  }

  /** Never touches a path on another machine than the playlist's. */
  async resolve(entry: PlaylistEntry, playlist: string): Promise<ResolvedEntry> {
    const folder = dirname(playlist)
    const local = entry.locations.filter((location) => !isRemoteAddress(location))
    const candidates = local.flatMap((location) => entryCandidates(location, folder))
    const allowed = candidates.filter((path) => !isOnOtherMachine(path, playlist))
    const found = await this.#findByPath(allowed, entry.isUncertain)
    if (found !== undefined) return { path: found }
    const named = entry.isUncertain ? undefined : await this.#findByName(candidates, folder)
    if (typeof named === 'string') return { path: named }
    if (named !== undefined) return { reason: m.host_playlist_entry_ambiguous({ count: named }) }
    const isRemote = allowed.length === 0 && (candidates.length > 0 || local.length < entry.locations.length)
    return { reason: isRemote ? m.host_playlist_entry_remote() : m.host_read_missing({ what: 'file' }) }
  }

  async #findByPath(candidates: readonly string[], exact: boolean): Promise<string | undefined> {
    for (const match of nameMatches) {
      for (const path of candidates) {
        const found = await this.#directories.find(path, match)
        if (found !== undefined) return found
      }
      if (exact) return undefined
    }
    return undefined
  }

  /** Returns the number of files with this name if no single one of them fits best. */
  async #findByName(candidates: readonly string[], folder: string): Promise<string | number | undefined> {
    let ambiguous: number | undefined
    for (const index of await this.#searched(folder)) {
      for (const path of candidates) {
        const found = index.find(path)
        if (typeof found === 'string') return found
        ambiguous ??= found
      }
    }
    return ambiguous
  }

  async #searched(folder: string): Promise<NameIndex[]> {
    const folders = this.#libraryFolders
    if (folders.length === 0) return [await this.#index([folder], playlistSearch)]
    // Of all folders together, because the best of several files with one name can be in any of them.
    const inLibrary = await this.#index(folders, librarySearch)
    const isInLibrary = folders.some((library) => isBelow(library, folder))
    return isInLibrary ? [inLibrary] : [inLibrary, await this.#index([folder], playlistSearch)]
  }

  async #index(folders: readonly string[], max: SearchLimits): Promise<NameIndex> {
    const key = JSON.stringify(folders)
    let index = this.#indexes.get(key)
    if (index === undefined) {
      index = NameIndex.read(this.#listAll(folders), max)
      this.#indexes.set(key, index)
    }
    return await index
  }

  async *#listAll(folders: readonly string[]): AsyncGenerator<readonly string[]> {
    for (const folder of folders) yield* this.#listFiles(folder)
  }
}

/** Whether a path is a folder itself or lies in it. */
const isBelow = (folder: string, path: string): boolean =>
  !/^(?:\.\.(?:[\\/]|$)|[a-z]:)/i.test(relative(folder, path))
