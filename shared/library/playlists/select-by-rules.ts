import { type Track, yearOf } from '../track.ts'
import { compileRules } from './match-rules.ts'
import type { SmartLimit, SmartRules, SmartSort, SmartSortField } from './smart-rules.ts'

/** Sorts by the user's alphabet, and `2` before `10`. Case and accents make no difference. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export interface SelectionContext {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Determines a random order: the same seed gives the same order. */
  readonly seed: number
}

type SortValue = string | number | undefined

/** The values that tracks are sorted by, the most important one first. Missing values come last. */
const sortValues: Readonly<
  Record<Exclude<SmartSortField, 'random'>, (track: Track) => readonly SortValue[]>
> = {
  artist: (track) => [artistSortOf(track), track.date, track.album, ...indexOf(track)],
  album: (track) => [track.albumSort ?? track.album, artistSortOf(track), ...indexOf(track)],
  title: (track) => [track.titleSort ?? track.title, artistSortOf(track)],
  year: (track) => [yearOf(track), artistSortOf(track), track.album, ...indexOf(track)],
  rating: (track) => [track.rating ?? 0, ...naturalOf(track)],
  plays: (track) => [track.playCount, ...naturalOf(track)],
  minutes: (track) => [track.duration, ...naturalOf(track)],
  added: (track) => [track.addedAt, ...naturalOf(track)],
  lastPlayed: (track) => [track.lastPlayedAt, ...naturalOf(track)],
}

const naturalOf = (track: Track): SortValue[] => [artistSortOf(track), track.album, ...indexOf(track)]

const indexOf = (track: Track): SortValue[] => [track.disc ?? 1, track.side ?? '', track.number, track.path]

const artistSortOf = (track: Track): string | undefined =>
  track.albumArtistSorts[0] ?? track.albumArtists[0] ?? track.artistSorts[0] ?? track.artists[0]

/** Returns the tracks of a smart playlist, in its order. */
export function selectByRules(
  tracks: Iterable<Track>,
  rules: SmartRules,
  context: SelectionContext,
): readonly Track[] {
  const matches = compileRules(rules, context.now)
  const selected: Track[] = []
  for (const track of tracks) if (matches(track)) selected.push(track)
  return cut(sortTracks(selected, rules.sort, context.seed), rules.limit)
}

/** Returns tracks in a sort order. Of equal ones, the one with the lower id comes first. */
function sortTracks(
  tracks: readonly Track[],
  { field, descending }: SmartSort,
  seed: number,
): readonly Track[] {
  const keyed =
    field === 'random'
      ? tracks.map((track) => ({ track, values: [hash(track.id, seed)] }))
      : tracks.map((track) => ({ track, values: sortValues[field](track) }))
  keyed.sort(
    (a, b) => compareValues(a.values, b.values, descending && field !== 'random') || a.track.id - b.track.id,
  )
  return keyed.map(({ track }) => track)
}

/** Only the first value is compared in descending order: an album starts with its first track in both. */
function compareValues(a: readonly SortValue[], b: readonly SortValue[], descending: boolean): number {
  for (let index = 0; index < a.length; index++) {
    const difference = compareValue(a[index], b[index], descending && index === 0)
    if (difference !== 0) return difference
  }
  return 0
}

function compareValue(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  const difference =
    typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : Number(a) - Number(b)
  return descending ? -difference : difference
}

function cut(tracks: readonly Track[], limit: SmartLimit | undefined): readonly Track[] {
  if (limit === undefined) return tracks
  if (limit.unit === 'tracks') return tracks.slice(0, limit.count)
  let rest = limit.count * 60
  const end = tracks.findIndex(({ duration = 0 }) => {
    rest -= duration
    return rest < 0
  })
  return end === -1 ? tracks : tracks.slice(0, end)
}

/** Mixes a track's id with a seed, so that neighbours are far apart. */
function hash(id: number, seed: number): number {
  let value = Math.imul(id ^ Math.imul(seed + 1, 0x9e3779b1), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
