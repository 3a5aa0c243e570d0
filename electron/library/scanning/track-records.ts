import type { Track } from '../../../shared/library/track.ts'
import type { StoredTrack } from '../database/requests/stored-tracks.ts'

/** Returns a stored track for the window. `path` is the one that it shows. */
export function trackFromRecord(record: StoredTrack, path: string): Track {
  return {
    id: record.id,
    ...record.tags,
    addedAt: record.addedAt,
    rating: record.rating ?? undefined,
    playCount: record.playCount,
    lastPlayedAt: record.lastPlayedAt ?? undefined,
    unavailable: record.unavailable ?? undefined,
    cover: record.cover ?? undefined,
    path,
  }
}

export const parseRecords = (text: string): StoredTrack[] => JSON.parse(text) as StoredTrack[]
