import { type Compare, compareByColumn, compareNaturally, isMissing } from './compare.ts'
import { foldedWords, foldText } from './fold-text.ts'
import type { SortColumn, SortOrder } from './sort.ts'
import { SortedIndexes } from './sorted-indexes.ts'
import { emptySearchResult, type SearchResult, searchTexts } from './text-search.ts'
import type { Track, TrackId } from './track.ts'

/**
 * All tracks of a library, sorted and searchable. A track's index is the position in which it was added.
 * Sorted indexes are cached and grow with the library. A query that extends the last one searches only its
 * matches.
 */
export class Catalogue {
  #tracks: Track[] = []
  /** The folded search text of each track. */
  #texts: string[] = []
  #indexes = new Map<TrackId, number>()
  #sortedByColumn = new Map<SortColumn, SortedIndexes>()
  #descendingByColumn = new Map<SortColumn, Int32Array>()
  #naturallySorted = this.#createSortedIndexes(compareNaturally)
  /** The rank of each track in the natural order. */
  #naturalRanks = new Int32Array(0)
  #searchResult: SearchResult = emptySearchResult

  get size(): number {
    return this.#tracks.length
  }

  /** Adds tracks. A track whose number is already known replaces the earlier one. */
  add(tracks: readonly Track[]): void {
    for (const track of tracks) {
      const known = this.#indexes.get(track.id)
      const index = known ?? this.#tracks.length
      if (known !== undefined) this.#invalidateSorting()
      this.#indexes.set(track.id, index)
      this.#tracks[index] = track
      this.#texts[index] = searchTextOf(track)
    }
    this.#descendingByColumn.clear()
  }

  clear(): void {
    this.#tracks = []
    this.#texts = []
    this.#indexes.clear()
    this.#invalidateSorting()
  }

  get(id: TrackId): Track | undefined {
    const index = this.#indexes.get(id)
    return index === undefined ? undefined : this.#tracks[index]
  }

  /**
   * Returns the numbers of the tracks that contain every word of `text` in their title, artist, album artist,
   * album or genre, sorted by `sort`. Case and accents make no difference. Tracks without the sorted value
   * come last in both directions.
   */
  search(text: string, sort: SortOrder): Int32Array {
    const sorted = sort.descending ? this.#sortDescending(sort.column) : this.#sortAscending(sort.column)
    this.#searchResult = searchTexts(this.#texts, foldedWords(text), this.#searchResult)
    const { marks } = this.#searchResult
    const rows = new Int32Array(this.#tracks.length)
    let count = 0
    for (const index of sorted) {
      if (marks[index] === 1) rows[count++] = this.#tracks[index]?.id ?? 0
    }
    return rows.slice(0, count)
  }

  #sortAscending(column: SortColumn): Int32Array {
    const natural = this.#naturalOrder()
    let indexes = this.#sortedByColumn.get(column)
    if (indexes === undefined) {
      indexes = this.#createSortedIndexes(compareByColumn(column))
      this.#sortedByColumn.set(column, indexes)
    }
    return indexes.sort(natural)
  }

  /** Sorts ties of every column. It is the most expensive comparison, so it is done once for all columns. */
  #naturalOrder(): Int32Array {
    const length = this.#tracks.length
    if (this.#naturalRanks.length === length) return this.#naturallySorted.indexes
    const sorted = this.#naturallySorted.sort(Int32Array.from({ length }, (_, index) => index))
    this.#naturalRanks = new Int32Array(length)
    sorted.forEach((index, rank) => {
      this.#naturalRanks[index] = rank
    })
    return sorted
  }

  #createSortedIndexes(compare: Compare): SortedIndexes {
    return new SortedIndexes((a, b) => {
      const difference = compare(this.#tracks[a] as Track, this.#tracks[b] as Track)
      return difference || (this.#naturalRanks[a] ?? 0) - (this.#naturalRanks[b] ?? 0)
    })
  }

  /** Reverses only the column: ties stay in the natural order, and missing values stay last. */
  #sortDescending(column: SortColumn): Int32Array {
    const cached = this.#descendingByColumn.get(column)
    if (cached !== undefined) return cached
    const ascending = this.#sortAscending(column)
    const track = (index: number) => this.#tracks[ascending[index] as number] as Track
    const compare = compareByColumn(column)
    const descending = new Int32Array(ascending.length)
    let end = ascending.length
    while (end > 0 && isMissing(column, track(end - 1))) end--
    descending.set(ascending.subarray(end), end)
    for (let written = 0; end > 0; ) {
      let start = end - 1
      while (start > 0 && compare(track(start - 1), track(end - 1)) === 0) start--
      descending.set(ascending.subarray(start, end), written)
      written += end - start
      end = start
    }
    this.#descendingByColumn.set(column, descending)
    return descending
  }

  #invalidateSorting(): void {
    this.#sortedByColumn.clear()
    this.#descendingByColumn.clear()
    this.#naturallySorted = this.#createSortedIndexes(compareNaturally)
    this.#naturalRanks = new Int32Array(0)
    this.#searchResult = emptySearchResult
  }
}

function searchTextOf(track: Track): string {
  const { title, artists, albumArtists, album, genres } = track
  // Joined by line breaks, so that no match spans two fields.
  return foldText(
    [title, ...artists, ...albumArtists, album, ...genres].filter((field) => field !== undefined).join('\n'),
  )
}
