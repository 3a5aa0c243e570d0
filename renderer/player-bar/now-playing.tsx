import { m } from '../../shared/i18n/messages.js'
import { joinIsolated } from '../../shared/isolate-text.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { TrackMark } from '../ui/track-mark/track-mark.tsx'
import { artistText } from '../ui/utils/track-text.ts'
import styles from './player-bar.module.css'

/** Title, artist and album of the current song. Screen readers announce changes. */
export function NowPlaying() {
  const track = useCurrentTrack()
  const by = track ? joinIsolated([artistText(track), track.album], ' — ') : ''
  return (
    <div className={styles.names} role="status" aria-label={m.player_now_playing()}>
      {track && (
        <>
          <p className={styles.title} title={track.title}>
            {track.title}
          </p>
          <p className={styles.by} title={by}>
            <TrackMark track={track} /> {by}
          </p>
        </>
      )}
    </div>
  )
}
