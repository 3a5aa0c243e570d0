import type { Track } from '../../shared/library/track.ts'

/** A track with these tags; everything else is missing. */
export function createTrack(id: number, tags: Partial<Track> = {}): Track {
  return {
    id,
    title: `Track ${id}`,
    artist: undefined,
    albumArtist: undefined,
    album: undefined,
    disc: undefined,
    number: undefined,
    year: undefined,
    genre: undefined,
    duration: undefined,
    cover: undefined,
    path: `${id}.mp3`,
    ...tags,
  }
}
