import { m } from '../../../shared/i18n/messages.js'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import { nameOfItem } from '../../../shared/library/item-name.ts'
import type {
  AlbumItem,
  ArtistItem,
  GenreItem,
  ListItem,
  YearItem,
} from '../../../shared/library/library-list.ts'
import { formatLongDuration, formatNumber } from '../../ui/utils/format.ts'

export const albumTitle = ({ title }: AlbumItem): string => title ?? m.library_no_album()

export const albumArtist = ({ artist, artistKey, title }: AlbumItem): string =>
  artist ?? (artistKey === undefined && title !== undefined ? m.library_various_artists() : '')

/** Returns the year of the first release, else of this one. */
export const yearText = ({ originalDate, date }: AlbumItem): string =>
  (originalDate ?? date ?? '').slice(0, 4)

export const trackCountText = (count: number): string =>
  m.library_track_count({ count, number: formatNumber(count) })

export const albumCountText = (count: number): string =>
  m.library_album_count({ count, number: formatNumber(count) })

/** Returns what a list of tracks contains, like `12 tracks · 48 min`. */
export const contentText = (trackCount: number, duration: number): string =>
  joinIsolated([trackCountText(trackCount), duration > 0 ? formatLongDuration(duration) : undefined], ' · ')

/** Returns the albums and tracks of an artist, a genre or a year. */
export const groupText = ({ albumCount, trackCount }: ArtistItem | GenreItem | YearItem): string =>
  joinIsolated([albumCount > 0 ? albumCountText(albumCount) : undefined, trackCountText(trackCount)], ' · ')

/** Returns the name of an item that a card or a page has; for tracks without an album what stands in its place. */
export const itemTitle = (item: ListItem): string => nameOfItem(item) ?? m.library_no_album()
