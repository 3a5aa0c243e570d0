import type { MissingEntry, PlaylistId, PlaylistSplice } from '../../../shared/library/playlists/playlist.ts'
import { displayPath } from '../../platform/system-path.ts'
import type { ShownEntry } from '../database/requests/stored-entries.ts'
import type { PlaylistLibrary } from './playlist-library.ts'

/** The entries that are replaced in a page's list. */
export interface ShownRange {
  readonly playlist: PlaylistId
  readonly start: number
  readonly removed: number
}

/** Returns the change of a list as a page gets it. */
export function spliceOf(
  range: ShownRange,
  entries: readonly ShownEntry[],
  library: Pick<PlaylistLibrary, 'isListed'>,
): PlaylistSplice {
  const ids = entries.map(({ track, isListed, isExternal }) => {
    if (track === undefined || !isListed) return 0
    return isExternal && !library.isListed(track) ? 0 : track
  })
  const missing = entries.filter((_entry, index) => ids[index] === 0)
  return { ...range, tracks: ids, missing: missing.map(missingEntry) }
}

function missingEntry({ title, artist, location = '' }: ShownEntry): MissingEntry {
  const path = displayPath(location)
  return { title: title ?? fileNameOf(path), artist, location: path }
}

const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) || path

/** Returns entries in parts of at most `size`. */
export function partsOf<Entry>(entries: readonly Entry[], size: number): (readonly Entry[])[] {
  const count = Math.ceil(entries.length / size)
  return Array.from({ length: count }, (_, index) => entries.slice(index * size, (index + 1) * size))
}
