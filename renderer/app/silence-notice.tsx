import { useEffect, useState } from 'react'
import styles from './notices.module.css'
import { useWindow } from './store.ts'

/** How long it stays, in milliseconds. */
const stay = 8000

/** Says once, as the first song plays, that nothing will be heard of it. */
export function SilenceNotice() {
  const isDue = useWindow(({ hasSoundDevice, player }) => !hasSoundDevice && player.transport === 'playing')
  const hasSoundDevice = useWindow((state) => state.hasSoundDevice)
  const [stage, setStage] = useState<'before' | 'shown' | 'after'>('before')
  useEffect(() => {
    if (isDue) setStage((was) => (was === 'before' ? 'shown' : was))
  }, [isDue])
  useEffect(() => {
    if (stage !== 'shown') return
    const timer = setTimeout(() => setStage('after'), stay)
    return () => clearTimeout(timer)
  }, [stage])
  return (
    <div role="status" aria-label="Sound output">
      {stage === 'shown' && !hasSoundDevice && (
        <p className={styles.silence}>
          No sound output was found: songs run in silence until one is connected.
        </p>
      )}
    </div>
  )
}
