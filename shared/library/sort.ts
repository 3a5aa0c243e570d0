export const sortColumns = [
  'title',
  /** By the album's artist, so that albums stay together. */
  'artist',
  'album',
  'number',
  'year',
  'originalYear',
  'genre',
  'composer',
  'duration',
  'rating',
  'plays',
  'played',
  'added',
  'path',
  'codec',
] as const

export type SortColumn = (typeof sortColumns)[number]

export interface SortOrder {
  readonly column: SortColumn
  readonly descending: boolean
}
