import { TriangleAlert } from 'lucide-react'
import { useWindow } from '../store/window-store.ts'
import styles from '../threads-view/details/details-sections.module.css'
import { formatDuration } from '../threads-view/model/text-format.ts'

/** Whether the next song was ready when it was needed last, and how long before. */
export function NextSongReadiness() {
  const { number, ahead } = useWindow((state) => state.player.readiness)
  if (number === 0) return <p className={styles.quiet}>No next song was needed yet.</p>
  if (ahead !== undefined) {
    return <p className={styles.quiet}>Next song was ready {formatDuration(ahead)} before it was needed.</p>
  }
  return (
    <p className={styles.late}>
      <TriangleAlert size={16} aria-hidden="true" />
      Next song was not ready when it was needed.
    </p>
  )
}
