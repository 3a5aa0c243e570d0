import { TriangleAlert } from 'lucide-react'
import { useWindow } from '../../app/store.ts'
import { duration } from '../words.ts'
import styles from './analysis.module.css'

/** Whether the next song was ready when it was needed last, and how long before. */
export function NextSongReadiness() {
  const { number, ahead } = useWindow((state) => state.player.readiness)
  if (number === 0) return <p className={styles.quiet}>No next song was needed yet.</p>
  if (ahead !== undefined) {
    return <p className={styles.quiet}>Next song was ready {duration(ahead)} before it was needed.</p>
  }
  return (
    <p className={styles.late}>
      <TriangleAlert size={16} aria-hidden="true" />
      Next song was not ready when it was needed.
    </p>
  )
}
