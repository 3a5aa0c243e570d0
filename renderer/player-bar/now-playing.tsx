import { m } from '../../shared/i18n/messages.js'
import { joinNames } from '../../shared/library/track.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { TrackMark } from '../ui/track-mark/track-mark.tsx'
import styles from './player-bar.module.css'

/** Title, artist and album of the current song. Screen readers announce changes. */
export function NowPlaying() {
  const track = useCurrentTrack()
  const by = [track && joinNames(track.artists), track?.album].filter(Boolean).join(' — ')
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
