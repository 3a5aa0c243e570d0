import { useEffect, useRef } from 'react'
import { useWindow } from '../store/window-store.ts'
import { formatDuration } from '../ui/utils/format.ts'
import { durationOf, subscribeToPosition } from './playback-position.ts'
import styles from './player-bar.module.css'

/** Elapsed and total time of the current song. */
export function ElapsedTime() {
  const elapsed = useRef<HTMLSpanElement>(null)
  const length = useWindow(durationOf)
  const idle = useWindow((state) => state.player.track === 0)
  useEffect(() => {
    const paint = (position: number) => {
      const text = formatDuration(length > 0 ? Math.min(position, length) : position)
      if (elapsed.current && elapsed.current.textContent !== text) elapsed.current.textContent = text
    }
    if (!idle) return subscribeToPosition(paint, () => 1)
  }, [length, idle])
  if (idle) return null
  return (
    <p className={styles.time}>
      <span ref={elapsed} className={styles.elapsed} />
      {' / '}
      <span>{formatDuration(length || undefined)}</span>
    </p>
  )
}
