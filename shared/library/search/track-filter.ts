import type { TextFolder } from '../fold-text.ts'
import { type Track, yearOf } from '../track.ts'
import type { DateFilter, NumberFilter, SearchTerm, TextFilter } from './parse-query.ts'

const textsOf: Readonly<Record<TextFilter, (track: Track) => readonly (string | undefined)[]>> = {
  artist: ({ artists, albumArtists }) => (artists.length > 0 ? artists : albumArtists),
  albumartist: ({ albumArtists }) => albumArtists,
  album: ({ album }) => [album],
  genre: ({ genres }) => genres,
  title: ({ title }) => [title],
  composer: ({ composers }) => composers,
  path: ({ path }) => [path],
}

/** Unrated tracks have the rating 0, so that `rating:0` finds them. */
const numberOf: Readonly<Record<NumberFilter, (track: Track) => number | undefined>> = {
  year: yearOf,
  rating: ({ rating }) => rating ?? 0,
  plays: ({ playCount }) => playCount,
}

const timeOf: Readonly<Record<DateFilter, (track: Track) => number | undefined>> = {
  added: ({ addedAt }) => addedAt,
  played: ({ lastPlayedAt }) => lastPlayedAt,
}

export type FilterTerm = Exclude<SearchTerm, { kind: 'word' }>

/** Whether the tracks that a term matches depend only on tags and paths, which rarely change. */
export const dependsOnHistory = ({ kind, field }: FilterTerm): boolean =>
  kind === 'date' || field === 'rating' || field === 'plays'

/** Returns whether a track matches a filter, without regard to its minus. */
export function compileFilter(term: FilterTerm, folder: TextFolder): (track: Track) => boolean {
  if (term.kind === 'text') return compileTextFilter(term, folder)
  const { min, max } = term
  if (term.kind === 'number') {
    const number = numberOf[term.field]
    return (track) => {
      const value = number(track)
      return value !== undefined && value >= min && value <= max
    }
  }
  const time = timeOf[term.field]
  return (track) => {
    const value = time(track)
    return value !== undefined && value >= min && value < max
  }
}

/** Tests each text once: the tracks of an album have most of them in common. */
function compileTextFilter(
  { field, text: searched }: Extract<FilterTerm, { kind: 'text' }>,
  folder: TextFolder,
): (track: Track) => boolean {
  const texts = textsOf[field]
  const results = new Map<string, boolean>()
  const matches = (text: string | undefined): boolean => {
    if (text === undefined) return false
    let result = results.get(text)
    if (result === undefined) {
      result = folder.fold(text).includes(searched)
      results.set(text, result)
    }
    return result
  }
  return (track) => texts(track).some(matches)
}
