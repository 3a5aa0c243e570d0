import { newTrackHistory, noTags, type Track } from '../../shared/library/track.ts'

/** A track with these tags; everything else is missing. */
export function createTrack(id: number, tags: Partial<Track> = {}): Track {
  return {
    id,
    title: `Track ${id}`,
    ...noTags,
    ...newTrackHistory(0),
    cover: undefined,
    path: `${id}.mp3`,
    ...tags,
  }
}
