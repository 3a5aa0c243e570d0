import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { decodePath, toSystemPath } from './system-path.ts'
import { userDisks } from './user-disk.ts'

/** An entry of a directory. The kind is undefined where the file system does not report it. */
export interface DirectoryEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other' | undefined
}

/** Reads a directory of the user, including names that are not valid UTF-8. */
export async function readDirectory(folder: string): Promise<DirectoryEntry[]> {
  return await userDisks.access(folder, () => readEntries(folder))
}

async function readEntries(folder: string): Promise<DirectoryEntry[]> {
  const path = toSystemPath(folder)
  const entries = await readdir(path, { withFileTypes: true })
  // Node writes U+FFFD for what it cannot decode. Few directories contain such a name and are read twice.
  if (process.platform === 'win32' || entries.every(({ name }) => !name.includes('\uFFFD')))
    return entries.map((entry) => ({ name: entry.name, kind: entryKind(entry) }))
  const exact = await readdir(path, { withFileTypes: true, encoding: 'buffer' })
  return exact.map((entry) => ({ name: decodePath(entry.name), kind: entryKind(entry) }))
}

/** Returns the kind of an entry as the file system reports it. */
export function entryKind(entry: Dirent<string> | Dirent<Buffer>): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) return 'other'
  return undefined
}
