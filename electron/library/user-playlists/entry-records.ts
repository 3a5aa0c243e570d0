import type { TrackId } from '../../../shared/library/track.ts'
import type { EntryRecord } from '../database/requests/stored-entries.ts'
import type { WantedEntry } from '../playlists/matching/track-index.ts'
import { entryTags } from '../playlists/playlist-entry.ts'

/** Returns the entry of a track. */
export const entryOf = (track: TrackId): EntryRecord => ({
  track,
  location: undefined,
  title: undefined,
  artist: undefined,
  duration: undefined,
})

/** Returns what to look for if the track of an entry is not known. */
export const wantedOf = ({ location, title, artist, duration }: EntryRecord): WantedEntry => ({
  paths: location === undefined ? [] : [location],
  tags: entryTags({ title, artist, duration }),
})
