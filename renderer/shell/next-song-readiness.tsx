import { TriangleAlert } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import styles from '../threads-view/details/details-sections.module.css'
import { formatDuration } from '../threads-view/model/text-format.ts'

/** Shows whether the next song was ready when it was last needed, and for how long it had been ready. */
export function NextSongReadiness() {
  const { number, ahead } = useWindow((state) => state.player.readiness)
  if (number === 0) return <p className={styles.quiet}>{m.shell_no_track_change_yet()}</p>
  if (ahead !== undefined) {
    return <p className={styles.quiet}>{m.shell_next_song_was_ready({ duration: formatDuration(ahead) })}</p>
  }
  return (
    <p className={styles.late}>
      <TriangleAlert size={16} aria-hidden="true" />
      {m.shell_next_song_was_not_ready()}
    </p>
  )
}
