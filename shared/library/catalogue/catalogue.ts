import { Albums } from '../albums/albums.ts'
import type { LibraryList } from '../library-list.ts'
import type { CatalogueList } from '../lists/catalogue-list.ts'
import { createList, type ListInput } from '../lists/create-list.ts'
import { ListGroups } from '../lists/list-groups.ts'
import { NameKeys } from '../names.ts'
import { SearchIndex } from '../search/search-index.ts'
import type { SortOrder } from '../sort.ts'
import type { Track, TrackId } from '../track.ts'
import { type BestMatches, NameMatcher, noMatches } from './best-matches.ts'
import { hasSameTags, TrackInterner } from './intern-track.ts'
import { TrackOrder } from './track-order.ts'

const maxKeptLists = 8
/** So many tracks take a few milliseconds. */
const tracksPreparedAtOnce = 1000

/**
 * All tracks of a library, in sorted and searchable lists. A track keeps its index, the sequence in which it was added, and
 * the index of a removed track stays empty. What lists need is computed when it is first requested after a change.
 */
export class Catalogue {
  #tracks: (Track | undefined)[] = []
  /** The number and the duration of each track, which lists read often; 0 if unknown. */
  #ids: number[] = []
  #durations: number[] = []
  readonly #indexes = new Map<TrackId, number>()
  readonly #trackAt = (index: number): Track | undefined => this.#tracks[index]
  readonly #albums = new Albums(this.#trackAt)
  readonly #order = new TrackOrder(this.#trackAt, this.#albums)
  readonly #searchIndex = new SearchIndex()
  readonly #interner = new TrackInterner()
  readonly #names = new NameKeys()
  /** Undefined after a change of names. */
  #groups: ListGroups | undefined
  #matcher: NameMatcher | undefined
  /** The lists since the last change, to which the window returns. */
  readonly #lists = new Map<string, CatalogueList>()

  get size(): number {
    return this.#indexes.size
  }

  /** The tracks in the sequence in which they were added. */
  get all(): readonly Track[] {
    return this.#tracks.filter((track) => track !== undefined)
  }

  /** Adds tracks. A track whose number is already known replaces the earlier one. */
  add(tracks: readonly Track[]): void {
    this.#lists.clear()
    let hasNewNames = false
    for (const added of tracks) {
      const track = this.#interner.intern(added)
      const known = this.#indexes.get(track.id)
      const index = known ?? this.#tracks.length
      const previous = this.#tracks[index]
      this.#tracks[index] = track
      this.#ids[index] = track.id
      this.#durations[index] = track.duration ?? 0
      if (previous !== undefined && hasSameTags(previous, track)) continue
      hasNewNames = true
      this.#indexes.set(track.id, index)
      this.#albums.set(index, track)
      this.#searchIndex.set(index)
    }
    if (hasNewNames) this.#markChanged()
    else {
      this.#order.updateHistory()
      this.#searchIndex.forgetHistory()
    }
  }

  remove(ids: Iterable<TrackId>): void {
    for (const id of ids) {
      const index = this.#indexes.get(id)
      if (index === undefined) continue
      this.#indexes.delete(id)
      this.#tracks[index] = undefined
      this.#albums.delete(index)
      this.#searchIndex.delete(index)
    }
    this.#markChanged()
  }

  clear(): void {
    this.#tracks = []
    this.#ids = []
    this.#durations = []
    this.#indexes.clear()
    this.#albums.clear()
    this.#order.clear()
    this.#searchIndex.clear()
    this.#interner.clear()
    this.#names.clear()
    this.#markChanged()
  }

  get(id: TrackId): Track | undefined {
    const index = this.#indexes.get(id)
    return index === undefined ? undefined : this.#tracks[index]
  }

  /**
   * Returns the numbers of the tracks that match a query (docs/library.md), sorted by `sort`. Tracks without the sorted value
   * come last in both directions.
   */
  search(text: string, sort: SortOrder): Int32Array {
    return this.#idsOf(this.#rows(text, [sort]))
  }

