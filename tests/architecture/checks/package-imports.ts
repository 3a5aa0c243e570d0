import { importsOf, resolveImport, type SourceFile } from '../source-files.ts'

const name = '@skein/threading'
const folder = 'shared/threading/'

/** The package's own tests see its inside: the explorer and the conformance suite test what it does not export. */
const mayReachInside = (path: string): boolean =>
  path.startsWith(folder) || path.startsWith('tests/threading/')

/** Returns every import that reaches into the package past its `exports`, as `file imports module`. */
export function deepImports(files: readonly SourceFile[], exported: readonly string[]): readonly string[] {
  const allowed = new Set(exported.map((key) => key.replace(/^\./, name)))
  return files
    .filter((file) => !mayReachInside(file.path))
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => isDeep(file.path, specifier, allowed))
        .map((specifier) => `${file.path} imports ${specifier}`),
    )
}

function isDeep(from: string, specifier: string, allowed: ReadonlySet<string>): boolean {
  if (specifier === name || specifier.startsWith(`${name}/`)) return !allowed.has(specifier)
  return resolveImport(from, specifier)?.startsWith(folder) ?? false
}
