import { m } from '../../../shared/i18n/messages.js'
import type { SortColumn } from '../../../shared/library/sort.ts'
import { type Track, yearOf } from '../../../shared/library/track.ts'
import { formatDuration } from '../../ui/utils/format.ts'
import { artistText, genreText, numberText } from '../../ui/utils/track-text.ts'

export interface TrackColumn {
  readonly sort: SortColumn
  /** The text of the header. */
  readonly label: () => string
  /** The text of a cell. The cells of title and number show more. */
  readonly text: (track: Track) => string
}

/** The columns of the grid, from left to right. Narrow windows hide some (track-grid.module.css). */
export const trackColumns: readonly TrackColumn[] = [
  { sort: 'number', label: () => '#', text: numberText },
  { sort: 'title', label: m.library_column_title, text: (track) => track.title },
  { sort: 'artist', label: m.library_column_artist, text: artistText },
  { sort: 'album', label: m.library_column_album, text: (track) => track.album ?? '' },
  { sort: 'year', label: m.library_column_year, text: (track) => String(yearOf(track) ?? '') },
  { sort: 'genre', label: m.library_column_genre, text: genreText },
  { sort: 'duration', label: m.library_column_time, text: (track) => formatDuration(track.duration) },
]
