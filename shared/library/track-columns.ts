/** The columns that the window can show of a track, in the sequence of their menu. */
export const trackColumnIds = [
  'number',
  'title',
  'artist',
  'album',
  'albumArtist',
  'composer',
  'year',
  'genre',
  'rating',
  'plays',
  'lastPlayed',
  'added',
  'codec',
  'path',
  'duration',
] as const

export type TrackColumnId = (typeof trackColumnIds)[number]

export const defaultTrackColumns: readonly TrackColumnId[] = [
  'number',
  'title',
  'artist',
  'album',
  'year',
  'genre',
  'duration',
]
