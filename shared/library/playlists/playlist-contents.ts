import { foldedWords, TextFolder } from '../fold-text.ts'
import type { MissingItem, TrackItem } from '../library-list.ts'
import type { Track, TrackId } from '../track.ts'
import type { MissingEntry, Playlist, PlaylistId, PlaylistSplice } from './playlist.ts'
import { selectByRules } from './select-by-rules.ts'

/** The tracks that playlists are made of. */
export interface PlaylistTracks {
  get(id: TrackId): Track | undefined
  readonly all: Iterable<Track>
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

  /** Returns the entries that contain every word of `text`. A smart playlist is evaluated at the time `now`. */
  read(id: PlaylistId, text: string, now: number): PlaylistContent {
    const playlist = this.#playlists.get(id)
    const entries = playlist === undefined ? [] : this.#entriesOf(playlist, now)
    const words = foldedWords(text)
    return contentOf(this.#tracks, words.length === 0 ? entries : this.#search(entries, words))
  }

  #entriesOf({ id, kind, rules }: Playlist, now: number): readonly Entry[] {
    if (kind === 'list') return this.#entries.get(id) ?? []
    if (rules === undefined) return []
    return selectByRules(this.#tracks.all, rules, { now, seed: id }).map((track) => track.id)
  }

  #search(entries: readonly Entry[], words: readonly string[]): readonly Entry[] {
    const folder = new TextFolder()
    return entries.filter((entry) => {
      const text = folder.fold(this.#textOf(entry))
      return words.every((word) => text.includes(word))
    })
  }

  #textOf(entry: Entry): string {
    if (typeof entry !== 'number') return `${entry.title}\n${entry.artist ?? ''}\n${entry.location}`
    const track = this.#tracks.get(entry)
    if (track === undefined) return ''
    return [track.title, ...track.artists, ...track.albumArtists, track.album ?? '', track.path].join('\n')
  }
}

/** Stands for an entry that the host did not describe, and for a track that is on its way. */
const unknownEntry: MissingEntry = { title: '', artist: undefined, location: '' }

function contentOf(tracks: PlaylistTracks, entries: readonly Entry[]): PlaylistContent {
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
  }
}
