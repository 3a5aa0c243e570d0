import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { m } from '../../shared/i18n/messages.js'
import type { FileProblem } from '../../shared/library/track.ts'
import { audioMimeType, findFolderPicture } from './tags/media-file-names.ts'
import { readUserFileAsync } from './tags/open-user-file.ts'
import { describeReadError } from './tags/read-errors.ts'
import { type FoundFile, walk } from './walk.ts'

/** The audio files that the user's paths stand for. */
export interface ExternalFiles {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

/** The maximum of files: a whole collection is opened as a folder. */
const maxFiles = 10_000
/** A longer file is not a playlist. */
const maxPlaylistBytes = 4 * 1024 * 1024

const playlistName = /\.m3u8?$/i

/** Whether a file is a playlist, by its name. */
export const isPlaylist = (path: string): boolean => playlistName.test(path)

/** Returns the folder to open as the library: a single path that is not a file. */
export async function resolveLibraryFolder(paths: readonly string[]): Promise<string | undefined> {
  const [path, another] = paths
  if (path === undefined || another !== undefined || audioMimeType(path) !== undefined || isPlaylist(path))
    return undefined
  const stats = await stat(path).catch(() => undefined)
  // A missing path is reported as a missing folder.
  return stats === undefined || stats.isDirectory() ? path : undefined
}

/** Returns the audio files that paths stand for, in order: a folder for all below it, a playlist (m3u) for its entries. */
export async function resolveExternalFiles(paths: readonly string[]): Promise<ExternalFiles> {
  const files: FoundFile[] = []
  const problems: FileProblem[] = []
  const pictures = new Map<string, string | undefined>()
  const add = async (path: string, isNamed: boolean): Promise<void> => {
    if (files.length >= maxFiles) return
    try {
      const stats = await stat(path)
      if (stats.isDirectory()) for (const found of await filesBelow(path)) files.push(found)
      else if (!stats.isFile()) problems.push({ path, reason: m.host_not_a_file() })
      else if (isNamed && isPlaylist(path)) {
        const songs = await readPlaylist(path)
        if (songs === undefined) problems.push({ path, reason: m.host_playlist_too_long() })
        else for (const song of songs) await add(song, false)
      } else if (audioMimeType(path) === undefined) problems.push({ path, reason: m.host_file_no_audio() })
      else files.push({ file: path, path, picture: await findPictureBeside(path, pictures) })
    } catch (error) {
      problems.push({ path, reason: describeReadError(error, 'file', path) })
    }
  }
  for (const path of paths) await add(path, true)
  return { files: files.slice(0, maxFiles), problems }
}

async function filesBelow(folder: string): Promise<FoundFile[]> {
  const files: FoundFile[] = []
  for await (const walked of walk(folder, AbortSignal.any([]))) {
    // An external track is listed under its whole path.
    for (const found of walked.files) files.push({ ...found, path: found.file })
    if (files.length >= maxFiles) break
  }
  return files
}

/** Returns the local files that a playlist names, one per line; relative paths start at its folder. Undefined if it is too long. */
async function readPlaylist(path: string): Promise<string[] | undefined> {
  const content = await readUserFileAsync(path, maxPlaylistBytes)
  if (content === undefined) return undefined
  const bytes = Buffer.from(content)
  const text = bytes.toString('utf8')
  // Old playlists are rarely UTF-8; Latin-1 reads most of them.
  const lines = (text.includes('\uFFFD') ? bytes.toString('latin1') : text)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => localPath(line) ?? [])
    .map((entry) => resolve(dirname(path), entry))
}

/** Returns undefined for an address that is not a file of this machine. */
function localPath(line: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(line)) return line
  try {
    return fileURLToPath(line)
  } catch {
    return undefined
  }
}

/** Returns the picture of the file's folder. `known` keeps those of the folders so far. */
export async function findPictureBeside(
  file: string,
  known: Map<string, string | undefined>,
): Promise<string | undefined> {
  const folder = dirname(file)
  if (!known.has(folder)) {
    const name = findFolderPicture(await readdir(folder).catch(() => []))
    known.set(folder, name === undefined ? undefined : join(folder, name))
  }
  return known.get(folder)
}
