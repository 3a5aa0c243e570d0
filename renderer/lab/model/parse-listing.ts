import type { Listing } from './exercise.ts'

/**
 * Returns what a page shows of the TypeScript that it runs: the parts of the source between the lines `// --- shown` and
 * `// --- end`, separated by a blank line, without the Lab's own statements. A line `at('label')` marks the line below
 * it; of several equal labels, the first counts. A line that ends in `// lab` is not shown. Throws Error if the source
 * has no such part, or a label has no line.
 */
export function parseTypeScriptListing(source: string): Listing {
  const lines: string[] = []
  const labels = new Map<string, number>()
  for (const line of extractShownLines(source.split(/\r?\n/))) {
    const label = /^\s*at\((['"`])(.+?)\1\);?\s*$/.exec(line)?.[2]
    if (label === undefined) {
      if (!/\/\/ lab\s*$/.test(line)) lines.push(line)
    } else if (!labels.has(label)) labels.set(label, lines.length + 1)
  }
  return createListing(lines, labels)
}

/**
 * Returns a Python program without the labels (`# @label`) at the ends of its lines. A line may have several labels
 * (`# @look @take one`).
 */
export function parsePythonListing(source: string): Listing {
  const lines: string[] = []
  const labels = new Map<string, number>()
  for (const line of source.replace(/^\n+|\s+$/g, '').split(/\r?\n/)) {
    const [, text = '', marks = ''] = /^(.*?)\s*(?:#((?: @\w[^@]*)+))?$/.exec(line) ?? []
    lines.push(text)
    for (const mark of marks.split('@').slice(1)) {
      const label = mark.trim()
      if (!labels.has(label)) labels.set(label, lines.length)
    }
  }
  return createListing(lines, labels)
}

function extractShownLines(lines: readonly string[]): string[] {
  const shown: string[] = []
  let inPart = false
  for (const line of lines) {
    if (/^\s*\/\/ --- shown\s*$/.test(line)) {
      if (shown.length > 0) shown.push('')
      inPart = true
    } else if (/^\s*\/\/ --- end\s*$/.test(line)) inPart = false
    else if (inPart) shown.push(line)
  }
  if (shown.length === 0) throw new Error('the source has no part between “// --- shown” and “// --- end”')
  return shown
}

function createListing(lines: readonly string[], labels: ReadonlyMap<string, number>): Listing {
  for (const [label, line] of labels) {
    if ((lines[line - 1] ?? '').trim() === '') throw new Error(`the label ${label} marks no line`)
  }
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const indent = Math.min(...indents)
  return { text: lines.map((line) => line.slice(indent)).join('\n'), labelLines: Object.fromEntries(labels) }
}
