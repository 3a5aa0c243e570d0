import type { CoverId, Track, TrackHistory, TrackId, TrackTags, UnavailableReason } from './track.ts'

/** A track as the library's database stores it, in JSON. */
export interface StoredTrack extends Omit<TrackHistory, 'rating' | 'lastPlayedAt' | 'unavailable'> {
  readonly id: TrackId
  readonly folderId: number | null
  /** Below its folder; absolute for an external file. Bytes that are not UTF-8 are lone surrogates. */
  readonly path: string
  readonly tags: TrackTags
  readonly cover: CoverId | null
  readonly rating: number | null
  readonly lastPlayedAt: number | null
  readonly unavailable: UnavailableReason | null
}

/** Many tracks as the database stores them. Only the thread that needs the tracks parses the text. */
export interface StoredTracks {
  /** A JSON array of `StoredTrack`. */
  readonly text: string
  /** What the shown paths of a folder's tracks begin with, by the folder's id; empty while one folder is open. */
  readonly labels: Readonly<Record<number, string>>
}

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

export function parseStoredTracks({ text, labels }: StoredTracks): Track[] {
  return (JSON.parse(text) as StoredTrack[]).map((record) =>
    trackFromRecord(record, shownPath(record.path, labels[record.folderId ?? 0])),
  )
}

/** Returns the path of a track as it is shown: U+FFFD stands for each byte that is not UTF-8. */
export function shownPath(path: string, label: string | undefined): string {
  return (label === undefined ? path : `${label}/${path}`).toWellFormed()
}
