import { CircleAlert } from 'lucide-react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { attempt, openDialog } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { ProgressBar } from '../ui/fields/progress-bar.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import { scanProgressText } from '../ui/utils/scan-text.ts'
import styles from './scan-status.module.css'

/** The progress of the scan, and the number of unreadable files. */
export function ScanStatus() {
  const host = useHost()
  const scan = useWindow((state) => state.scan)
  // Not the scan's own count, which begins at 0 again with each scan: the button would lose the focus.
  const unreadable = useWindow((state) => state.problems.length)
  return (
    <div className={styles.status}>
      {unreadable > 0 && (
        <Button quiet onClick={() => openDialog('problems')}>
          <CircleAlert aria-hidden="true" />
          {m.library_files_unreadable({ count: unreadable, number: formatNumber(unreadable) })}
        </Button>
      )}
      {scan.running && (
        <>
          <span className={styles.words}>{scanProgressText(scan)}</span>
          <ProgressBar
            className={styles.progress}
            label={m.library_reading_the_folder()}
            progress={scan.walked ? { value: scan.read + scan.unreadable, max: scan.found } : undefined}
          />
          <Button quiet onClick={() => attempt(scan.paused ? host.continueScan() : host.pauseScan())}>
            {scan.paused ? m.library_scan_continue() : m.library_scan_pause()}
          </Button>
          <Button quiet onClick={() => attempt(host.stopScan())}>
            {m.library_stop()}
          </Button>
        </>
      )}
      {!scan.running && scan.stopped && (
        <span className={styles.words}>{m.library_stopped_before_the_end()}</span>
      )}
    </div>
  )
}
