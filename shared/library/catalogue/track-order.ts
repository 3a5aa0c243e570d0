import { Albums, type AlbumTrack } from '../albums/albums.ts'
import type { SortColumn, SortOrder } from '../sort.ts'
import type { Track } from '../track.ts'
import { type Compare, compareByColumn, compareNaturally, isMissing } from './compare.ts'
import { SortedIndexes } from './sorted-indexes.ts'

/**
 * Sorts a growing list of tracks by any column. Sorted indexes are cached: only new tracks, and those whose album has
 * changed, are sorted again.
 */
export class TrackOrder {
  readonly #albums = new Albums()
  #version = 0
  /** The version in which each track was last changed. */
  #versions = new Int32Array(0)
  #sortedByColumn = new Map<SortColumn, SortedIndexes>()
  #descendingByColumn = new Map<SortColumn, Int32Array>()
  #naturallySorted = this.#createSortedIndexes(compareNaturally)
  /** The indexes in the natural order, and the rank of each index in it. */
  #naturalIndexes: Int32Array = new Int32Array(0)
  #naturalRanks = new Int32Array(0)

  /** Adds a track. `index` is the number of tracks added before. */
  add(index: number, track: Track): void {
    this.#albums.add(index, track)
  }

  /** Returns a track with its album, as it was at the last sort. */
  at(index: number): AlbumTrack {
    return this.#albums.get(index) as AlbumTrack
  }

  clear(): void {
    this.#albums.clear()
    this.#version = 0
    this.#versions = new Int32Array(0)
    this.#sortedByColumn.clear()
    this.#descendingByColumn.clear()
    this.#naturallySorted = this.#createSortedIndexes(compareNaturally)
    this.#naturalIndexes = new Int32Array(0)
    this.#naturalRanks = new Int32Array(0)
  }

  /**
   * Returns the indexes 0 … length − 1, sorted by the first order, equal ones by the next one, at last in the natural order.
   * Tracks without the sorted value come last in both directions.
   */
  sort(sort: readonly SortOrder[], length: number): Int32Array {
    this.#update(length)
    const [first, ...others] = sort
    if (first === undefined) return this.#naturalIndexes
    if (others.length === 0) return this.#sortByColumn(first)
    const ranks = sort.map((order) => this.#ranksOf(order))
    return this.#naturalIndexes.slice().sort((a, b) => {
      for (const rank of ranks) {
        const difference = (rank[a] as number) - (rank[b] as number)
        if (difference !== 0) return difference
      }
      return 0
    })
  }

  #sortByColumn({ column, descending }: SortOrder): Int32Array {
    return descending ? this.#sortDescending(column) : this.#sortAscending(column)
  }

  /** Returns the rank of each index in a sort order. Equal ones have the same rank. */
  #ranksOf(order: SortOrder): Int32Array {
    const sorted = this.#sortByColumn(order)
    const compare = compareByColumn(order.column)
    const ranks = new Int32Array(sorted.length)
    let rank = 0
    for (let position = 1; position < sorted.length; position++) {
      const index = sorted[position] as number
      if (compare(this.at(sorted[position - 1] as number), this.at(index)) !== 0) rank++
      ranks[index] = rank
    }
    return ranks
  }

  #update(length: number): void {
    const changed = this.#albums.update()
    if (changed.length === 0) return
    this.#version++
    const versions = new Int32Array(length)
    versions.set(this.#versions)
    for (const index of changed) versions[index] = this.#version
    this.#versions = versions
    this.#descendingByColumn.clear()
    this.#sortNaturally(length)
  }

  /** Sorts ties of every column. It is the most expensive comparison, so it is done once for all columns. */
  #sortNaturally(length: number): void {
    const all = new Int32Array(length)
    for (let index = 0; index < length; index++) all[index] = index
    const sorted = this.#naturallySorted.sort(all, this.#versions, this.#version)
    const ranks = new Int32Array(length)
    for (let rank = 0; rank < length; rank++) ranks[sorted[rank] as number] = rank
    this.#naturalIndexes = sorted
    this.#naturalRanks = ranks
  }

  #sortAscending(column: SortColumn): Int32Array {
    let indexes = this.#sortedByColumn.get(column)
    if (indexes === undefined) {
      const compare = compareByColumn(column)
      const compareRanks = (a: number, b: number) =>
        (this.#naturalRanks[a] ?? 0) - (this.#naturalRanks[b] ?? 0)
      indexes = this.#createSortedIndexes(compare, compareRanks)
      this.#sortedByColumn.set(column, indexes)
    }
    return indexes.sort(this.#naturalIndexes, this.#versions, this.#version)
  }

  #createSortedIndexes(compare: Compare, compareTies?: (a: number, b: number) => number): SortedIndexes {
    return new SortedIndexes((a, b) => compare(this.at(a), this.at(b)) || (compareTies?.(a, b) ?? a - b))
  }

  /** Reverses only the column: ties stay in the natural order, and missing values stay last. */
  #sortDescending(column: SortColumn): Int32Array {
    const cached = this.#descendingByColumn.get(column)
    if (cached !== undefined) return cached
    const ascending = this.#sortAscending(column)
    const at = (position: number) => this.at(ascending[position] as number)
    const compare = compareByColumn(column)
    const descending = new Int32Array(ascending.length)
    let end = ascending.length
    while (end > 0 && isMissing(column, at(end - 1))) end--
    descending.set(ascending.subarray(end), end)
    for (let written = 0; end > 0; ) {
      let start = end - 1
      while (start > 0 && compare(at(start - 1), at(end - 1)) === 0) start--
      descending.set(ascending.subarray(start, end), written)
      written += end - start
      end = start
    }
    this.#descendingByColumn.set(column, descending)
    return descending
  }
}
