import type { ReplayGain } from '../../shared/library/track.ts'
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
    originalDate: tags.originalDate ?? null,
    discSubtitle: tags.discSubtitle ?? null,
    titleSort: tags.titleSort ?? null,
    artistSorts: tags.artistSorts,
    albumArtistSorts: tags.albumArtistSorts,
    albumSort: tags.albumSort ?? null,
    compilation: tags.isCompilation,
    replayGain: describeReplayGain(tags.replayGain),
    genres: tags.genres,
    duration: tags.duration ?? null,
    codec: tags.codec ?? null,
    cover: cover === undefined ? null : { type: cover.type, width: cover.width, height: cover.height },
    warnings: tags.warnings,
  }
}

function describeReplayGain(gain: ReplayGain | undefined): object | null {
  if (gain === undefined) return null
  return {
    trackGain: gain.trackGain ?? null,
    trackPeak: gain.trackPeak ?? null,
    albumGain: gain.albumGain ?? null,
    albumPeak: gain.albumPeak ?? null,
  }
}
