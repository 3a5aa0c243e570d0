import type { WalkedDirectory } from './directory-walk.ts'
import { type FolderIndex, joinPath } from './folder-index.ts'

/** Paths below the folder that the index knows and a scan has not found. */
export interface MissingPaths {
  readonly files: readonly string[]
  readonly directories: readonly string[]
}

/**
 * Returns what is missing after a scan that has come to its end. Nothing is missing in a directory that could not be read,
 * or below it. `only` are the directories that were scanned, if not all were.
 */
export function findMissing(
  index: FolderIndex,
  visited: readonly WalkedDirectory[],
  only: readonly string[] | undefined,
): MissingPaths {
  const files: string[] = []
  const found = new Set<string>()
  const unreadable: string[] = []
  const gone: string[] = []
  for (const walked of visited) {
    const { path, kind } = walked
    if (kind === 'gone') gone.push(path)
    else found.add(path)
    if (kind === 'unreadable') unreadable.push(path)
    if (kind !== 'listed') continue
    const present = new Set(walked.listing.files)
    for (const name of index.get(path)?.files.keys() ?? [])
      if (!present.has(name)) files.push(joinPath(path, name))
    const below = new Set([...walked.listing.folders, ...walked.listing.links])
    for (const name of index.get(path)?.folders ?? []) if (!below.has(name)) gone.push(joinPath(path, name))
  }
  const isBelow = (path: string, folders: readonly string[]) =>
    folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`))
  const directories = [...index.paths].filter((path) => {
    if (found.has(path) || isBelow(path, unreadable)) return false
    return only === undefined || isBelow(path, gone)
  })
  for (const directory of directories)
    for (const name of index.get(directory)?.files.keys() ?? []) files.push(joinPath(directory, name))
  return { files, directories }
}
