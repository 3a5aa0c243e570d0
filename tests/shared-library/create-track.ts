import { newTrackHistory, type Track } from '../../shared/library/track.ts'

/** A track with these tags; everything else is missing. */
export function createTrack(id: number, tags: Partial<Track> = {}): Track {
  return {
    id,
    title: `Track ${id}`,
    artists: [],
    albumArtists: [],
    album: undefined,
    titleSort: undefined,
    artistSorts: [],
    albumArtistSorts: [],
    albumSort: undefined,
    disc: undefined,
    discSubtitle: undefined,
    number: undefined,
    side: undefined,
    date: undefined,
    originalDate: undefined,
    isCompilation: false,
    replayGain: undefined,
    genres: [],
    composers: [],
    duration: undefined,
    codec: undefined,
    isPlayable: true,
    warnings: [],
    ...newTrackHistory(0),
    cover: undefined,
    path: `${id}.mp3`,
    ...tags,
  }
}
