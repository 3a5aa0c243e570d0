import { rmSync } from 'node:fs'

/**
 * Removes a file or a folder with all below it. A read-only file system refuses even what does not exist; whoever no
 * longer needs a file has no use for that error.
 */
export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // It stays.
  }
}
