import { isScript, type SourceFile, syntaxTree, walk } from '../source-files.ts'

/** Returns the keys that sources read from the catalogue, as `m.key`. */
export function usedKeys(files: readonly SourceFile[]): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const file of files.filter(isScript)) {
    if (!/\bm\./.test(file.text)) continue
    walk(syntaxTree(file), (node) => {
      if (node.type !== 'MemberExpression' || node.computed === true) return
      const object = node.object as { type?: unknown; name?: unknown }
      const property = node.property as { name?: unknown }
      if (object.type === 'Identifier' && object.name === 'm' && typeof property.name === 'string')
        keys.add(property.name)
    })
  }
  return keys
}

/** Returns the keys of the catalogue that no source uses. */
export function unusedKeys(files: readonly SourceFile[], catalogue: readonly string[]): readonly string[] {
  const used = usedKeys(files)
  return catalogue.filter((key) => !used.has(key))
}

/** Returns the keys that a source uses and the catalogue lacks. */
export function missingKeys(files: readonly SourceFile[], catalogue: readonly string[]): readonly string[] {
  const known = new Set(catalogue)
  return [...usedKeys(files)].filter((key) => /_/.test(key) && !known.has(key))
}
