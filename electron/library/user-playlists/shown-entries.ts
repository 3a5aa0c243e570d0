import type { MissingEntry, PlaylistId, PlaylistSplice } from '../../../shared/library/playlists/playlist.ts'
import { displayPath } from '../../platform/system-path.ts'
import type { ShownEntry } from '../database/requests/stored-entries.ts'

/** The entries that are replaced in a page's list. */
export interface ShownRange {
  readonly playlist: PlaylistId
  readonly start: number
  readonly removed: number
}

/** Returns the change of a list as a page gets it. */
export function spliceOf(range: ShownRange, entries: readonly ShownEntry[]): PlaylistSplice {
  return {
    ...range,
    tracks: entries.map(({ track, isListed }) => (isListed && track !== undefined ? track : 0)),
    missing: entries.filter(({ isListed }) => !isListed).map(missingEntry),
  }
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
