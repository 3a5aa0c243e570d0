import { rmSync } from 'node:fs'

/**
 * Removes a file, or with `recursive` a folder. An error is ignored: nothing needs it any more, and the system clears
 * temporary folders. A read-only file system refuses even what does not exist.
 */
export function removeIfPossible(path: string, { recursive = false } = {}): void {
  try {
    rmSync(path, { recursive, force: true })
  } catch {
    // It stays.
  }
}
