import type { Album, AlbumEntry, Albums } from '../albums/albums.ts'
import { withoutArticle } from '../names.ts'
import type { SortColumn, SortOrder } from '../sort.ts'
import { sortByRanks } from '../sorting/sort-by-ranks.ts'
import { rankNumbers, TextRanks } from '../sorting/text-ranks.ts'
import { joinNames, type Track } from '../track.ts'

type TextColumn = 'title' | 'composer' | 'path' | 'codec'
type AlbumColumn = 'artist' | 'album' | 'year' | 'originalYear' | 'genre'
type NumberColumn = 'duration' | HistoryColumn
type HistoryColumn = 'rating' | 'plays' | 'played' | 'added'

const textOf: Readonly<Record<TextColumn, (track: Track) => string | undefined>> = {
  title: ({ title, titleSort }) => titleSort ?? title,
  composer: ({ composers }) => joinNames(composers),
  path: ({ path }) => path,
  codec: ({ codec }) => codec,
}

/** Where an album's tracks can differ, the album's value counts, so that the album stays together. */
const albumTextOf: Readonly<Record<AlbumColumn, (album: Album) => string | undefined>> = {
  artist: ({ artist, artistSort }) =>
    artistSort ?? (artist === undefined ? undefined : withoutArticle(artist)),
  album: ({ title, titleSort }) => titleSort ?? (title === undefined ? undefined : withoutArticle(title)),
  year: ({ date }) => date,
  originalYear: ({ originalDate }) => originalDate,
  genre: ({ genre }) => genre,
}

const numberOf: Readonly<Record<NumberColumn, (track: Track) => number | undefined>> = {
  duration: ({ duration }) => duration,
  rating: ({ rating }) => rating,
  plays: ({ playCount }) => playCount || undefined,
  played: ({ lastPlayedAt }) => lastPlayedAt,
  added: ({ addedAt }) => addedAt,
}

const historyColumns: readonly HistoryColumn[] = ['rating', 'plays', 'played', 'added']

/** Sorts tracks by any columns. The ranks of their values are kept until the values change. */
export class TrackOrder {
  readonly #trackAt: (index: number) => Track | undefined
  readonly #albums: Albums
  /** Sorted texts are kept after a change: a new text is added to them. */
  readonly #textRanks = new Map<TextColumn | AlbumColumn | 'firstDate' | 'side', TextRanks>()
  readonly #ranksByColumn = new Map<SortColumn, Int32Array>()
  readonly #sorted = new Map<string, Int32Array>()
  #natural: Int32Array | undefined
  #length = 0

  constructor(trackAt: (index: number) => Track | undefined, albums: Albums) {
    this.#trackAt = trackAt
    this.#albums = albums
  }

  /** Tracks have been added, changed or removed. `length` is the number of indexes. */
  update(length: number): void {
    this.#length = length
    this.#natural = undefined
    this.#ranksByColumn.clear()
    this.#sorted.clear()
  }

  /** Only the histories of tracks have changed. */
  updateHistory(): void {
    for (const column of historyColumns) this.#ranksByColumn.delete(column)
    this.#sorted.clear()
  }

  clear(): void {
    this.update(0)
    this.#textRanks.clear()
  }

