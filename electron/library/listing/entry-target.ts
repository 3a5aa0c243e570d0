import type { DirectoryEntry } from '../../platform/read-directory.ts'
import { statUserPath } from '../../platform/user-disk.ts'

/** Returns the kind of a folder's entry; for a link, of its target. Returns the error if that cannot be read. */
export async function readEntryKind(
  { kind }: DirectoryEntry,
  path: string,
): Promise<'file' | 'folder' | 'linkedFolder' | 'other' | Error> {
  if (kind !== 'link' && kind !== undefined) return kind
  try {
    const target = await statUserPath(path, path)
    if (target.isFile()) return 'file'
    if (!target.isDirectory()) return 'other'
    return kind === 'link' ? 'linkedFolder' : 'folder'
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
