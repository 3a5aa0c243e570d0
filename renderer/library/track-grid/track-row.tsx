// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { Play } from 'lucide-react'
import { memo } from 'react'
import type { Track } from '../../../shared/library/track.ts'
import { Cover } from '../../ui/cover.tsx'
import { PlayingIndicator } from '../../ui/playing-indicator.tsx'
import { TrackMark } from '../../ui/track-mark/track-mark.tsx'
import { artistText } from '../../ui/utils/track-text.ts'
import { trackColumns } from './track-columns.ts'
import styles from './track-grid.module.css'

interface TrackRowProps {
  readonly track: Track | undefined
  readonly index: number
  /** Distance from the first row in CSS pixels. */
  readonly top: number
  readonly selected: boolean
  /** Whether this row is the tab stop of the grid. */
  readonly isTabStop: boolean
  readonly current: boolean
  readonly playing: boolean
}

/** One track. The grid handles the events of all rows. */
export const TrackRow = memo(function TrackRow(props: TrackRowProps) {
  const { track, index, top, selected, isTabStop, current, playing } = props
  return (
    <div
      className={styles.row}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={current || undefined}
      data-unplayable={track?.isPlayable === false || undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
    >
      {trackColumns.map((column, columnIndex) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus goes to the rows
        <div
          key={column.sort}
          className={styles.cell}
          role="gridcell"
          aria-colindex={columnIndex + 1}
          data-column={column.sort}
        >
          {track && column.sort === 'number' && (
            <>
              <span className={styles.number}>
                {current ? <PlayingIndicator isMoving={playing} /> : column.text(track)}
              </span>
              <Play className={styles.play} data-play fill="currentColor" aria-hidden="true" />
            </>
          )}
          {track && column.sort === 'title' && <TitleCell track={track} />}
          {track && column.sort !== 'number' && column.sort !== 'title' && (
            <span className={styles.text} title={column.text(track)}>
              {column.text(track)}
            </span>
          )}
        </div>
      ))}
    </div>
  )
})

function TitleCell({ track }: { readonly track: Track }) {
  return (
    <>
      <Cover track={track} size={128} className={styles.thumbnail} />
      <span className={styles.names}>
        <span className={styles.title} title={track.title}>
          {track.title}
        </span>
        <span className={styles.under} aria-hidden="true">
          {artistText(track)}
        </span>
      </span>
      <TrackMark track={track} />
    </>
  )
}
