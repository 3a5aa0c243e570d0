import { basename, dirname } from 'node:path/posix'
import { isScript, type SourceFile } from '../source-files.ts'

export const maxFilesPerFolder = 20

/** Returns every folder with more files of its own than allowed, with their number. */
export function largeFolders(files: readonly SourceFile[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file.path), (counts.get(dirname(file.path)) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > maxFilesPerFolder)
    .map(([folder, count]) => `${folder} has ${count} files`)
}

/** Returns the names that two files of one layer share. A layer is a folder at the root. */
export function repeatedFileNames(files: readonly SourceFile[]): readonly string[] {
  const paths = new Map<string, string[]>()
  for (const { path } of files.filter((file) => isScript(file) && basename(file.path) !== 'index.ts')) {
    const key = `${path.split('/')[0]}/…/${basename(path)}`
    paths.set(key, [...(paths.get(key) ?? []), path])
  }
  return [...paths.values()].filter((same) => same.length > 1).map((same) => same.join(' and '))
}
