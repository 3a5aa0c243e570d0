import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FileProblem } from '../../shared/library/track.ts'
import { describeReadError, fileIsNoAudio, notAFile } from '../platform/file-errors.ts'
import { audioMimeType, findFolderPicture } from './tags/media-file-names.ts'
import { type FoundFile, walk } from './walk.ts'

/** What paths from outside stand for. */
export interface ExternalFiles {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

/** More files than this are not taken: who wants a whole collection opens its folder. */
const maxFiles = 10_000
/** No list of songs that anybody wrote is longer; what is longer is none. */
const maxPlaylistBytes = 4 * 1024 * 1024

const playlistTooLong = 'It is too long for a playlist: open its folder instead.'

const playlistName = /\.m3u8?$/i

/** The folder that is to be opened as the library: a single path that is no file. */
export async function resolveLibraryFolder(paths: readonly string[]): Promise<string | undefined> {
  const [path, another] = paths
  if (
    path === undefined ||
    another !== undefined ||
    audioMimeType(path) !== undefined ||
    playlistName.test(path)
  )
    return undefined
  const stats = await stat(path).catch(() => undefined)
  // What is not there is told as a folder that is not there.
  return stats === undefined || stats.isDirectory() ? path : undefined
}

/** The audio files that paths stand for, in order: a folder for all below it, a playlist (m3u) for those it names. */
export async function resolveExternalFiles(paths: readonly string[]): Promise<ExternalFiles> {
  const files: FoundFile[] = []
  const problems: FileProblem[] = []
  const pictures = new Map<string, string | undefined>()
  const add = async (path: string, isNamed: boolean): Promise<void> => {
    if (files.length >= maxFiles) return
    try {
      const stats = await stat(path)
      if (stats.isDirectory()) for (const found of await filesBelow(path)) files.push(found)
      else if (!stats.isFile()) problems.push({ path, reason: notAFile })
      else if (isNamed && playlistName.test(path)) {
        if (stats.size > maxPlaylistBytes) problems.push({ path, reason: playlistTooLong })
        else for (const song of await readPlaylist(path)) await add(song, false)
      } else if (audioMimeType(path) === undefined) problems.push({ path, reason: fileIsNoAudio })
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
    // A file from outside is known by its whole path.
    for (const found of walked.files) files.push({ ...found, path: found.file })
    if (files.length >= maxFiles) break
  }
  return files
}

/** The local files that a playlist names, one a line, those that are not absolute from its own folder on. */
async function readPlaylist(list: string): Promise<string[]> {
  const bytes = await readFile(list)
  const text = bytes.toString('utf8')
  // Old lists are in the encoding of their time; Latin-1 reads most of them.
  const lines = (text.includes('\uFFFD') ? bytes.toString('latin1') : text)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => localPath(line) ?? [])
    .map((path) => resolve(dirname(list), path))
}

/** Undefined for an address that is no file of this machine. */
function localPath(line: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(line)) return line
  try {
    return fileURLToPath(line)
  } catch {
    return undefined
  }
}

async function findPictureBeside(
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
