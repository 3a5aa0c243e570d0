import { useEffect, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useWindow } from '../../store/window-store.ts'
import styles from './notices.module.css'

/** Milliseconds for which the notice stays. */
const noticeDuration = 8000

/** Reports once, when the first song plays, that there is no output device. */
export function NoOutputDeviceNotice() {
  const isDue = useWindow(({ hasSoundDevice, player }) => !hasSoundDevice && player.transport === 'playing')
  const hasSoundDevice = useWindow((state) => state.hasSoundDevice)
  const [stage, setStage] = useState<'before' | 'shown' | 'after'>('before')
  useEffect(() => {
    if (isDue) setStage((current) => (current === 'before' ? 'shown' : current))
  }, [isDue])
  useEffect(() => {
    if (stage !== 'shown') return
    const timer = setTimeout(() => setStage('after'), noticeDuration)
    return () => clearTimeout(timer)
  }, [stage])
  return (
    <div role="status" aria-label={m.shell_sound_output()}>
      {stage === 'shown' && !hasSoundDevice && (
        <p className={styles.silence}>{m.shell_no_sound_output_was_found()}</p>
      )}
    </div>
  )
}
