import { m } from '../../../shared/i18n/messages.js'
import {
  pauseLoudnessScan,
  startLoudnessScan,
  stopLoudnessScan,
} from '../../session/analysis/scan-actions.ts'
import { type LoudnessScan as Scan, useSongAnalysis } from '../../store/analysis-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/fields/progress-bar.tsx'
import { formatNumber } from '../../ui/utils/format.ts'
import styles from './loudness-scan.module.css'

/** Measures the whole library, and shows how far that is. */
export function LoudnessScan() {
  const scan = useSongAnalysis((state) => state.loudnessScan)
  // The total is not known at first.
  const { done, total } = scan
  const isActive = scan.state === 'running' || scan.state === 'paused'
  return (
    <div className={styles.scan}>
      <p className={styles.words} role="status">
        {scanText(scan)}
      </p>
      {isActive && (
        <ProgressBar
          className={styles.progress}
          label={m.sound_scan_progress()}
          progress={total === 0 ? undefined : { value: done, max: total }}
        />
      )}
      <div className={styles.buttons}>
        {/* One button for all states: it keeps the focus. */}
        <Button onClick={scan.state === 'running' ? pauseLoudnessScan : startLoudnessScan}>
          {actionText(scan)}
        </Button>
        {isActive && <Button onClick={stopLoudnessScan}>{m.sound_scan_stop()}</Button>}
      </div>
    </div>
  )
}

function actionText({ state }: Scan): string {
  if (state === 'running') return m.sound_scan_pause()
  return state === 'paused' ? m.sound_scan_continue() : m.sound_scan_start()
}

function scanText({ state, done, total }: Scan): string {
  const numbers = { done: formatNumber(done), total: formatNumber(total) }
  switch (state) {
    case 'idle':
      return m.sound_scan_explained()
    case 'running':
      return m.sound_scan_running(numbers)
    case 'paused':
      return m.sound_scan_paused(numbers)
    case 'complete':
      return done < total ? m.sound_scan_incomplete(numbers) : m.sound_scan_complete()
  }
}
