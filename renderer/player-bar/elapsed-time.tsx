import { useEffect, useRef } from 'react'
import { useWindow } from '../app/store.ts'
import { clockTime } from '../ui/format.ts'
import styles from './player-bar.module.css'
import { followPosition, lengthOf } from './position.ts'

/** Elapsed and total time of the current song. */
export function ElapsedTime() {
  const elapsed = useRef<HTMLSpanElement>(null)
  const length = useWindow(lengthOf)
  const idle = useWindow((state) => state.player.track === 0)
  useEffect(() => {
    const paint = (position: number) => {
      const text = clockTime(length > 0 ? Math.min(position, length) : position)
      if (elapsed.current && elapsed.current.textContent !== text) elapsed.current.textContent = text
    }
    if (!idle) return followPosition(paint, () => 1)
  }, [length, idle])
  if (idle) return null
  return (
    <p className={styles.time}>
      <span ref={elapsed} className={styles.elapsed} />
      {' / '}
      <span>{clockTime(length || undefined)}</span>
    </p>
  )
}
