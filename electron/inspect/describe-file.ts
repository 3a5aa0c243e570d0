import type { TrackReadResult } from '../library/tags/read-track.ts'

/** Returns what a file contains, as it is printed: a missing value is null, so that each line has the same members. */
export function describeFile(path: string, result: TrackReadResult): object {
  if ('reason' in result) return { path, error: result.reason }
  const { tags } = result
  return {
    path,
    title: tags.title,
    artists: tags.artist === undefined ? [] : [tags.artist],
    albumArtists: tags.albumArtist === undefined ? [] : [tags.albumArtist],
    album: tags.album ?? null,
    disc: tags.disc ?? null,
    track: tags.number ?? null,
    date: tags.year === undefined ? null : String(tags.year),
    genres: tags.genre === undefined ? [] : [tags.genre],
    duration: tags.duration ?? null,
    codec: null,
    cover: null,
    warnings: [],
  }
}
