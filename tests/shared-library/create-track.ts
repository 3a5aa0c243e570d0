import type { Track } from '../../shared/library/track.ts'

/** A track with these tags; everything else is missing. */
export function createTrack(id: number, tags: Partial<Track> = {}): Track {
  return {
    id,
    title: `Track ${id}`,
    artists: [],
    albumArtists: [],
    album: undefined,
    disc: undefined,
    number: undefined,
    side: undefined,
    date: undefined,
    genres: [],
    composers: [],
    duration: undefined,
    codec: undefined,
    isPlayable: true,
    warnings: [],
    cover: undefined,
    path: `${id}.mp3`,
    ...tags,
  }
}
