import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { FileProblem } from '../../shared/library/track.ts'
import { audioType, folderPicture } from './audio-name.ts'
import { notAFile, whyUnreadable } from './reasons.ts'

/** An audio file as the walk found it. */
export interface FoundFile {
  /** The absolute path. */
  readonly file: string
  /** The path below the library's folder with `/` between names. */
  readonly path: string
  /** The absolute path of the picture beside it that may serve as its cover. */
  readonly picture: string | undefined
}

/** What one folder gave. */
export interface WalkedFolder {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

interface Place {
  readonly folder: string
  /** Path below the root with `/` after each name; empty for the root. */
  readonly prefix: string
}

/**
 * Walks a folder and everything below it, folder by folder, names in order. Links to folders are followed after
 * all real folders; no folder is entered twice, and none that contains the root.
 */
export async function* walk(root: string, signal: AbortSignal): AsyncGenerator<WalkedFolder> {
  const entered = await foldersAbove(root)
  const places: Place[] = [{ folder: root, prefix: '' }]
  const links: Place[] = []
  for (;;) {
    const place = places.pop() ?? links.shift()
    if (place === undefined || signal.aborted) return
    yield await walkFolder(place, entered, places, links)
  }
}

/** Identifies a folder by device and inode, whichever path led to it. */
async function identity(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true })
  return `${dev}:${ino}`
}

async function foldersAbove(root: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (let folder = dirname(resolve(root)); ; folder = dirname(folder)) {
    // An ancestor that may not be looked at cannot be entered either.
    const key = await identity(folder).catch(() => undefined)
    if (key !== undefined) found.add(key)
    if (folder === dirname(folder)) return found
  }
}

async function walkFolder(
  place: Place,
  entered: Set<string>,
  places: Place[],
  links: Place[],
): Promise<WalkedFolder> {
  const files: FoundFile[] = []
  const problems: FileProblem[] = []
  let entries: Dirent[]
  try {
    const key = await identity(place.folder)
    if (entered.has(key)) return { files, problems }
    entered.add(key)
    entries = await readdir(place.folder, { withFileTypes: true })
  } catch (error) {
    return {
      files,
      problems: [
        { path: place.prefix.slice(0, -1) || '.', reason: whyUnreadable(error, 'folder', place.folder) },
      ],
    }
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const pictureName = folderPicture(entries.map((entry) => entry.name))
  const picture = pictureName === undefined ? undefined : join(place.folder, pictureName)
  const below: Place[] = []
  for (const [index, entry] of entries.entries()) {
    if (index % 1000 === 999) await setImmediate()
    const file = join(place.folder, entry.name)
    const path = place.prefix + entry.name
    const kind = await kindOf(entry, file)
    if (kind === 'folder') below.push({ folder: file, prefix: `${path}/` })
    else if (kind === 'linkedFolder') links.push({ folder: file, prefix: `${path}/` })
    else if (audioType(entry.name) === undefined) continue
    else if (kind === 'file') files.push({ file, path, picture })
    else problems.push({ path, reason: kind === 'other' ? notAFile : whyUnreadable(kind, 'file', file) })
  }
  // The last one pushed is walked first.
  places.push(...below.reverse())
  return { files, problems }
}

/** What stands behind a folder's entry; a link or an entry of unknown type is looked at. Answers the error if that fails. */
async function kindOf(
  entry: Dirent,
  path: string,
): Promise<'file' | 'folder' | 'linkedFolder' | 'other' | Error> {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) return 'other'
  try {
    const target = await stat(path)
    if (target.isFile()) return 'file'
    if (!target.isDirectory()) return 'other'
    return entry.isSymbolicLink() ? 'linkedFolder' : 'folder'
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
