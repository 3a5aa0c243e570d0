import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../shared/i18n/messages.js'
import type { FileProblem } from '../../shared/library/track.ts'
import { audioMimeType, findFolderPicture } from './tags/media-file-names.ts'
import { describeReadError } from './tags/read-errors.ts'

/** An audio file as the walk found it. */
export interface FoundFile {
  /** The absolute path. */
  readonly file: string
  /** The path below the library's folder with `/` between names. */
  readonly path: string
  /** The absolute path of the picture beside it that may serve as its cover. */
  readonly picture: string | undefined
}

/** What one folder contains. */
export interface WalkedFolder {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

interface PendingFolder {
  readonly folder: string
  /** Path below the root with `/` after each name; empty for the root. */
  readonly prefix: string
}

/**
 * Walks a folder and everything below it, folder by folder, in the order of names. Links to folders are followed after
 * all real folders. No folder is entered twice, and none that contains the root.
 */
export async function* walk(root: string, signal: AbortSignal): AsyncGenerator<WalkedFolder> {
  const entered = await identitiesAbove(root)
  const pending: PendingFolder[] = [{ folder: root, prefix: '' }]
  const links: PendingFolder[] = []
  for (;;) {
    const next = pending.pop() ?? links.shift()
    if (next === undefined || signal.aborted) return
    yield await walkFolder(next, entered, pending, links)
  }
}

/** Returns a folder's device and inode, which are the same for every path to it. */
async function readFolderIdentity(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true })
  return `${dev}:${ino}`
}

async function identitiesAbove(root: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (let folder = dirname(resolve(root)); ; folder = dirname(folder)) {
    // An ancestor that cannot be read cannot be entered either.
    const key = await readFolderIdentity(folder).catch(() => undefined)
    if (key !== undefined) found.add(key)
    if (folder === dirname(folder)) return found
  }
}

async function walkFolder(
  { folder, prefix }: PendingFolder,
  entered: Set<string>,
  pending: PendingFolder[],
  links: PendingFolder[],
): Promise<WalkedFolder> {
  const files: FoundFile[] = []
  const problems: FileProblem[] = []
  let entries: Dirent[]
  try {
    const key = await readFolderIdentity(folder)
    if (entered.has(key)) return { files, problems }
    entered.add(key)
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    return {
      files,
      problems: [{ path: prefix.slice(0, -1) || '.', reason: describeReadError(error, 'folder', folder) }],
    }
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const pictureName = findFolderPicture(entries.map((entry) => entry.name))
  const picture = pictureName === undefined ? undefined : join(folder, pictureName)
  const below: PendingFolder[] = []
  for (const [index, entry] of entries.entries()) {
    if (index % 1000 === 999) await setImmediate()
    const file = join(folder, entry.name)
    const path = prefix + entry.name
    const kind = await readEntryKind(entry, file)
    if (kind === 'folder') below.push({ folder: file, prefix: `${path}/` })
    else if (kind === 'linkedFolder') links.push({ folder: file, prefix: `${path}/` })
    else if (audioMimeType(entry.name) === undefined) continue
    else if (kind === 'file') files.push({ file, path, picture })
    else
      problems.push({
        path,
        reason: kind === 'other' ? m.host_not_a_file() : describeReadError(kind, 'file', file),
      })
  }
  // The last folder pushed is walked first.
  pending.push(...below.reverse())
  return { files, problems }
}

/** Returns the kind of a folder's entry; for a link, of its target. Returns the error if that cannot be read. */
async function readEntryKind(
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
