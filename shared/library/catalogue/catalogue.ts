import type { LibraryList } from '../library-list.ts'
import type { CatalogueList } from '../lists/catalogue-list.ts'
import { createList, type ListInput } from '../lists/create-list.ts'
import { groupAlbums, groupByArtist } from '../lists/track-groups.ts'
import { NameKeys } from '../names.ts'
import { SearchIndex } from '../search/search-index.ts'
import type { SortOrder } from '../sort.ts'
import type { Track, TrackId } from '../track.ts'
import { type BestMatches, NameMatcher, noMatches } from './best-matches.ts'
import { TrackOrder } from './track-order.ts'

/**
 * All tracks of a library, sorted and searchable. A track's index is the position in which it was added. A query that
 * extends the last one searches only its matches.
 */
export class Catalogue {
  #tracks: Track[] = []
  #indexes = new Map<TrackId, number>()
  readonly #searchIndex = new SearchIndex()
  readonly #order = new TrackOrder()
  readonly #names = new NameKeys()
  /** Undefined after a change. */
  #matcher: NameMatcher | undefined

  get size(): number {
    return this.#tracks.length
  }

  /** Adds tracks. A track whose number is already known replaces the earlier one. */
  add(tracks: readonly Track[]): void {
    this.#matcher = undefined
    let isReplacing = false
    for (const track of tracks) {
      const known = this.#indexes.get(track.id)
      const index = known ?? this.#tracks.length
      this.#indexes.set(track.id, index)
      this.#tracks[index] = track
      this.#searchIndex.set(index, track)
      if (known === undefined) this.#order.add(index, track)
      else isReplacing = true
    }
    if (isReplacing) this.#sortAgain()
  }

  clear(): void {
    this.#matcher = undefined
    this.#tracks = []
    this.#indexes.clear()
    this.#searchIndex.clear()
    this.#order.clear()
  }

  remove(ids: Iterable<TrackId>): void {
    const removed = new Set(ids)
    const remaining = this.#tracks.filter(({ id }) => !removed.has(id))
    this.clear()
    this.add(remaining)
  }

  /** All tracks, in the sequence in which they were added. */
  get all(): readonly Track[] {
    return this.#tracks
  }

  get(id: TrackId): Track | undefined {
    const index = this.#indexes.get(id)
    return index === undefined ? undefined : this.#tracks[index]
  }

  /**
   * Returns the numbers of the tracks that contain every word of `text` in their names, genres, year, file name or
   * folder, sorted by `sort`. Words are compared by `foldText`. Tracks without the sorted value come last in both
   * directions.
   */
  search(text: string, sort: SortOrder): Int32Array {
    return this.#rows(text, [sort]).map((index) => this.#tracks[index]?.id ?? 0)
  }

  /** Returns the sum of the known durations in seconds. */
  durationOf(ids: Int32Array): number {
    return ids.reduce((sum, id) => sum + (this.get(id)?.duration ?? 0), 0)
  }

  /** Returns a list with the tracks that match `text`. Without `sort` it has the list's own order. */
  list(list: LibraryList, text: string, sort: readonly SortOrder[]): CatalogueList {
    return createList(this.#inputFor(text), list, sort)
  }

  /** Returns the artists and albums whose names match a query best. */
  bestMatches(text: string): BestMatches {
    if (text.trim() === '') return noMatches
    return this.#nameMatcher.find(text, Date.now())
  }

  get #nameMatcher(): NameMatcher {
    if (this.#matcher === undefined) {
      const input = this.#inputFor('')
      const all = input.sorted([])
      const artists = groupByArtist(input, all, this.#names)
      this.#matcher = new NameMatcher(artists, groupAlbums(input, all), this.#names)
    }
    return this.#matcher
  }

  #inputFor(text: string): ListInput {
    return {
      sorted: (sort) => this.#rows(text, sort),
      trackAt: (index) => this.#tracks[index] as Track,
      albumAt: (index) => this.#order.at(index).album,
      discAt: (index) => this.#order.at(index).disc,
      names: this.#names,
    }
  }

  /** Returns the indexes of the tracks that match a text. */
  #rows(text: string, sort: readonly SortOrder[]): Int32Array {
    const sorted = this.#order.sort(sort, this.#tracks.length)
    const marks = this.#searchIndex.search(text, (index) => this.#tracks[index], Date.now())
    return marks === undefined ? sorted : sorted.filter((index) => marks[index] === 1)
  }

  #sortAgain(): void {
    this.#order.clear()
    this.#tracks.forEach((track, index) => {
      this.#order.add(index, track)
    })
  }
}
