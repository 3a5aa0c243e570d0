import { Play } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import type { TrackId } from '../../shared/library/track.ts'
import { openTrackMenu } from '../session/item-actions.ts'
import { findTrack, useWindow } from '../store/window-store.ts'
import { Cover } from '../ui/cover.tsx'
import { TrackMark } from '../ui/track-mark/track-mark.tsx'
import { formatDuration } from '../ui/utils/format.ts'
import { menuPosition } from '../ui/utils/menu-position.ts'
import { artistText } from '../ui/utils/track-text.ts'
import styles from './up-next-view.module.css'

interface UpNextRowProps {
  readonly id: TrackId
  readonly index: number
}

export function UpNextRow({ id, index }: UpNextRowProps) {
  const isQueued = useWindow(({ queuedCount: queued }) => index < queued)
  const track = useWindow((state) => findTrack(state, id))
  if (!track) return null
  const artist = artistText(track)
  return (
    <li
      data-index={index}
      data-unplayable={!track.isPlayable || track.unavailable !== undefined || undefined}
      onContextMenu={(event) => {
        event.preventDefault()
        openTrackMenu(menuPosition(event.nativeEvent), track)
      }}
    >
      <button type="button" className={styles.row}>
        <span className={styles.place}>
          <span className={styles.number}>{index + 1}</span>
          <Play className={styles.play} data-play fill="currentColor" aria-hidden="true" />
        </span>
        <Cover track={track} size={128} className={styles.thumbnail} />
        <span className={styles.song}>
          <span className={styles.songTitle} title={track.title}>
            {track.title}
          </span>
          {artist && <span className={styles.songArtist}>{artist}</span>}
        </span>
        <TrackMark track={track} />
        {isQueued && <span className={styles.queued}>{m.upnext_added_by_you()}</span>}
        <span className={styles.length}>{formatDuration(track.duration)}</span>
      </button>
    </li>
  )
}
