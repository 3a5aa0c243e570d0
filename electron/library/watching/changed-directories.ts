import { lstat } from 'node:fs/promises'
import { dirname, extname, sep } from 'node:path'
import { isSkippedName } from '../listing/skipped-names.ts'
import { audioMimeType } from '../tags/media-file-names.ts'

/** A change as the system reports it. */
export interface FileChange {
  readonly type: 'create' | 'update' | 'delete'
  readonly path: string
}

/** The directories of a group of changes. */
export interface ChangedDirectories {
  /** The directories whose entries have changed. */
  readonly changed: Set<string>
  /** The directories among them that are new. */
  readonly created: Set<string>
}

const pictureExtensions: ReadonlySet<string> = new Set([
  '.jpg',
  '.jpeg',
  '.png',
  '.webp',
  '.gif',
  '.bmp',
  '.avif',
])

/** Returns the directories below `root` that the scan has to read again. Changes that cannot concern it are left out. */
export async function findChangedDirectories(
  root: string,
  changes: readonly FileChange[],
): Promise<ChangedDirectories> {
  const changed = new Set<string>()
  const created = new Set<string>()
  for (const { type, path } of changes) {
    if (isSkipped(root, path)) continue
    if (path === root) changed.add(root)
    else if (isMedia(path)) changed.add(parentOf(root, path))
    else if (type === 'delete') changed.add(parentOf(root, path))
    else if (type === 'create' && (await isDirectory(path))) {
      changed.add(parentOf(root, path)).add(path)
      created.add(path)
    }
  }
  return { changed, created }
}

/** Returns the directories that are not below another one of them. */
export function topmostDirectories(directories: Iterable<string>): string[] {
  const sorted = [...directories].sort((a, b) => a.length - b.length)
  const top = new Set<string>()
  for (const directory of sorted) {
    let parent = dirname(directory)
    while (!top.has(parent) && parent !== dirname(parent)) parent = dirname(parent)
    if (!top.has(parent)) top.add(directory)
  }
  return [...top]
}

/** U+FFFD stands for bytes that are no text: the nearest folder above with a valid path is used. */
function parentOf(root: string, path: string): string {
  let parent = dirname(path)
  while (parent.includes('\ufffd') && parent.length > root.length) parent = dirname(parent)
  return parent
}

function isSkipped(root: string, path: string): boolean {
  return path.slice(root.length).split(sep).some(isSkippedName)
}

function isMedia(path: string): boolean {
  return audioMimeType(path) !== undefined || pictureExtensions.has(extname(path).toLowerCase())
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory()
  } catch {
    return false
  }
}
