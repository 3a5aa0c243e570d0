import { foldedWords, foldText, TextFolder } from '../fold-text.ts'
import type { AlbumItem, LibraryList } from '../library-list.ts'
import type { SortOrder } from '../sort.ts'
import { joinNames, type Track, type TrackId } from '../track.ts'
import type { Album } from './albums.ts'
import {
  type CatalogueList,
  createGroupList,
  createTrackList,
  emptyList,
  type Heading,
} from './catalogue-list.ts'
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
    const sorted = this.#order.sort(sort, this.#tracks.length)
    this.#searchResult = searchTexts(this.#texts, foldedWords(text), this.#searchResult)
    const { marks } = this.#searchResult
    const rows = new Int32Array(this.#tracks.length)
    let count = 0
    for (const index of sorted) {
      if (marks[index] === 1) rows[count++] = this.#tracks[index]?.id ?? 0
    }
    return rows.slice(0, count)
  }

  /** Returns the sum of the known durations in seconds. */
  durationOf(ids: Int32Array): number {
    return ids.reduce((sum, id) => sum + (this.get(id)?.duration ?? 0), 0)
  }

  /** Returns a list with the tracks that match `text`. Without `sort` it has the list's own order. */
  list(list: LibraryList, text: string, sort: readonly SortOrder[]): CatalogueList {
    const order = sort[0] ?? { column: 'artist', descending: false }
    switch (list.kind) {
      case 'albums':
        return createGroupList(
          this.#groupByAlbum(this.search(text, order)).map(([album, tracks]) => ({
            item: this.#albumItem(album, tracks),
            tracks: Int32Array.from(tracks),
          })),
        )
      case 'album':
        return this.#albumList(list.key, text, order)
      default:
        return createTrackList({
          ...this.#trackItems(this.search(text, order)),
        })
    }
  }

  #trackItems(tracks: Int32Array) {
    return {
      tracks,
      trackItemAt: (index: number) => {
        const track = this.get(tracks[index] ?? 0)
        return track && { kind: 'track' as const, track, albumKey: this.#albumOf(track.id)?.key }
      },
    }
  }

  #albumOf(id: TrackId): Album | undefined {
    const index = this.#indexes.get(id)
    return index === undefined ? undefined : this.#order.albumAt(index)
  }

  #groupByAlbum(ids: Int32Array): [Album, TrackId[]][] {
    const groups = new Map<Album, TrackId[]>()
    for (const id of ids) {
      const album = this.#albumOf(id)
      if (album === undefined) continue
      const group = groups.get(album)
      if (group === undefined) groups.set(album, [id])
      else group.push(id)
    }
    return [...groups]
  }

  #albumItem(album: Album, ids: readonly TrackId[]): AlbumItem {
    const tracks = ids.flatMap((id) => this.get(id) ?? [])
    return {
      kind: 'album',
      key: album.key,
      title: album.title,
      artist: album.artist,
      artistKey: undefined,
      date: album.date,
      originalDate: tracks.find(({ originalDate }) => originalDate !== undefined)?.originalDate,
      cover: tracks.find(({ cover }) => cover !== undefined)?.cover,
      trackCount: tracks.length,
      duration: tracks.reduce((sum, { duration }) => sum + (duration ?? 0), 0),
      isAvailable: tracks.some(({ unavailable }) => unavailable === undefined),
    }
  }

  #albumList(key: string, text: string, order: SortOrder): CatalogueList {
    const group = this.#groupByAlbum(this.search(text, order)).find(([album]) => album.key === key)
    if (group === undefined) return emptyList
    const [album, ids] = group
    const headings: Heading[] = []
    let disc: number | undefined
    for (const [trackIndex, id] of ids.entries()) {
      const track = this.get(id)
      if (track === undefined || track.disc === disc) continue
      disc = track.disc
      const of = { kind: 'disc' as const, disc: disc ?? 1, subtitle: track.discSubtitle }
      headings.push({ item: { kind: 'heading', of }, trackIndex })
    }
    return createTrackList({
      ...this.#trackItems(Int32Array.from(ids)),
      headings: headings.length > 1 ? headings : [],
      of: this.#albumItem(album, ids),
    })
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
