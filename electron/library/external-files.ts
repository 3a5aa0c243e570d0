import { basename, dirname, join, parse } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { FileProblem } from '../../shared/library/track.ts'
import { readDirectory } from '../platform/read-directory.ts'
import { displayPath } from '../platform/system-path.ts'
import { DiskHangsError, statUserPath } from '../platform/user-disk.ts'
import { DirectoryCache } from './playlists/directory-cache.ts'
import { EntryResolver } from './playlists/entry-resolver.ts'
import { isPlaylistName, parsePlaylist } from './playlists/parse-playlist.ts'
import { audioMimeType, findFolderPicture, isDiscFolder } from './tags/media-file-names.ts'
import { readUserFileAsync } from './tags/open-user-file.ts'
import { describeReadError } from './tags/read-errors.ts'
import { type FoundFile, walk } from './walk.ts'

/** The audio files that the user's paths stand for. */
export interface ExternalFiles {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
  /** Problems beyond those that are listed. */
  readonly unlistedProblems: number
  /** Sentences for the user: what was left out because of a limit. */
  readonly limits: readonly string[]
}

export interface ExternalFileLimits {
  readonly files: number
  /** Entries of all playlists together. */
  readonly entries: number
  readonly problems: number
  /** Folders of all folders together. */
  readonly folders: number
  /** Bytes of one playlist. */
  readonly playlistBytes: number
}

const defaultLimits: ExternalFileLimits = {
  files: 100_000,
  entries: 100_000,
  problems: 1_000,
  folders: 20_000,
  playlistBytes: 16 * 1024 * 1024,
}

/** Playlists within playlists. */
const maxPlaylistDepth = 8

/** Returns the folder to open as the library: a single path that is not a file. */
export async function resolveLibraryFolder(paths: readonly string[]): Promise<string | undefined> {
  const [path, another] = paths
  if (path === undefined || another !== undefined) return undefined
  const real = await findNamedPath(path)
  const stats = await statUserPath(real, real).catch((error: unknown) => {
    if (error instanceof DiskHangsError) throw error
    return undefined
  })
  if (stats !== undefined) return stats.isDirectory() ? real : undefined
  // A missing path is reported as a missing folder, unless its name is that of a file.
  return audioMimeType(path) === undefined && !isPlaylistName(path) ? path : undefined
}

/** Returns the path itself, or the one that it was before a program lost the bytes that are not UTF-8. */
export async function findNamedPath(path: string, directories = new DirectoryCache()): Promise<string> {
  return path.includes('\uFFFD') ? ((await directories.find(path, 'invalidBytes')) ?? path) : path
}

/**
 * Returns the audio files that paths stand for, in order: a folder for all below it, a playlist for its entries. Names in
 * playlists are searched in the library's folders too.
 */
export async function resolveExternalFiles(
  paths: readonly string[],
  libraryFolders: readonly string[] = [],
  limits: Partial<ExternalFileLimits> = {},
): Promise<ExternalFiles> {
  const collector = new FileCollector(libraryFolders, { ...defaultLimits, ...limits })
  for (const path of paths) await collector.addNamed(path)
  return collector.result
}

class FileCollector {
  readonly #limits: ExternalFileLimits
  readonly #resolver: EntryResolver
  readonly #directories = new DirectoryCache()
  readonly #files: FoundFile[] = []
  readonly #problems: FileProblem[] = []
  readonly #pictures = new Map<string, string | undefined>()
  /** The playlists that are being read, each within the one before it. */
  readonly #openPlaylists: string[] = []
  readonly #limitSentences: string[] = []
  #entries = 0
  #folders = 0
  #unlistedProblems = 0
  #filesLeftOut = 0

  constructor(libraryFolders: readonly string[], limits: ExternalFileLimits) {
    this.#resolver = new EntryResolver(libraryFolders, listFiles)
    this.#limits = limits
  }

