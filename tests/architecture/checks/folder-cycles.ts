import { dirname } from 'node:path/posix'
import { importsOf, resolveImport, type SourceFile } from '../source-files.ts'

/**
 * Returns every cycle between folders, as the sorted folders of one strongly connected component. A type import counts
 * too: whoever reads one of the folders has to read the others.
 */
export function folderCycles(files: readonly SourceFile[]): readonly string[] {
  const imports = folderImports(files)
  const reachable = new Map([...imports.keys()].map((folder) => [folder, reachableFrom(folder, imports)]))
  const cycles = [...reachable]
    .filter(([folder, found]) => found.has(folder))
    .map(([folder, found]) => [...found].filter((other) => reachable.get(other)?.has(folder)).sort())
  return [...new Set(cycles.map((folders) => folders.join(', ')))]
}

function folderImports(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const imports = new Map<string, Set<string>>()
  const paths = new Set(files.map((file) => file.path))
  for (const file of files) {
    const from = dirname(file.path)
    for (const specifier of importsOf(file)) {
      const path = resolveImport(file.path, specifier)
      if (path === undefined || !paths.has(path) || dirname(path) === from) continue
      imports.set(from, (imports.get(from) ?? new Set()).add(dirname(path)))
    }
  }
  return imports
}

function reachableFrom(start: string, imports: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>()
  const pending = [start]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const next of imports.get(folder) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      pending.push(next)
    }
  }
  return found
}
