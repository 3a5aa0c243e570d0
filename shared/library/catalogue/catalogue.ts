import { foldedWords, foldText, TextFolder } from '../fold-text.ts'
import type { LibraryList } from '../library-list.ts'
import type { CatalogueList } from '../lists/catalogue-list.ts'
import { createList, type ListInput } from '../lists/create-list.ts'
import { NameKeys } from '../names.ts'
import type { SortOrder } from '../sort.ts'
import { joinNames, type Track, type TrackId } from '../track.ts'
import { emptySearchResult, type SearchResult, searchTexts } from './text-search.ts'
import { TrackOrder } from './track-order.ts'

/**
 * All tracks of a library, sorted and searchable. A track's index is the position in which it was added. A query that
 * extends the last one searches only its matches.
 */
export class Catalogue {
  #tracks: Track[] = []
  /** The folded search text of each track. */
  #texts: string[] = []
  #indexes = new Map<TrackId, number>()
  #folder = new TextFolder()
  readonly #order = new TrackOrder()
  readonly #names = new NameKeys()
  #searchResult: SearchResult = emptySearchResult

  get size(): number {
    return this.#tracks.length
  }

  /** Adds tracks. A track whose number is already known replaces the earlier one. */
  add(tracks: readonly Track[]): void {
    let isReplacing = false
    for (const track of tracks) {
      const known = this.#indexes.get(track.id)
      const index = known ?? this.#tracks.length
      this.#indexes.set(track.id, index)
      this.#tracks[index] = track
      this.#texts[index] = searchTextOf(track, this.#folder)
      if (known === undefined) this.#order.add(index, track)
      else isReplacing = true
    }
    if (isReplacing) this.#sortAgain()
  }

  clear(): void {
    this.#tracks = []
    this.#texts = []
    this.#indexes.clear()
    this.#folder = new TextFolder()
    this.#order.clear()
    this.#searchResult = emptySearchResult
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
    this.#searchResult = searchTexts(this.#texts, foldedWords(text), this.#searchResult)
    const { marks } = this.#searchResult
    return sorted.filter((index) => marks[index] === 1)
  }

  #sortAgain(): void {
    this.#order.clear()
    this.#tracks.forEach((track, index) => {
      this.#order.add(index, track)
    })
    this.#searchResult = emptySearchResult
  }
}

/**
 * Returns the folded texts in which a track is found, joined by line breaks, so that no match spans two of them. The
 * tracks of an album have the first part in common: it is folded once.
 */
function searchTextOf(track: Track, folder: TextFolder): string {
  const { title, album = '', genres, composers, date = '', path } = track
  const artists = joinNames(track.artists) ?? ''
  const albumArtists = joinNames(track.albumArtists) ?? ''
  const names = albumArtists === artists ? artists : `${artists}\n${albumArtists}`
  const others = `${joinNames(genres) ?? ''}\n${joinNames(composers) ?? ''}`
  const slash = path.lastIndexOf('/') + 1
  const shared = folder.fold(`${names}\n${album}\n${others}\n${date}\n${path.slice(0, slash)}`)
  return shared + foldText(`${path.slice(slash)}\n${title}`)
}
