import type { SourceFile } from './source-files.ts'

/** Makes source files from their texts by path, for a test that a check finds what it has to find. */
export function planted(files: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }))
}
