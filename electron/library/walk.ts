import { basename, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { m } from '../../shared/i18n/messages.js'
import type { FileProblem } from '../../shared/library/track.ts'
import { type DirectoryEntry, readDirectory } from '../platform/read-directory.ts'
import { displayPath } from '../platform/system-path.ts'
import { readEntryKind } from './listing/entry-target.ts'
import { findForbiddenFolders, readFolderIdentity } from './listing/folder-identity.ts'
import { isSkippedName } from './listing/skipped-names.ts'
import { audioMimeType, findFolderPicture, isDiscFolder } from './tags/media-file-names.ts'
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
  /** The picture in the folder above it. */
  readonly pictureAbove: string | undefined
}

/** What a walk has seen, and what it has yet to enter. */
interface WalkState {
  /** The identities of the folders that are not entered again, or not at all. */
  readonly entered: Set<string>
  /** The last one is entered first. */
  readonly pending: PendingFolder[]
  /** Links to folders. They are entered after all real folders. */
  readonly links: PendingFolder[]
}

/**
 * Walks a folder and everything below it, folder by folder, in the order of names. Links to folders are followed after
 * all real folders. No folder is entered twice, by whichever path, and none that contains the root. Hidden files and
 * folders, trash folders and folders of the system are passed over, except for the root itself.
 */
export async function* walk(root: string, signal: AbortSignal): AsyncGenerator<WalkedFolder> {
  const state: WalkState = {
    entered: await findForbiddenFolders(root),
    pending: [{ folder: root, prefix: '', pictureAbove: undefined }],
    links: [],
  }
  for (let nextLink = 0; ; ) {
    const next = state.pending.pop() ?? state.links[nextLink++]
    if (next === undefined || signal.aborted) return
    yield await walkFolder(next, state)
  }
}

async function walkFolder(
  { folder, prefix, pictureAbove }: PendingFolder,
  state: WalkState,
): Promise<WalkedFolder> {
  const { entered, pending, links } = state
  const files: FoundFile[] = []
  const problems: FileProblem[] = []
  let entries: DirectoryEntry[]
  try {
    const identity = await readFolderIdentity(folder)
    if (entered.has(identity)) return { files, problems }
    entered.add(identity)
    entries = await readDirectory(folder)
  } catch (error) {
    const path = displayPath(prefix.slice(0, -1)) || '.'
    return { files, problems: [{ path, reason: describeReadError(error, 'folder', folder) }] }
  }
  entries = entries.filter(({ name }) => !isSkippedName(name))
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const pictureName = findFolderPicture(entries.map(({ name }) => name))
  const ownPicture = pictureName === undefined ? undefined : join(folder, pictureName)
  const picture = ownPicture ?? (isDiscFolder(basename(folder)) ? pictureAbove : undefined)
  const below: PendingFolder[] = []
  for (const [index, entry] of entries.entries()) {
    if (index % 1000 === 999) await setImmediate()
    const file = join(folder, entry.name)
    const path = prefix + entry.name
    const kind = await readEntryKind(entry, file)
    if (kind === 'folder') below.push({ folder: file, prefix: `${path}/`, pictureAbove: ownPicture })
    else if (kind === 'linkedFolder')
      links.push({ folder: file, prefix: `${path}/`, pictureAbove: ownPicture })
    else if (audioMimeType(entry.name) === undefined) continue
    else if (kind === 'file') files.push({ file, path: displayPath(path), picture })
    else
      problems.push({
        path: displayPath(path),
        reason: kind === 'other' ? m.host_not_a_file() : describeReadError(kind, 'file', file),
      })
  }
  for (const next of below.reverse()) pending.push(next)
  return { files, problems }
}
