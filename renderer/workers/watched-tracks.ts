import type { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'

/** The tracks outside of lists that the window shows, and the tracks of the previous library that still play. */
export class WatchedTracks {
  readonly #catalogue: Catalogue
  #watched: ReadonlySet<TrackId> = new Set()
  /** Watched tracks that the window does not have, or has in an older state. */
  readonly #changed = new Set<TrackId>()
  #previous = new Map<TrackId, Track>()

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue
  }

  /** The window has those that were watched before. */
  watch(ids: Iterable<TrackId>): void {
    const previous = this.#watched
    this.#watched = new Set(ids)
    for (const id of this.#watched) if (!previous.has(id)) this.#changed.add(id)
  }

  /** These tracks of the catalogue are new or different. */
  markChanged(tracks: readonly Track[]): void {
    for (const { id } of tracks) if (this.#watched.has(id)) this.#changed.add(id)
  }

  /** Sends a track that the window will need. */
  announce(id: TrackId): void {
    this.#changed.add(id)
  }

  /** Before the catalogue is cleared: keeps the tracks that are watched or `played`. */
  keepPrevious(played: Iterable<TrackId>): void {
    const kept = new Map<TrackId, Track>()
    for (const ids of [this.#watched, played])
      for (const id of ids) {
        const track = this.find(id)
        if (track !== undefined) kept.set(id, track)
      }
    this.#previous = kept
  }

  find(id: TrackId): Track | undefined {
    return this.#catalogue.get(id) ?? this.#previous.get(id)
  }

  /** Returns the tracks to send to the window. Those that are not known yet follow when they are. */
  takeChanged(): readonly Track[] {
    const tracks: Track[] = []
    for (const id of this.#changed) {
      const track = this.find(id)
      if (track !== undefined) tracks.push(track)
    }
    this.#changed.clear()
    return tracks
  }
}
