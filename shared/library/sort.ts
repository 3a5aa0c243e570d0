export type SortColumn = 'title' | 'artist' | 'album' | 'number' | 'year' | 'genre' | 'duration'

export interface SortOrder {
  readonly column: SortColumn
  readonly descending: boolean
}
