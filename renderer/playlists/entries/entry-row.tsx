import { FileX2 } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import type { ListItem, MissingItem } from '../../../shared/library/library-list.ts'
import type { Track } from '../../../shared/library/track.ts'
import { Cover } from '../../ui/cover.tsx'
import { PlayingIndicator } from '../../ui/playing-indicator.tsx'
import { TrackMark } from '../../ui/track-mark/track-mark.tsx'
import { classes } from '../../ui/utils/classes.ts'
import { formatDuration, formatNumber } from '../../ui/utils/format.ts'
import { artistText } from '../../ui/utils/track-text.ts'
import styles from './entry-list.module.css'

interface EntryRowProps {
  readonly item: ListItem | undefined
  readonly index: number
  readonly count: number
  /** Distance from the first row in CSS pixels. */
  readonly top: number
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly isCurrent: boolean
  readonly isPlaying: boolean
  readonly isDraggable: boolean
  readonly isDropTarget: boolean
}

/** One entry of a playlist. The list handles the events of all entries. */
export function EntryRow(props: EntryRowProps) {
  const { item, index, count, top, isSelected, isTabStop, isCurrent, isPlaying, isDraggable } = props
  return (
    <div
      role="option"
      className={classes(styles.row, props.isDropTarget && styles.drop)}
      data-index={index}
      data-missing={item?.kind === 'missing' || undefined}
      data-unavailable={(item?.kind === 'track' && item.track.unavailable !== undefined) || undefined}
      aria-selected={isSelected}
      aria-current={isCurrent || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={isTabStop ? 0 : -1}
      draggable={isDraggable}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className={styles.number}>
        {isCurrent ? <PlayingIndicator isMoving={isPlaying} /> : formatNumber(index + 1)}
      </span>
      {item?.kind === 'track' && <TrackCells track={item.track} />}
      {item?.kind === 'missing' && <MissingCells entry={item} />}
    </div>
  )
}

function TrackCells({ track }: { readonly track: Track }) {
  return (
    <>
      <Cover track={track} className={styles.cover} size={128} />
      <span className={styles.names}>
        <span className={styles.title} title={track.title}>
          {track.title}
        </span>
        <span className={styles.under}>{joinIsolated([artistText(track), track.album], ' · ')}</span>
      </span>
      <TrackMark track={track} />
      <span className={styles.duration}>{formatDuration(track.duration)}</span>
    </>
  )
}

function MissingCells({ entry }: { readonly entry: MissingItem }) {
  // A track that has not arrived yet has no name.
  if (entry.title === '') return null
  return (
    <>
      <span className={styles.cover}>
        <FileX2 aria-hidden="true" />
      </span>
      <span className={styles.names}>
        <span className={styles.title} title={entry.title}>
          {joinIsolated([entry.title, entry.artist], ' · ')}
        </span>
        <span className={styles.under} title={entry.location}>
          {m.playlists_entry_missing({ location: entry.location })}
        </span>
      </span>
    </>
  )
}
