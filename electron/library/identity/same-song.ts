import type { TrackTags } from '../../../shared/library/track.ts'

/** What names a song. */
export type SongNames = Pick<TrackTags, 'title' | 'artists' | 'album' | 'disc' | 'number' | 'duration'>

/** Seconds by which the durations of two copies of a song may differ. */
const maxDurationDifference = 3

/** Whether two files contain the same song by their tags: the same title, and nothing that contradicts it. */
export function isSameSong(a: SongNames, b: SongNames): boolean {
  return (
    fold(a.title) === fold(b.title) &&
    agree(a.artists.map(fold).join('\n') || undefined, b.artists.map(fold).join('\n') || undefined) &&
    agree(fold(a.album), fold(b.album)) &&
    agree(a.disc, b.disc) &&
    agree(a.number, b.number) &&
    haveSimilarDurations(a.duration, b.duration)
  )
}

/** Whether the tags are detailed enough to tell one song from all others. */
export function isIdentified({ artists, album, number }: SongNames): boolean {
  return artists.length > 0 && album !== undefined && number !== undefined
}

function agree<Value>(a: Value | undefined, b: Value | undefined): boolean {
  return a === undefined || b === undefined || a === b
}

function haveSimilarDurations(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined || Math.abs(a - b) <= maxDurationDifference
}

function fold(text: string): string
function fold(text: string | undefined): string | undefined
function fold(text: string | undefined): string | undefined {
  return text?.normalize('NFC').trim().toLowerCase() || undefined
}
