import { foldedWords, TextFolder } from '../fold-text.ts'
import type { MissingItem, TrackItem } from '../library-list.ts'
import type { SortOrder } from '../sort.ts'
import type { Track, TrackId } from '../track.ts'
import type { MissingEntry, Playlist, PlaylistId, PlaylistSplice } from './playlist.ts'
import { selectByRules } from './select-by-rules.ts'

/** The tracks that playlists are made of. */
export interface PlaylistTracks {
  get(id: TrackId): Track | undefined
  readonly all: Iterable<Track>
  /** Returns whether a track matches a query. */
  matching(text: string): (id: TrackId) => boolean
  /** Returns the index of a track among all tracks, sorted by `sort`; −1 for an unknown one. */
  ranking(sort: readonly SortOrder[]): (id: TrackId) => number
}

/** An entry of a list: a track by its id, or what is known of a missing one. */
type Entry = TrackId | MissingEntry

/** The contents of a playlist at the time when it was read. */
export interface PlaylistContent {
  readonly count: number
  /** The ids of all tracks, in the playlist's order and without the missing ones. */
  readonly tracks: Int32Array
  readonly of: undefined
  itemAt(index: number): TrackItem | MissingItem | undefined
  /** Returns the index in `tracks` at which the tracks of an item and of all later ones begin. */
  trackStart(index: number): number
  /** Returns the index that the entry of an item has in the whole playlist, in its own order. */
  entryAt(index: number): number
}

/** The playlists and their entries, as the host has sent them. */
export class PlaylistContents {
  readonly #tracks: PlaylistTracks
  #playlists: ReadonlyMap<PlaylistId, Playlist> = new Map()
  readonly #entries = new Map<PlaylistId, readonly Entry[]>()

  constructor(tracks: PlaylistTracks) {
    this.#tracks = tracks
  }

  setPlaylists(playlists: readonly Playlist[]): void {
    this.#playlists = new Map(playlists.map((playlist) => [playlist.id, playlist]))
  }

  splice({ playlist, start, removed, tracks, missing }: PlaylistSplice): void {
    let nextMissing = 0
    const inserted = tracks.map((track) => (track === 0 ? (missing[nextMissing++] ?? unknownEntry) : track))
    const present = this.#entries.get(playlist) ?? []
    this.#entries.set(playlist, present.toSpliced(start, removed, ...inserted))
  }

  /**
   * Returns the entries that match `text`, in the playlist's order or sorted by `sort`. A smart playlist is evaluated at the
   * time `now`.
   */
  read(id: PlaylistId, text: string, now: number, sort: readonly SortOrder[] = []): PlaylistContent {
    const playlist = this.#playlists.get(id)
    const entries = playlist === undefined ? [] : this.#entriesOf(playlist, now)
    if (text.trim() === '' && sort.length === 0) return contentOf(this.#tracks, entries)
    const found = this.#search(entries, text)
    return contentOf(this.#tracks, entries, sort.length === 0 ? found : this.#sort(entries, found, sort))
  }

  #entriesOf({ id, kind, rules }: Playlist, now: number): readonly Entry[] {
    if (kind === 'list') return this.#entries.get(id) ?? []
    if (rules === undefined) return []
    return selectByRules(this.#tracks.all, rules, { now, seed: id }).map((track) => track.id)
  }

  /** Returns the indexes of the entries that match. A missing one matches the words of the text. */
  #search(entries: readonly Entry[], text: string): number[] {
    const isMatching = this.#tracks.matching(text)
    const words = foldedWords(text)
    const folder = new TextFolder()
    return entries.flatMap((entry, index) => {
      if (typeof entry === 'number') return isMatching(entry) ? index : []
      const folded = folder.fold(`${entry.title}\n${entry.artist ?? ''}\n${entry.location}`)
      return words.every((word) => folded.includes(word)) ? index : []
    })
  }

  /** Missing entries come last. Equal ones keep their order. */
  #sort(entries: readonly Entry[], indexes: readonly number[], sort: readonly SortOrder[]): number[] {
    const rankOf = this.#tracks.ranking(sort)
    const ranks = indexes.map((index) => {
      const entry = entries[index]
      const rank = typeof entry === 'number' ? rankOf(entry) : -1
      return { index, rank: rank < 0 ? Number.POSITIVE_INFINITY : rank }
    })
    return ranks
      .sort((one, other) => (one.rank < other.rank ? -1 : Number(one.rank > other.rank)))
      .map(({ index }) => index)
  }
}

/** Stands for an entry that the host did not describe, and for a track that is on its way. */
const unknownEntry: MissingEntry = { title: '', artist: undefined, location: '' }

/** `indexes` are those of the entries to show; by default all. */
function contentOf(
  tracks: PlaylistTracks,
  all: readonly Entry[],
  indexes?: readonly number[],
): PlaylistContent {
  const entries = indexes === undefined ? all : indexes.map((index) => all[index] ?? unknownEntry)
  const starts = new Int32Array(entries.length + 1)
  const ids = new Int32Array(entries.length)
  let count = 0
  for (const [index, entry] of entries.entries()) {
    if (typeof entry === 'number' && tracks.get(entry) !== undefined) ids[count++] = entry
    starts[index + 1] = count
  }
  return {
    count: entries.length,
    tracks: ids.slice(0, count),
    of: undefined,
    itemAt: (index) => {
      const entry = entries[index]
      if (entry === undefined) return undefined
      const track = typeof entry === 'number' ? tracks.get(entry) : undefined
      if (track !== undefined) return { kind: 'track', track, albumKey: undefined }
      return { kind: 'missing', ...(typeof entry === 'number' ? unknownEntry : entry) }
    },
    trackStart: (index) => starts[Math.min(Math.max(0, index), entries.length)] ?? 0,
    entryAt: (index) => (indexes === undefined ? index : (indexes[index] ?? -1)),
  }
}
