import { type Compare, compareByColumn, compareNaturally, isMissing } from './compare.ts'
import { foldedWords, foldText } from './fold-text.ts'
import type { SortColumn, SortOrder } from './sort.ts'
import { SortedIndexes } from './sorted-indexes.ts'
import { emptySearchResult, type SearchResult, searchTexts } from './text-search.ts'
import type { Track, TrackId } from './track.ts'

/**
 * All tracks of a library, to be shown sorted and searched. A track's place here is where it was added. Orders are
 * kept and grow with the library; a query that continues the last one looks only at what the last one found.
 */
export class Catalogue {
  #tracks: Track[] = []
  /** For each place the folded text that words are looked for in. */
  #texts: string[] = []
  #indexes = new Map<TrackId, number>()
  #sortedByColumn = new Map<SortColumn, SortedIndexes>()
  #descendingByColumn = new Map<SortColumn, Int32Array>()
  #naturallySorted = this.#createSortedIndexes(compareNaturally)
  /** For each place where it stands in the natural order. */
  #naturalRanks = new Int32Array(0)
  #searchResult: SearchResult = emptySearchResult

  get size(): number {
    return this.#tracks.length
  }

  /** Adds tracks; one whose number is known already takes the place of the former. */
  add(tracks: readonly Track[]): void {
    for (const track of tracks) {
      const known = this.#indexes.get(track.id)
      const place = known ?? this.#tracks.length
      if (known !== undefined) this.#invalidateSorting()
      this.#indexes.set(track.id, place)
      this.#tracks[place] = track
      this.#texts[place] = searchTextOf(track)
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
    const place = this.#indexes.get(id)
    return place === undefined ? undefined : this.#tracks[place]
  }

  /**
   * The numbers of the tracks in which every word of `text` occurs (in title, artist, album artist, album or genre;
   * case and accents make no difference), in the order of `sort`. Tracks without the sorted value come last both ways.
   */
  search(text: string, sort: SortOrder): Int32Array {
    const order = sort.descending ? this.#sortDescending(sort.column) : this.#ascending(sort.column)
    this.#searchResult = searchTexts(this.#texts, foldedWords(text), this.#searchResult)
    const { marks } = this.#searchResult
    const rows = new Int32Array(this.#tracks.length)
    let count = 0
    for (const place of order) {
      if (marks[place] === 1) rows[count++] = this.#tracks[place]?.id ?? 0
    }
    return rows.slice(0, count)
  }

  #ascending(column: SortColumn): Int32Array {
    const natural = this.#naturalOrder()
    let order = this.#sortedByColumn.get(column)
    if (order === undefined) {
      order = this.#createSortedIndexes(compareByColumn(column))
      this.#sortedByColumn.set(column, order)
    }
    return order.sort(natural)
  }

  /** Within equals this order decides, which costs most to compare: it is found once for all columns. */
  #naturalOrder(): Int32Array {
    const length = this.#tracks.length
    if (this.#naturalRanks.length === length) return this.#naturallySorted.indexes
    const order = this.#naturallySorted.sort(Int32Array.from({ length }, (_, place) => place))
    this.#naturalRanks = new Int32Array(length)
    order.forEach((place, rank) => {
      this.#naturalRanks[place] = rank
    })
    return order
  }

  #createSortedIndexes(compare: Compare): SortedIndexes {
    return new SortedIndexes((a, b) => {
      const order = compare(this.#tracks[a] as Track, this.#tracks[b] as Track)
      return order || (this.#naturalRanks[a] ?? 0) - (this.#naturalRanks[b] ?? 0)
    })
  }

  /** Descending by the column only: within equals the natural order stays, and what is missing comes last. */
  #sortDescending(column: SortColumn): Int32Array {
    const kept = this.#descendingByColumn.get(column)
    if (kept !== undefined) return kept
    const order = this.#ascending(column)
    const track = (index: number) => this.#tracks[order[index] as number] as Track
    const compare = compareByColumn(column)
    const backwards = new Int32Array(order.length)
    let end = order.length
    while (end > 0 && isMissing(column, track(end - 1))) end--
    backwards.set(order.subarray(end), end)
    for (let written = 0; end > 0; ) {
      let start = end - 1
      while (start > 0 && compare(track(start - 1), track(end - 1)) === 0) start--
      backwards.set(order.subarray(start, end), written)
      written += end - start
      end = start
    }
    this.#descendingByColumn.set(column, backwards)
    return backwards
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
  const { title, artist, albumArtist, album, genre } = track
  // A newline between them: no word goes from one field into the next.
  return foldText(
    [title, artist, albumArtist, album, genre].filter((field) => field !== undefined).join('\n'),
  )
}
