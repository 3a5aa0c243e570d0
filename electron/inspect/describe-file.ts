import type { TrackReadResult } from '../library/tracks/read-track.ts'

/** Returns what a file contains, as it is printed: a missing value is null, so that each line has the same members. */
export function describeFile(path: string, result: TrackReadResult): object {
  if ('reason' in result) return { path, error: result.reason }
  const { tags, cover } = result
  return {
    path,
    title: tags.title,
    artists: tags.artists,
    albumArtists: tags.albumArtists,
    album: tags.album ?? null,
    disc: tags.disc ?? null,
    track: tags.side === undefined ? (tags.number ?? null) : `${tags.side}${tags.number ?? ''}`,
    date: tags.date ?? null,
    genres: tags.genres,
    duration: tags.duration ?? null,
    codec: tags.codec ?? null,
    cover: cover === undefined ? null : { type: cover.type, width: cover.width, height: cover.height },
    warnings: tags.warnings,
  }
}
