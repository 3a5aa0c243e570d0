import { basename, parse } from 'node:path'

/**
 * A text with its paths shortened, so that it may be shown to others. The home folder becomes `~`, a music folder its
 * name; what follows in it is left out to the end of the line, since those are names of artists and songs and nothing
 * tells where they end.
 */
export function redactPaths(text: string, home: string, musicFolders: Iterable<string>): string {
  let short = text
  const longestFirst = [...musicFolders].sort((one, other) => other.length - one.length)
  for (const folder of longestFirst) {
    const name = basename(folder)
    for (const spelling of spellings(folder))
      short = short.replace(
        new RegExp(`${spelling}(?:([\\\\/]).*)?(?![\\w-])`, 'g'),
        (_all, below?: string) => (below === undefined ? name : `${name}${below}…`),
      )
  }
  for (const spelling of spellings(home)) short = short.replace(new RegExp(`${spelling}(?![\\w-])`, 'g'), '~')
  return short
}

/** As it is and as an address has it, for a pattern. Nothing for a whole disk: its name is part of every path. */
function spellings(folder: string): readonly string[] {
  if (folder === '' || parse(folder).root === folder) return []
  const both = new Set([folder, encodeURI(folder)])
  return [...both].map((spelling) => spelling.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
