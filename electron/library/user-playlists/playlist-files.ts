import { basename, extname, join } from 'node:path'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { PlaylistFormat, PlaylistId } from '../../../shared/library/playlists/playlist.ts'
import {
  maxPlaylistFileBytes,
  type PlaylistImport,
} from '../../../shared/library/playlists/playlist-calls.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import { displayPath } from '../../platform/system-path.ts'
import { UserError } from '../../platform/user-error.ts'
import type { DatabaseClient } from '../database/database-client.ts'
import type { EntryRecord } from '../database/requests/stored-entries.ts'
import type { ExportedEntry } from '../playlists/export/exported-entry.ts'
import { writePlaylist } from '../playlists/export/write-playlist.ts'
import { isPlaylistName } from '../playlists/parse-playlist.ts'
import { readUserFileAsync } from '../tags/open-user-file.ts'
import { describeReadError } from '../tags/read-errors.ts'
import { type ExpandedEntry, expandPlaylist, type PlaylistSource } from './expand-playlist.ts'
import type { PlaylistLibrary } from './playlist-library.ts'
import type { Playlists } from './playlists.ts'
import { partsOf } from './shown-entries.ts'

export interface PlaylistExport {
  readonly id: PlaylistId
  readonly format: PlaylistFormat
  /** Of a smart playlist. */
  readonly tracks?: readonly TrackId[] | undefined
  /** Where the file will be. */
  readonly folder?: string
}

/** Entries in one request. */
const entriesPerRequest = 1_000

/** Reads playlists from files, and writes them to files. */
export class PlaylistFiles {
  readonly #database: Pick<DatabaseClient, 'request'>
  readonly #playlists: Playlists
  readonly #library: PlaylistLibrary

  constructor(database: Pick<DatabaseClient, 'request'>, playlists: Playlists, library: PlaylistLibrary) {
    this.#database = database
    this.#playlists = playlists
    this.#library = library
  }

  /** Imports files by their absolute paths. */
  async importPaths(paths: readonly string[]): Promise<PlaylistImport> {
    const sources: PlaylistSource[] = []
    const problems: string[] = []
    for (const path of paths) {
      const read = await readPlaylistFile(path)
      if (typeof read === 'string')
        problems.push(m.playlists_file_problem({ path: isolate(displayPath(path)), reason: read }))
      else sources.push({ bytes: read, path })
    }
    return await this.#importSources(sources, problems)
  }

  /** Imports a file of which only the name is known. Its relative paths are searched in the library's folders. */
  async importContent(name: string, bytes: Buffer): Promise<PlaylistImport> {
    if (bytes.length > maxPlaylistFileBytes) throw new UserError(m.host_playlist_too_long())
    const [path = join('/', basename(name)), ...otherPaths] = this.#library.folders.map((folder) =>
      join(folder, basename(name)),
    )
    return await this.#importSources([{ bytes, path, otherPaths }], [])
  }

  /** Returns the content of a file. */
  async write({ id, format, tracks, folder }: PlaylistExport): Promise<Buffer> {
    const { name } = this.#playlists.require(id)
    const entries = tracks === undefined ? await this.#readEntries(id) : await this.#readTracks(tracks)
    const windows = process.platform === 'win32'
    return writePlaylist({ name, entries }, format, { folder, windows })
  }

  async #importSources(sources: readonly PlaylistSource[], problems: string[]): Promise<PlaylistImport> {
    const playlists: PlaylistId[] = []
    let entryCount = 0
    let missing = 0
    for (const source of sources) {
      const expanded = await expandPlaylist(source)
      problems.push(...expanded.problems)
      const entries = await this.#identify(expanded.entries)
      const name = expanded.name ?? basename(source.path, extname(source.path))
      playlists.push(await this.#playlists.createFromEntries(displayPath(name), entries))
      entryCount += entries.length
      missing += entries.filter(({ track }) => track === undefined).length
    }
    return { playlists, entries: entryCount, missing, problems }
  }

  /** Finds the tracks of entries: in the library, or else as files outside of it. */
  async #identify(entries: readonly ExpandedEntry[]): Promise<EntryRecord[]> {
    const ids: TrackId[] = []
    for (const some of partsOf(entries, entriesPerRequest))
      ids.push(
        ...(await this.#database.request('matchEntries', {
          entries: some.map(({ paths, tags, isFound = false }) => ({ paths, tags, isFound })),
          isLast: ids.length + some.length === entries.length,
        })),
      )
    const external = entries.filter(({ isFound }, index) => isFound && ids[index] === 0)
    const externalIds = await this.#library.addFiles(external.map(({ location }) => location))
    const idOfEntry = new Map(external.map((entry, index) => [entry, externalIds[index] ?? 0]))
    return entries.map((entry, index) => {
      const id = idOfEntry.get(entry) ?? ids[index] ?? 0
      const { title, artist, duration } = entry.tags ?? {}
      return { track: id === 0 ? undefined : id, location: entry.location, title, artist, duration }
    })
  }

  async #readEntries(playlist: PlaylistId): Promise<ExportedEntry[]> {
    const entries: ExportedEntry[] = []
    for (;;) {
      const range = { playlist, start: entries.length, count: entriesPerRequest }
      const some = await this.#database.request('exportEntries', range)
      entries.push(...some)
      if (some.length < entriesPerRequest) return entries
    }
  }

  async #readTracks(tracks: readonly TrackId[]): Promise<ExportedEntry[]> {
    const entries: ExportedEntry[] = []
    for (const some of partsOf(tracks, entriesPerRequest))
      entries.push(...(await this.#database.request('exportTracks', some)))
    return entries
  }
}

/** Returns the content of a playlist, or one sentence that says why it cannot be read. */
async function readPlaylistFile(path: string): Promise<Buffer | string> {
  if (!isPlaylistName(path)) return m.playlists_not_a_playlist()
  try {
    const bytes = await readUserFileAsync(path, maxPlaylistFileBytes)
    return bytes === undefined ? m.host_playlist_too_long() : Buffer.from(bytes)
  } catch (error) {
    return describeReadError(error, 'file', path)
  }
}
