// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid needs rows with free positions, which a table does not allow
import { CalendarDays, Play, Tag, UserRound } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import type { AlbumItem, ListItem } from '../../../shared/library/library-list.ts'
import { CoverPicture } from '../../ui/cover.tsx'
import { albumArtist, albumTitle, groupText, itemTitle, yearText } from '../items/item-text.ts'
import styles from './item-card.module.css'

interface ItemCardProps {
  /** Undefined until it arrives. */
  readonly item: ListItem | undefined
  readonly index: number
  readonly column: number
  /** Whether this card is the tab stop of the grid. */
  readonly isTabStop: boolean
}

/** One item of a grid, which handles the events of all cards. */
export const ItemCard = memo(function ItemCard({ item, index, column, isTabStop }: ItemCardProps) {
  return (
    <div
      className={styles.cell}
      role="gridcell"
      aria-colindex={column + 1}
      data-index={index}
      data-unavailable={item?.kind === 'album' && !item.isAvailable ? true : undefined}
      tabIndex={isTabStop ? 0 : -1}
    >
      {item?.kind === 'album' ? <AlbumCard album={item} /> : item && <WideCard item={item} />}
    </div>
  )
})

/** The content of a card with the cover of an album. */
export function AlbumCard({ album }: { readonly album: AlbumItem }) {
  const title = albumTitle(album)
  const under = joinIsolated([albumArtist(album), yearText(album)], ' · ')
  return (
    <span className={styles.album}>
      <span className={styles.picture}>
        <CoverPicture cover={album.cover} name={album.title ?? ''} size={400} className={styles.cover} />
        <span className={styles.play} data-play>
          <Play fill="currentColor" aria-hidden="true" />
        </span>
      </span>
      <span className={styles.title} title={title}>
        {title}
      </span>
      <span className={styles.under} title={under}>
        {under}
      </span>
    </span>
  )
}

/** The content of a card with a name. */
export function WideCard({ item }: { readonly item: ListItem }) {
  const name = itemTitle(item)
  return (
    <span className={styles.wide}>
      <Picture item={item} />
      <span className={styles.names}>
        <span className={styles.title} title={name}>
          {name}
        </span>
        {(item.kind === 'artist' || item.kind === 'genre' || item.kind === 'year') && (
          <span className={styles.under}>{groupText(item)}</span>
        )}
      </span>
    </span>
  )
}

function Picture({ item }: { readonly item: ListItem }): ReactNode {
  if (item.kind === 'artist' && item.cover !== undefined)
    return <CoverPicture cover={item.cover} name={item.name} size={128} className={styles.portrait} />
  const Icon = item.kind === 'genre' ? Tag : item.kind === 'year' ? CalendarDays : UserRound
  return (
    <span className={styles.icon}>
      <Icon aria-hidden="true" />
    </span>
  )
}
