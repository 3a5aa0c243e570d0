import { CircleAlert } from 'lucide-react'
import type { ScanProgress } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { attempt, openDialog } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import styles from './scan-status.module.css'

/** The progress of the scan, and the number of unreadable files. */
export function ScanStatus() {
  const host = useHost()
  const scan = useWindow((state) => state.scan)
  return (
    <div className={styles.status}>
      {scan.unreadable > 0 && (
        <Button quiet onClick={() => openDialog('problems')}>
          <CircleAlert aria-hidden="true" />
          {m.library_files_unreadable({ count: scan.unreadable, number: formatNumber(scan.unreadable) })}
        </Button>
      )}
      {scan.running && (
        <>
          <span className={styles.words}>{scanProgressText(scan)}</span>
          <progress
            className={styles.progress}
            aria-label={m.library_reading_the_folder()}
            {...(scan.walked && { value: scan.read + scan.unreadable, max: scan.found })}
          />
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

function scanProgressText({ walked, found, read, unreadable }: ScanProgress): string {
  const counts = { done: formatNumber(read + unreadable), found: formatNumber(found) }
  return walked ? m.library_scan_read(counts) : m.library_scan_found(counts)
}
