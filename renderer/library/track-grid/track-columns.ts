import { m } from '../../../shared/i18n/messages.js'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import { type SortColumn, sortColumns } from '../../../shared/library/sort.ts'
import { type Track, yearOf } from '../../../shared/library/track.ts'
import type { TrackColumnId } from '../../../shared/library/track-columns.ts'
import { formatDate, formatDuration, formatNumber } from '../../ui/utils/format.ts'
import { artistText, genreText, numberText } from '../../ui/utils/track-text.ts'
import type { ColumnWidth } from './column-layout.ts'

export interface TrackColumn extends ColumnWidth {
  readonly id: TrackColumnId
  /** Undefined if the library cannot be sorted by it. */
  readonly sort: SortColumn | undefined
  /** The text of the header. */
  readonly label: () => string
  /** The text of a cell. The cells of title and number show more. */
  readonly text: (track: Track) => string
  readonly align: 'start' | 'center' | 'end'
}

type ColumnText = Pick<TrackColumn, 'label' | 'text'>

/** The columns, from the one that leaves a narrow window first. */
const columnsByPriority: readonly TrackColumnId[] = [
  'path',
  'codec',
  'composer',
  'albumArtist',
  'added',
  'lastPlayed',
  'plays',
  'genre',
  'year',
  'rating',
  'artist',
  'album',
  'number',
  'duration',
  'title',
]

const texts: Readonly<Record<TrackColumnId, ColumnText>> = {
  number: { label: () => '#', text: numberText },
  title: { label: m.library_column_title, text: ({ title }) => title },
  artist: { label: m.library_column_artist, text: artistText },
  album: { label: m.library_column_album, text: ({ album }) => album ?? '' },
  albumArtist: {
    label: m.library_column_album_artist,
    text: ({ albumArtists }) => joinIsolated(albumArtists, ', '),
  },
  composer: { label: m.library_column_composer, text: ({ composers }) => joinIsolated(composers, ', ') },
  year: { label: m.library_column_year, text: (track) => String(yearOf(track) ?? '') },
  genre: { label: m.library_column_genre, text: genreText },
  rating: {
    label: m.library_column_rating,
    text: ({ rating }) => (rating === undefined ? '' : String(rating)),
  },
  plays: {
    label: m.library_column_plays,
    text: ({ playCount }) => (playCount ? formatNumber(playCount) : ''),
  },
  lastPlayed: { label: m.library_column_last_played, text: ({ lastPlayedAt }) => formatDate(lastPlayedAt) },
  added: { label: m.library_column_added, text: ({ addedAt }) => formatDate(addedAt) },
  codec: { label: m.library_column_codec, text: ({ codec }) => codec ?? '' },
  path: { label: m.library_column_path, text: ({ path }) => path },
  duration: { label: m.library_column_time, text: ({ duration }) => formatDuration(duration) },
}

/** The widths in CSS pixels, and the shares of the room that is left. */
const widths: Readonly<Record<TrackColumnId, readonly [min: number, grow: number]>> = {
  number: [52, 0],
  title: [200, 3.4],
  artist: [120, 2],
  album: [120, 2],
  albumArtist: [120, 2],
  composer: [120, 2],
  year: [64, 0],
  genre: [100, 1.1],
  rating: [112, 0],
  plays: [72, 0],
  lastPlayed: [112, 0],
  added: [112, 0],
  codec: [80, 0],
  path: [160, 3],
  duration: [76, 0],
}

const alignments: Partial<Record<TrackColumnId, TrackColumn['align']>> = {
  number: 'center',
  plays: 'end',
  duration: 'end',
}

/** The library sorts by names of its own. */
const sortNames: Partial<Record<TrackColumnId, SortColumn>> = { lastPlayed: 'played' }

const sortOf = (id: TrackColumnId): SortColumn | undefined =>
  sortNames[id] ?? sortColumns.find((column) => column === id)

const columns: ReadonlyMap<TrackColumnId, TrackColumn> = new Map(
  columnsByPriority.map((id, priority) => {
    const [min, grow] = widths[id]
    return [
      id,
      {
        id,
        sort: sortOf(id),
        min,
        grow,
        priority,
        align: alignments[id] ?? 'start',
        ...texts[id],
      },
    ]
  }),
)

/** Returns a column of the grid. */
export function trackColumn(id: TrackColumnId): TrackColumn {
  const column = columns.get(id)
  if (column === undefined) throw new Error(`There is no column ${id}`)
  return column
}