  /**
   * Returns the indexes of all tracks, sorted by the first order, equal ones by the next one, at last in the natural order:
   * album artist, date, album, disc, side, number, path. Tracks without the sorted value come last in both directions.
   */
  sort(sort: readonly SortOrder[]): Int32Array {
    const key = JSON.stringify(sort)
    let sorted = this.#sorted.get(key)
    if (sorted === undefined) {
      sorted = this.#sortNaturally()
      for (const { column, descending } of sort.toReversed())
        sorted = sortByRanks(sorted, this.#ranksOf(column), descending)
      // The natural order and one other are used at a time.
      if (this.#sorted.size >= 4) this.#sorted.clear()
      this.#sorted.set(key, sorted)
    }
    return sorted
  }

  #sortNaturally(): Int32Array {
    if (this.#natural !== undefined) return this.#natural
    this.#albums.update()
    const entries = this.#sortAlbums(this.#albums.entries())
    const indexes = new Int32Array(entries.reduce((count, { rows }) => count + rows.length, 0))
    let end = 0
    for (const { rows } of entries) for (const row of rows) indexes[end++] = row
    this.#natural = indexes
    return indexes
  }

  #sortAlbums(entries: readonly AlbumEntry[]): readonly AlbumEntry[] {
    const rank = (
      name: 'artist' | 'album' | 'firstDate',
      textOfAlbum: (album: Album) => string | undefined,
    ) => this.#textRanksOf(name).rank(entries.map(({ album }) => textOfAlbum(album)))
    const artists = rank('artist', albumTextOf.artist)
    const dates = rank('firstDate', ({ originalDate, date }) => originalDate ?? date)
    const titles = rank('album', albumTextOf.album)
    const positions = Array.from(entries.keys())
    positions.sort(
      (a, b) =>
        compareRanks(artists, a, b) ||
        compareRanks(dates, a, b) ||
        compareRanks(titles, a, b) ||
        this.#compareEqualAlbums(entries[a] as AlbumEntry, entries[b] as AlbumEntry),
    )
    return positions.map((position) => entries[position] as AlbumEntry)
  }

  /** The tracks of two albums that are equal to the collator do not mix; tracks without an album do. */
  #compareEqualAlbums(a: AlbumEntry, b: AlbumEntry): number {
    if (a.album.title === undefined && b.album.title === undefined)
      return this.#albums.compareInAlbum(a.rows[0] as number, b.rows[0] as number)
    return a.album.key < b.album.key ? -1 : 1
  }

  /** Returns the rank of each index in a column, −1 for a missing value. */
  #ranksOf(column: SortColumn): Int32Array {
    let ranks = this.#ranksByColumn.get(column)
    if (ranks === undefined) {
      this.#sortNaturally()
      ranks = this.#computeRanks(column)
      this.#ranksByColumn.set(column, ranks)
    }
    return ranks
  }

  #computeRanks(column: SortColumn): Int32Array {
    switch (column) {
      case 'number':
        return this.#rankNumbersOnSides()
      case 'title':
      case 'composer':
      case 'path':
      case 'codec':
        return this.#textRanksOf(column).rank(this.#valuesOf(textOf[column]))
      case 'artist':
      case 'album':
      case 'year':
      case 'originalYear':
      case 'genre':
        return this.#rankByAlbum(column)
      default:
        return rankNumbers(this.#valuesOf(numberOf[column]))
    }
  }

  /** Ranks the values of albums, of which there are fewer than tracks. */
  #rankByAlbum(column: AlbumColumn): Int32Array {
    const entries = this.#albums.entries()
    const ofAlbums = this.#textRanksOf(column).rank(entries.map(({ album }) => albumTextOf[column](album)))
    const ranks = new Int32Array(this.#length).fill(-1)
    for (const [position, { rows }] of entries.entries())
      for (const row of rows) ranks[row] = ofAlbums[position] as number
    return ranks
  }

  /** The sides of a record come one after the other. */
  #rankNumbersOnSides(): Int32Array {
    const sides = this.#textRanksOf('side').rank(this.#valuesOf(({ side }) => side ?? ''))
    const numbers = this.#valuesOf(({ number }) => number)
    return rankNumbers(
      numbers.map((number, index) =>
        number === undefined ? undefined : (sides[index] as number) * 2 ** 32 + number,
      ),
    )
  }

  #valuesOf<Value>(read: (track: Track) => Value | undefined): (Value | undefined)[] {
    return Array.from({ length: this.#length }, (_, index) => {
      const track = this.#trackAt(index)
      return track && read(track)
    })
  }

  #textRanksOf(name: TextColumn | AlbumColumn | 'firstDate' | 'side'): TextRanks {
    let ranks = this.#textRanks.get(name)
    if (ranks === undefined) {
      ranks = new TextRanks()
      this.#textRanks.set(name, ranks)
    }
    return ranks
  }
}

/** Missing values come last. */
function compareRanks(ranks: Int32Array, a: number, b: number): number {
  const one = ranks[a] as number
  const other = ranks[b] as number
  if (one === other) return 0
  if (one < 0) return 1
  return other < 0 ? -1 : one - other
}
