import { useEffect, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useWindow } from '../../store/window-store.ts'
import styles from './notices.module.css'

/** How long it stays, in milliseconds. */
const noticeDuration = 8000

/** Says once, as the first song plays, that nothing will be heard of it. */
export function NoOutputDeviceNotice() {
  const isDue = useWindow(({ hasSoundDevice, player }) => !hasSoundDevice && player.transport === 'playing')
  const hasSoundDevice = useWindow((state) => state.hasSoundDevice)
  const [stage, setStage] = useState<'before' | 'shown' | 'after'>('before')
  useEffect(() => {
    if (isDue) setStage((was) => (was === 'before' ? 'shown' : was))
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
