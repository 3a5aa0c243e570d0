import { basename, parse } from 'node:path'

/**
 * Shortens the paths in a text, so that it can be shown to others. The home folder becomes `~`, a music folder its name.
 * What follows a music folder is left out to the next line of a stack: it names artists and songs, and its end is unknown.
 */
export function redactPaths(text: string, home: string, musicFolders: Iterable<string>): string {
  let short = text
  const longestFirst = [...musicFolders].sort((one, other) => other.length - one.length)
  for (const folder of longestFirst) {
    const name = basename(folder)
    for (const spelling of spellings(folder))
      short = short.replace(
        new RegExp(`${spelling}(?:([\\\\/])${rest})?(?![\\w-])`, 'g'),
        (_all, below?: string) => (below === undefined ? name : `${name}${below}…`),
      )
  }
  for (const spelling of spellings(home)) short = short.replace(new RegExp(`${spelling}(?![\\w-])`, 'g'), '~')
  return short
}

/** The rest of the line, and further lines that are no part of a stack: a name may contain a line break. */
const rest = '.*(?:\\n(?! {2,}at ).*)*'

/** Returns patterns for a folder as a path and as an address; none for a root, which is part of every path. */
function spellings(folder: string): readonly string[] {
  if (folder === '' || parse(folder).root === folder) return []
  const both = new Set([folder, encodeURI(folder)])
  return [...both].map((spelling) => spelling.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
