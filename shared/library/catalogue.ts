import type { SortColumn, SortOrder } from '../player/messages.ts'
import { type Compare, compareBy, compareNaturally, isMissing } from './compare.ts'
import { fold, wordsOf } from './fold.ts'
import { type Found, look, nothingLooked } from './found.ts'
import { SortedPlaces } from './sorted-places.ts'
import type { Track, TrackId } from './track.ts'

/**
 * All tracks of a library, to be shown sorted and searched. A track's place here is where it was added. Orders are
 * kept and grow with the library; a query that continues the last one looks only at what the last one found.
 */
export class Catalogue {
  #tracks: Track[] = []
  /** For each place the folded text that words are looked for in. */
  #texts: string[] = []
  #places = new Map<TrackId, number>()
  #orders = new Map<SortColumn, SortedPlaces>()
  #descending = new Map<SortColumn, Int32Array>()
  #natural = this.#sorted(compareNaturally)
  /** For each place where it stands in the natural order. */
  #ranks = new Int32Array(0)
  #found: Found = nothingLooked

  get size(): number {
    return this.#tracks.length
  }

  /** Adds tracks; one whose number is known already takes the place of the former. */
  add(tracks: readonly Track[]): void {
    for (const track of tracks) {
      const known = this.#places.get(track.id)
      const place = known ?? this.#tracks.length
      if (known !== undefined) this.#forgetOrders()
      this.#places.set(track.id, place)
      this.#tracks[place] = track
      this.#texts[place] = textOf(track)
    }
    this.#descending.clear()
  }

  clear(): void {
    this.#tracks = []
    this.#texts = []
    this.#places.clear()
    this.#forgetOrders()
  }

  get(id: TrackId): Track | undefined {
    const place = this.#places.get(id)
    return place === undefined ? undefined : this.#tracks[place]
  }

  /**
   * The numbers of the tracks in which every word of `text` occurs (in title, artist, album artist, album or genre;
   * case and accents make no difference), in the order of `sort`. Tracks without the sorted value come last both ways.
   */
  rows(text: string, sort: SortOrder): Int32Array {
    const order = sort.descending ? this.#backwards(sort.column) : this.#order(sort.column)
    this.#found = look(this.#texts, wordsOf(text), this.#found)
    const { marks } = this.#found
    const rows = new Int32Array(this.#tracks.length)
    let count = 0
    for (const place of order) {
      if (marks[place] === 1) rows[count++] = this.#tracks[place]?.id ?? 0
    }
    return rows.slice(0, count)
  }

  #order(column: SortColumn): Int32Array {
    const natural = this.#naturalOrder()
    let order = this.#orders.get(column)
    if (order === undefined) {
      order = this.#sorted(compareBy(column))
      this.#orders.set(column, order)
    }
    return order.of(natural)
  }

  /** Within equals this order decides, which costs most to compare: it is found once for all columns. */
  #naturalOrder(): Int32Array {
    const length = this.#tracks.length
    if (this.#ranks.length === length) return this.#natural.places
    const order = this.#natural.of(Int32Array.from({ length }, (_, place) => place))
    this.#ranks = new Int32Array(length)
    order.forEach((place, rank) => {
      this.#ranks[place] = rank
    })
    return order
  }

  #sorted(compare: Compare): SortedPlaces {
    return new SortedPlaces((a, b) => {
      const order = compare(this.#tracks[a] as Track, this.#tracks[b] as Track)
      return order || (this.#ranks[a] ?? 0) - (this.#ranks[b] ?? 0)
    })
  }

  /** Descending by the column only: within equals the natural order stays, and what is missing comes last. */
  #backwards(column: SortColumn): Int32Array {
    const kept = this.#descending.get(column)
    if (kept !== undefined) return kept
    const order = this.#order(column)
    const track = (index: number) => this.#tracks[order[index] as number] as Track
    const compare = compareBy(column)
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
    this.#descending.set(column, backwards)
    return backwards
  }

  #forgetOrders(): void {
    this.#orders.clear()
    this.#descending.clear()
    this.#natural = this.#sorted(compareNaturally)
    this.#ranks = new Int32Array(0)
    this.#found = nothingLooked
  }
}

function textOf(track: Track): string {
  const { title, artist, albumArtist, album, genre } = track
  // A newline between them: no word goes from one field into the next.
  return fold([title, artist, albumArtist, album, genre].filter((field) => field !== undefined).join('\n'))
}