  get result(): ExternalFiles {
    const limits = [...this.#limitSentences]
    if (this.#filesLeftOut > 0)
      limits.unshift(m.host_files_limit({ max: this.#limits.files, count: this.#filesLeftOut }))
    return {
      files: this.#files,
      problems: this.#problems,
      unlistedProblems: this.#unlistedProblems,
      limits,
    }
  }

  /** Adds a path that the user names. */
  async addNamed(path: string): Promise<void> {
    await this.#add(await findNamedPath(path, this.#directories), false)
  }

  async #add(path: string, isListed: boolean): Promise<void> {
    try {
      const stats = await statUserPath(path)
      if (stats.isDirectory()) {
        if (isListed && path === parse(path).root) this.#addProblem(path, m.host_playlist_whole_drive())
        else await this.#addFolder(path)
      } else if (!stats.isFile()) this.#addProblem(path, m.host_not_a_file())
      else if (isPlaylistName(path)) await this.#addPlaylist(path)
      else if (audioMimeType(path) === undefined) this.#addProblem(path, m.host_file_no_audio())
      else if (this.#files.length >= this.#limits.files) this.#filesLeftOut++
      else
        this.#files.push({
          file: path,
          path: displayPath(path),
          picture: await findPictureBeside(path, this.#pictures),
        })
    } catch (error) {
      this.#addProblem(path, describeReadError(error, 'file', path))
    }
  }

  async #addFolder(folder: string): Promise<void> {
    for await (const { files } of walk(folder, new AbortController().signal)) {
      if (this.#folders++ >= this.#limits.folders) {
        this.#limitSentences.push(
          m.host_folders_limit({ path: isolate(displayPath(folder)), max: this.#limits.folders }),
        )
        return
      }
      // An external track is listed under its whole path.
      for (const found of files)
        if (this.#files.length < this.#limits.files)
          this.#files.push({ ...found, path: displayPath(found.file) })
        else this.#filesLeftOut++
    }
  }

  async #addPlaylist(playlist: string): Promise<void> {
    if (this.#openPlaylists.includes(playlist) || this.#openPlaylists.length >= maxPlaylistDepth)
      return this.#addProblem(playlist, m.host_playlist_nested({ max: maxPlaylistDepth }))
    const bytes = await readUserFileAsync(playlist, this.#limits.playlistBytes)
    if (bytes === undefined) return this.#addProblem(playlist, m.host_playlist_too_long())
    const { entries, total } = parsePlaylist(Buffer.from(bytes), this.#limits.entries - this.#entries)
    if (total > entries.length)
      this.#limitSentences.push(
        m.host_playlist_entries_limit({
          path: isolate(displayPath(playlist)),
          max: this.#limits.entries,
          count: total - entries.length,
        }),
      )
    this.#entries += entries.length
    this.#openPlaylists.push(playlist)
    for (const [index, entry] of entries.entries()) {
      // Most entries need no access to the disk, so nothing else would run meanwhile.
      if (index % 100 === 99) await setImmediate()
      if (entry.locations.length === 0) continue
      const resolved = await this.#resolver.resolve(entry, playlist).catch((error: unknown) => {
        if (error instanceof DiskHangsError) return { reason: error.message }
        throw error
      })
      if ('path' in resolved) await this.#add(resolved.path, true)
      else if (!entry.isUncertain) this.#addProblem(entry.locations[0] ?? '', resolved.reason)
    }
    this.#openPlaylists.pop()
  }

  #addProblem(path: string, reason: string): void {
    if (this.#problems.length >= this.#limits.problems) this.#unlistedProblems++
    else this.#problems.push({ path: displayPath(path), reason })
  }
}

async function* listFiles(folder: string): AsyncGenerator<string[]> {
  for await (const { files } of walk(folder, new AbortController().signal))
    yield files.map(({ file }) => file)
}

/** Returns the picture of the file's folder; for a disc of an album, else that of the album's folder. `known` keeps those of the folders so far. */
export async function findPictureBeside(
  file: string,
  known: Map<string, string | undefined>,
): Promise<string | undefined> {
  const folder = dirname(file)
  const picture = await findPictureIn(folder, known)
  return picture ?? (isDiscFolder(basename(folder)) ? await findPictureIn(dirname(folder), known) : undefined)
}

async function findPictureIn(
  folder: string,
  known: Map<string, string | undefined>,
): Promise<string | undefined> {
  if (!known.has(folder)) {
    const entries = await readDirectory(folder).catch(() => [])
    const name = findFolderPicture(entries.map((entry) => entry.name))
    known.set(folder, name === undefined ? undefined : join(folder, name))
  }
  return known.get(folder)
}
