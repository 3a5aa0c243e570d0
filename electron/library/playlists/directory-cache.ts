import { join, parse, sep } from 'node:path'
import { errorCode } from '../../platform/node-errors.ts'
import { readDirectory } from '../../platform/read-directory.ts'
import { displayPath } from '../../platform/system-path.ts'
import { DiskHangsError, statUserPath } from '../../platform/user-disk.ts'

/** What may differ between a written name and the real one, from the least to the most. */
export const nameMatches = ['exact', 'normalForm', 'case', 'invalidBytes'] as const

export type NameMatch = (typeof nameMatches)[number]

const keys: Readonly<Record<NameMatch, (name: string) => string>> = {
  exact: (name) => name,
  normalForm: (name) => name.normalize('NFC'),
  case: foldName,
  // A program that decodes arguments writes U+FFFD for bytes that are not UTF-8.
  invalidBytes: displayPath,
}

/** Returns the same text for names that differ in their case and normal form only. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC')
}

/** The names in a directory, by their keys for each match. */
type Listing = Map<NameMatch, ReadonlyMap<string, string>>

/** Names in memory. With more, the cache starts again. */
const maxCachedNames = 1_000_000

/** Finds paths by the names that directories contain. Each directory is read once. */
export class DirectoryCache {
  readonly #listings = new Map<string, Listing | 'unreadable'>()
  #cachedNames = 0

  /** Returns the path of an existing file or folder that differs from an absolute path by no more than `match`. */
  async find(path: string, match: NameMatch): Promise<string | undefined> {
    const { root } = parse(path)
    let found = root
    for (const name of path.slice(root.length).split(sep)) {
      if (name === '') continue
      const listing = this.#listings.get(found) ?? (await this.#read(found))
      const real = listing === 'unreadable' ? name : findName(listing, name, match)
      if (real === undefined) return undefined
      found = join(found, real)
      if (listing === 'unreadable' && !(await exists(found))) return undefined
    }
    return found
  }

  async #read(folder: string): Promise<Listing | 'unreadable'> {
    let listing: Listing | 'unreadable'
    try {
      const names = (await readDirectory(folder)).map(({ name }) => name)
      if (this.#cachedNames + names.length > maxCachedNames) this.#clear()
      this.#cachedNames += names.length
      listing = new Map([['exact', new Map(names.map((name) => [name, name]))]])
    } catch (error) {
      if (error instanceof DiskHangsError) throw error
      listing = missingCodes.has(errorCode(error) ?? '') ? new Map() : 'unreadable'
    }
    this.#listings.set(folder, listing)
    return listing
  }

  #clear(): void {
    this.#listings.clear()
    this.#cachedNames = 0
  }
}

/** What the system reports for a folder that does not exist. In any other folder a file may be. */
const missingCodes: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])

function findName(listing: Listing, name: string, match: NameMatch): string | undefined {
  const names = listing.get('exact')
  const exact = names?.get(name)
  if (names === undefined || exact !== undefined || match === 'exact') return exact
  let byKey = listing.get(match)
  if (byKey === undefined) {
    // The first one of equal keys counts.
    byKey = new Map(
      [...names.keys()]
        .sort()
        .reverse()
        .map((real) => [keys[match](real), real]),
    )
    listing.set(match, byKey)
  }
  return byKey.get(keys[match](name))
}

async function exists(path: string): Promise<boolean> {
  return await statUserPath(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof DiskHangsError) throw error
      return false
    },
  )
}
