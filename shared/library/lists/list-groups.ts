import type { AlbumItem, ArtistItem, GenreItem, YearItem } from '../library-list.ts'
import type { NameKeys } from '../names.ts'
import type { ListSource } from './list-source.ts'
import { groupAlbums, groupByArtist, groupByGenre, groupByYear, type TrackGroup } from './track-groups.ts'

/** The groups of some tracks, which are given by index in their natural order. Each kind is computed once. */
export class ListGroups {
  readonly #source: ListSource
  readonly #rows: Int32Array
  readonly #names: NameKeys
  #artists: readonly TrackGroup<ArtistItem>[] | undefined
  #albums: readonly TrackGroup<AlbumItem>[] | undefined
  #genres: readonly TrackGroup<GenreItem>[] | undefined
  #years: readonly TrackGroup<YearItem>[] | undefined

  constructor(source: ListSource, rows: Int32Array, names: NameKeys) {
    this.#source = source
    this.#rows = rows
    this.#names = names
  }

  get artists(): readonly TrackGroup<ArtistItem>[] {
    this.#artists ??= groupByArtist(this.#source, this.#rows, this.#names)
    return this.#artists
  }

  get albums(): readonly TrackGroup<AlbumItem>[] {
    this.#albums ??= groupAlbums(this.#source, this.#rows)
    return this.#albums
  }

  get genres(): readonly TrackGroup<GenreItem>[] {
    this.#genres ??= groupByGenre(this.#source, this.#rows, this.#names)
    return this.#genres
  }

  get years(): readonly TrackGroup<YearItem>[] {
    this.#years ??= groupByYear(this.#source, this.#rows)
    return this.#years
  }

  /** Computes the albums or the artists. Returns whether one of them was missing. */
  prepare(): boolean {
    if (this.#albums === undefined) return this.albums !== undefined
    return this.#artists === undefined && this.artists !== undefined
  }
}
