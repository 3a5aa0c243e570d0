// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus goes to the rows
import { Play } from 'lucide-react'
import type { TrackItem } from '../../../shared/library/library-list.ts'
import type { Track } from '../../../shared/library/track.ts'
import { useHost } from '../../host/host-context.ts'
import { rateTracks } from '../../session/actions.ts'
import { Cover } from '../../ui/cover.tsx'
import { PlayingIndicator } from '../../ui/playing-indicator.tsx'
import { ratingName } from '../../ui/rating/rating.ts'
import { RatingStars } from '../../ui/rating/rating-stars.tsx'
import { TrackMark } from '../../ui/track-mark/track-mark.tsx'
import { artistText } from '../../ui/utils/track-text.ts'
import type { TrackColumn } from './track-columns.ts'
import styles from './track-grid.module.css'

interface TrackCellsProps {
  /** Undefined until it arrives. */
  readonly item: TrackItem | undefined
  /** The columns that fit, of the chosen ones. */
  readonly columns: readonly TrackColumn[]
  readonly chosen: readonly TrackColumn[]
  readonly isCurrent: boolean
  readonly isPlaying: boolean
}

export function TrackCells({ item, columns, chosen, isCurrent, isPlaying }: TrackCellsProps) {
  const track = item?.track
  return columns.map((column) => (
    <div
      key={column.id}
      className={styles.cell}
      role="gridcell"
      aria-colindex={chosen.indexOf(column) + 1}
      data-column={column.id}
      data-align={column.align}
    >
      {track && column.id === 'number' && (
        <>
          <span className={styles.number}>
            {isCurrent ? <PlayingIndicator isMoving={isPlaying} /> : column.text(track)}
          </span>
          <Play className={styles.play} data-play fill="currentColor" aria-hidden="true" />
        </>
      )}
      {track && column.id === 'title' && (
        <TitleCell track={track} hasArtist={columns.some(({ id }) => id === 'artist')} />
      )}
      {track && column.id === 'rating' && <RatingCell track={track} />}
      {track && column.id !== 'number' && column.id !== 'title' && column.id !== 'rating' && (
        <span
          className={styles.text}
          title={column.text(track)}
          data-open={column.id === 'album' && item?.albumKey !== undefined ? true : undefined}
        >
          {column.text(track)}
        </span>
      )}
    </div>
  ))
}

function RatingCell({ track }: { readonly track: Track }) {
  const host = useHost()
  return (
    <RatingStars
      name={ratingName(track.title)}
      rating={track.rating}
      // The keys 0 to 5 rate in the row.
      tabIndex={-1}
      onRate={(rating) => void rateTracks(host, [track.id], rating)}
    />
  )
}

interface TitleCellProps {
  readonly track: Track
  /** Whether a column shows the artist. */
  readonly hasArtist: boolean
}

function TitleCell({ track, hasArtist }: TitleCellProps) {
  return (
    <>
      <Cover track={track} size={128} className={styles.thumbnail} />
      <span className={styles.names}>
        <span className={styles.title} title={track.title}>
          {track.title}
        </span>
        {!hasArtist && (
          <span className={styles.under} aria-hidden="true">
            {artistText(track)}
          </span>
        )}
      </span>
      <TrackMark track={track} />
    </>
  )
}
