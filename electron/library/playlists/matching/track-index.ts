import { foldText, TextFolder } from '../../../../shared/library/fold-text.ts'
import type { TrackId } from '../../../../shared/library/track.ts'
import { foldName } from '../directory-cache.ts'
import type { EntryTags } from '../playlist-entry.ts'

/** A track of the library, as entries of playlists are compared with it. */
export interface IndexedTrack {
  readonly id: TrackId
  /** Absolute. */
  readonly path: string
  readonly title: string
  readonly artists: readonly string[]
  readonly album: string | undefined
  readonly duration: number | undefined
}

/** What is known of an entry whose track is wanted. */
export interface WantedEntry {
  /** The paths that it can mean, the most probable one first. They may be of another machine. */
  readonly paths: readonly string[]
  readonly tags: EntryTags | undefined
  /** Whether the file exists at its only path: no other one stands for it. */
  readonly isFound?: boolean
}

interface Candidate {
  readonly track: IndexedTrack
  readonly names: readonly string[]
}

/** Two readings of a song's duration differ by less than this, in seconds. */
const durationTolerance = 3

/** Finds the tracks that entries of playlists mean: by path, then by the end of the path, then by tags. */
export class TrackIndex {
  readonly #byPath = new Map<string, IndexedTrack>()
  readonly #byName = new Map<string, Candidate[]>()
  readonly #bySong = new Map<string, IndexedTrack[]>()
  readonly #byTitle = new Map<string, IndexedTrack[]>()
  readonly #folder = new TextFolder()

  constructor(tracks: Iterable<IndexedTrack>) {
    for (const track of tracks) this.#add(track)
  }

  find(entry: WantedEntry): TrackId | undefined {
    const found = this.#findByPath(entry.paths)
    if (found !== undefined || entry.isFound) return found?.id
    return (this.#findByName(entry) ?? this.#findByTags(entry.tags))?.id
  }

  #add(track: IndexedTrack): void {
    const names = namesOf(track.path)
    this.#byPath.set(track.path, track)
    push(this.#byName, names.at(-1) ?? '', { track, names })
    const title = this.#folder.fold(track.title)
    push(this.#byTitle, title, track)
    for (const artist of new Set([...track.artists, track.artists.join(', ')]))
      push(this.#bySong, songKey(this.#folder.fold(artist), title), track)
  }

  #findByPath(paths: readonly string[]): IndexedTrack | undefined {
    for (const path of paths) {
      const track = this.#byPath.get(path)
      if (track !== undefined) return track
    }
    return undefined
  }

  /** Returns the track whose path has the longest end in common with a path, if it is only one. */
  #findByName({ paths, tags }: WantedEntry): IndexedTrack | undefined {
    let best: readonly IndexedTrack[] = []
    let bestLength = 0
    for (const path of paths) {
      const wanted = namesOf(path)
      for (const { track, names } of this.#byName.get(wanted.at(-1) ?? '') ?? []) {
        const length = commonEnd(names, wanted)
        if (length < bestLength || best.includes(track)) continue
        best = length > bestLength ? [track] : [...best, track]
        bestLength = length
        if (best.length > maxEqualCandidates) return undefined
      }
    }
    const [track, another] = best
    if (track === undefined || another !== undefined) return undefined
    // Many albums have a song in a file with the same name, such as "01.mp3".
    return bestLength > 1 || tags === undefined || !this.#contradicts(track, tags) ? track : undefined
  }

  #contradicts(track: IndexedTrack, { title, duration }: EntryTags): boolean {
    if (duration !== undefined && track.duration !== undefined)
      return Math.abs(duration - track.duration) >= durationTolerance
    return title !== undefined && !foldText(title).includes(this.#folder.fold(track.title))
  }

  #findByTags(tags: EntryTags | undefined): IndexedTrack | undefined {
    if (tags?.title === undefined) return undefined
    for (const { artist, title } of readings(tags)) {
      const found = this.#bySong.get(songKey(artist, title))
      if (found !== undefined) return closest(found, tags)
    }
    // A title alone is the name of many songs: the duration must agree.
    const sameTitle = this.#byTitle.get(foldText(tags.title)) ?? []
    const { duration } = tags
    if (tags.artist !== undefined || duration === undefined) return undefined
    const [track, another] = sameTitle.filter((candidate) => isCloseTo(candidate, duration))
    return another === undefined ? track : undefined
  }
}

/** With more candidates than this, a path says nothing. */
const maxEqualCandidates = 100

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

const songKey = (artist: string, title: string): string => `${artist}\n${title}`

/** Returns what the tags can mean, folded: a title may begin with the artist. */
function readings({ artist, title = '' }: EntryTags): { artist: string; title: string }[] {
  const folded = foldText(title)
  if (artist !== undefined) return [{ artist: foldText(artist), title: folded }]
  return [...folded.matchAll(/ - /g)].map(({ index }) => ({
    artist: folded.slice(0, index).trim(),
    title: folded.slice(index + 3).trim(),
  }))
}

/** Returns the recording with the same album, or else with the closest duration, or else the first one. */
function closest(tracks: readonly IndexedTrack[], { album, duration }: EntryTags): IndexedTrack | undefined {
  const wantedAlbum = foldText(album ?? '')
  const sameAlbum = tracks.filter(
    (track) => album !== undefined && foldText(track.album ?? '') === wantedAlbum,
  )
  const candidates = sameAlbum.length > 0 ? sameAlbum : tracks
  if (duration === undefined) return candidates[0]
  return candidates.find((track) => isCloseTo(track, duration)) ?? candidates[0]
}

const isCloseTo = (track: IndexedTrack, duration: number): boolean =>
  track.duration !== undefined && Math.abs(track.duration - duration) < durationTolerance

const namesOf = (path: string): string[] => foldName(path).split(/[\\/]+/)

function commonEnd(one: readonly string[], other: readonly string[]): number {
  let length = 0
  const shorter = Math.min(one.length, other.length)
  while (length < shorter && one.at(-1 - length) === other.at(-1 - length)) length++
  return length
}
