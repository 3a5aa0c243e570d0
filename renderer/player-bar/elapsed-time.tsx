import { useEffect, useRef } from 'react'
import { useWindow } from '../store/window-store.ts'
import { formatDuration } from '../ui/utils/format.ts'
import { durationOf, subscribeToPosition } from './playback-position.ts'
import styles from './player-bar.module.css'

export function ElapsedTime() {
  const elapsed = useRef<HTMLSpanElement>(null)
  const length = useWindow(durationOf)
  const isIdle = useWindow((state) => state.player.track === 0)
  useEffect(() => {
    const paint = (position: number) => {
      const text = formatDuration(length > 0 ? Math.min(position, length) : position)
      if (elapsed.current && elapsed.current.textContent !== text) elapsed.current.textContent = text
    }
    if (!isIdle) return subscribeToPosition(paint, () => 1)
  }, [length, isIdle])
  if (isIdle) return null
  return (
    <p className={styles.time}>
      <span ref={elapsed} className={styles.elapsed} />
      {' / '}
      <span>{formatDuration(length || undefined)}</span>
    </p>
  )
}
