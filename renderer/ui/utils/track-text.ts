import { joinIsolated } from '../../../shared/isolate-text.ts'
import type { Track } from '../../../shared/library/track.ts'

/** Returns the artists, or else the album's artists. Names of different directions stay apart. */
export function artistText({ artists, albumArtists }: Track): string {
  return joinIsolated(artists.length > 0 ? artists : albumArtists, ', ')
}

export const genreText = ({ genres }: Track): string => joinIsolated(genres, ', ')

/** Returns the number on the disc, with the side of a record: `7`, `A1`. */
export const numberText = ({ side, number }: Track): string => `${side ?? ''}${number ?? ''}`