  /** Returns whether a track matches a query. */
  matching(text: string): (id: TrackId) => boolean {
    const marks = this.#searchIndex.search(text, this.#trackAt, Date.now())
    return (id) => marks === undefined || marks[this.#indexes.get(id) ?? -1] === 1
  }

  /** Returns the index of a track among all tracks, sorted by `sort`; −1 for an unknown one. */
  ranking(sort: readonly SortOrder[]): (id: TrackId) => number {
    const ranks = new Int32Array(this.#tracks.length).fill(-1)
    for (const [rank, row] of this.#order.sort(sort).entries()) ranks[row] = rank
    return (id) => ranks[this.#indexes.get(id) ?? -1] ?? -1
  }

  /** Returns the sum of the known durations in seconds. */
  durationOf(ids: Int32Array): number {
    let sum = 0
    for (const id of ids) sum += this.get(id)?.duration ?? 0
    return sum
  }

  /** Returns a list with the tracks that match `text`. Without `sort` it has the list's own order. */
  list(list: LibraryList, text: string, sort: readonly SortOrder[]): CatalogueList {
    const key = JSON.stringify([list, text, sort])
    let created = this.#lists.get(key)
    if (created === undefined) {
      created = createList(this.#inputFor(text), list, sort)
      if (this.#lists.size >= maxKeptLists) this.#lists.clear()
      // Filters like `added:7d` depend on the time.
      if (text === '') this.#lists.set(key, created)
    }
    return created
  }

  /** Returns the artists and albums whose names match a query best. */
  bestMatches(text: string): BestMatches {
    if (text.trim() === '') return noMatches
    if (this.#matcher === undefined) {
      const { artists, albums } = this.#allGroups
      this.#matcher = new NameMatcher(artists, albums, this.#names)
    }
    return this.#matcher.find(text, Date.now())
  }

  /** Prepares a part of what the next search needs. Returns whether there is more to prepare. */
  prepare(): boolean {
    if (this.#searchIndex.prepare(this.#trackAt, tracksPreparedAtOnce)) return true
    if (this.size === 0 || this.#matcher !== undefined) return false
    const groups = this.#allGroups
    if (groups.prepare()) return true
    this.#matcher = new NameMatcher(groups.artists, groups.albums, this.#names)
    return false
  }

  #markChanged(): void {
    this.#order.update(this.#tracks.length)
    this.#lists.clear()
    this.#groups = undefined
    this.#matcher = undefined
  }

  #inputFor(text: string): ListInput {
    const marks = this.#searchIndex.search(text, this.#trackAt, Date.now())
    return {
      trackAt: (index) => this.#tracks[index] as Track,
      albumAt: (index) => this.#albums.albumAt(index),
      discAt: (index) => this.#albums.discAt(index),
      sorted: (sort) => this.#select(this.#order.sort(sort), marks),
      idsOf: (rows) => this.#idsOf(rows),
      durationOf: (rows) => this.#sumDurations(rows),
      groups: () => (marks === undefined ? this.#allGroups : this.#createGroups(marks)),
    }
  }

  get #allGroups(): ListGroups {
    this.#groups ??= this.#createGroups(undefined)
    return this.#groups
  }

  #createGroups(marks: Uint8Array | undefined): ListGroups {
    const source = {
      trackAt: (index: number) => this.#tracks[index] as Track,
      albumAt: (index: number) => this.#albums.albumAt(index),
    }
    return new ListGroups(source, this.#select(this.#order.sort([]), marks), this.#names)
  }

  /** Returns the indexes of the tracks that match a text. */
  #rows(text: string, sort: readonly SortOrder[]): Int32Array {
    return this.#select(this.#order.sort(sort), this.#searchIndex.search(text, this.#trackAt, Date.now()))
  }

  #select(rows: Int32Array, marks: Uint8Array | undefined): Int32Array {
    if (marks === undefined) return rows
    const selected = new Int32Array(rows.length)
    let count = 0
    for (const row of rows) if (marks[row] === 1) selected[count++] = row
    return selected.slice(0, count)
  }

  #sumDurations(rows: ArrayLike<number>): number {
    let sum = 0
    for (let index = 0; index < rows.length; index++) sum += this.#durations[rows[index] as number] as number
    return sum
  }

  #idsOf(rows: ArrayLike<number>): Int32Array<ArrayBuffer> {
    const ids = new Int32Array(rows.length)
    for (let index = 0; index < rows.length; index++) ids[index] = this.#ids[rows[index] as number] as number
    return ids
  }
}
