import { dirname, parse } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { maxPlaylistEntries } from '../../../shared/library/playlists/playlist.ts'
import { maxPlaylistFileBytes } from '../../../shared/library/playlists/playlist-calls.ts'
import { displayPath } from '../../platform/system-path.ts'
import { DiskHangsError, statUserPath } from '../../platform/user-disk.ts'
import { entryCandidates } from '../playlists/entry-candidates.ts'
import { EntryResolver } from '../playlists/entry-resolver.ts'
import type { WantedEntry } from '../playlists/matching/track-index.ts'
import { isRemoteAddress } from '../playlists/other-machine.ts'
import { isPlaylistName, parsePlaylist } from '../playlists/parse-playlist.ts'
import type { PlaylistEntry } from '../playlists/playlist-entry.ts'
import { readUserFileAsync } from '../tags/open-user-file.ts'
import { describeReadError } from '../tags/read-errors.ts'
import { walk } from '../walk.ts'

/** A song of a playlist: a file that exists, or what is known of one that is wanted. */
export interface ExpandedEntry extends WantedEntry {
  /** What the playlist calls the file; absolute if it is clear. */
  readonly location: string
}

/** The content of a playlist file. */
export interface PlaylistSource {
  readonly bytes: Buffer
  /** Absolute. A file without a known path has one in the library's first folder. */
  readonly path: string
  /** Where a file without a known path can lie too. */
  readonly otherPaths?: readonly string[]
}

export interface ExpandedPlaylist {
  readonly name: string | undefined
  readonly entries: readonly ExpandedEntry[]
  /** Sentences for the user: what was left out, and why. */
  readonly problems: readonly string[]
}

/** Playlists within playlists. */
const maxDepth = 8
const maxProblems = 5

/** Returns the songs of a playlist, and of the playlists and folders that it names. */
export async function expandPlaylist(source: PlaylistSource): Promise<ExpandedPlaylist> {
  return await new PlaylistExpander().expand(source)
}

class PlaylistExpander {
  /** It does not search for names on the disk, because the library knows its own files. */
  readonly #resolver = new EntryResolver([], noFiles)
  readonly #entries: ExpandedEntry[] = []
  readonly #problems = new Set<string>()
  /** The playlists that are being read, each within the one before it. */
  readonly #openPlaylists: string[] = []
  #leftOut = 0

  async expand(source: PlaylistSource): Promise<ExpandedPlaylist> {
    const name = await this.#addPlaylist(source)
    const problems = [...this.#problems].slice(0, maxProblems)
    if (this.#leftOut > 0)
      problems.push(
        m.host_playlist_entries_limit({
          path: isolate(displayPath(source.path)),
          max: maxPlaylistEntries,
          count: this.#leftOut,
        }),
      )
    return { name, entries: this.#entries, problems }
  }

  /** Returns the playlist's own name. */
  async #addPlaylist({ bytes, path, otherPaths = [] }: PlaylistSource): Promise<string | undefined> {
    const { name, entries, total } = parsePlaylist(bytes, maxPlaylistEntries - this.#entries.length)
    this.#leftOut += total - entries.length
    this.#openPlaylists.push(path)
    for (const [index, entry] of entries.entries()) {
      // Most entries need no access to the disk, so nothing else would run meanwhile.
      if (index % 100 === 99) await setImmediate()
      await this.#addEntry(entry, [path, ...otherPaths])
    }
    this.#openPlaylists.pop()
    return name
  }

  /** `playlists` are the paths that the playlist can have. */
  async #addEntry(entry: PlaylistEntry, playlists: readonly string[]): Promise<void> {
    try {
      for (const playlist of playlists) {
        const resolved = await this.#resolver.resolve(entry, playlist)
        if ('path' in resolved) return await this.#addPath(resolved.path, entry)
      }
      if (!entry.isUncertain) this.#addWanted(entry, playlists)
    } catch (error) {
      if (!(error instanceof DiskHangsError)) throw error
      this.#problems.add(error.message)
      this.#addWanted(entry, playlists)
    }
  }

  async #addPath(path: string, entry: PlaylistEntry): Promise<void> {
    const stats = await statUserPath(path).catch(() => undefined)
    if (stats?.isDirectory()) await this.#addFolder(path)
    else if (isPlaylistName(path)) await this.#addNested(path)
    else this.#push({ location: path, paths: [path], tags: entry.tags, isFound: true })
  }

  async #addFolder(folder: string): Promise<void> {
    if (folder === parse(folder).root) {
      this.#problems.add(m.host_playlist_whole_drive())
      return
    }
    for await (const { files } of walk(folder, new AbortController().signal)) {
      for (const { file } of files)
        this.#push({ location: file, paths: [file], tags: undefined, isFound: true })
      if (this.#leftOut > 0) return
    }
  }

  async #addNested(path: string): Promise<void> {
    if (this.#openPlaylists.includes(path) || this.#openPlaylists.length >= maxDepth) {
      this.#addProblem(path, m.host_playlist_nested({ max: maxDepth }))
      return
    }
    try {
      const bytes = await readUserFileAsync(path, maxPlaylistFileBytes)
      if (bytes === undefined) this.#addProblem(path, m.host_playlist_too_long())
      else await this.#addPlaylist({ bytes: Buffer.from(bytes), path })
    } catch (error) {
      this.#addProblem(path, describeReadError(error, 'file', path))
    }
  }

  #addWanted({ locations, tags }: PlaylistEntry, playlists: readonly string[]): void {
    const local = locations.filter((location) => !isRemoteAddress(location))
    const paths = playlists.flatMap((playlist) =>
      local.flatMap((location) => entryCandidates(location, dirname(playlist))),
    )
    this.#push({ location: paths[0] ?? locations[0] ?? '', paths, tags })
  }

  #push(entry: ExpandedEntry): void {
    if (this.#entries.length < maxPlaylistEntries) this.#entries.push(entry)
    else this.#leftOut++
  }

  #addProblem(path: string, reason: string): void {
    this.#problems.add(m.playlists_file_problem({ path: isolate(displayPath(path)), reason }))
  }
}

async function* noFiles(): AsyncGenerator<string[]> {}
