import { m } from '../../../shared/i18n/messages.js'
import { useHost } from '../../host/host-context.ts'
import { attempt, openDialog } from '../../session/actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/fields/progress-bar.tsx'
import { formatNumber } from '../../ui/utils/format.ts'
import { scanProgressText } from '../../ui/utils/scan-text.ts'
import styles from './library-settings.module.css'

/** The progress of a scan, and what starts, pauses and stops it. */
export function ScanControls() {
  const host = useHost()
  const scan = useWindow((state) => state.scan)
  const unreadable = useWindow((state) => state.problems.length)
  return (
    <>
      {/* The same button with another text, so that it keeps the focus. */}
      <Button onClick={() => attempt(scan.running ? host.stopScan() : host.rescan())}>
        {scan.running ? m.library_scan_stop() : m.library_rescan()}
      </Button>
      {scan.running && (
        <Button onClick={() => attempt(scan.paused ? host.continueScan() : host.pauseScan())}>
          {scan.paused ? m.library_scan_continue() : m.library_scan_pause()}
        </Button>
      )}
      {unreadable > 0 && (
        <Button quiet onClick={() => openDialog('problems')}>
          {m.library_files_unreadable({ count: unreadable, number: formatNumber(unreadable) })}
        </Button>
      )}
      {scan.running && (
        <div className={styles.scan}>
          <ProgressBar
            className={styles.progress}
            label={m.library_reading_the_folder()}
            progress={scan.walked ? { value: scan.read + scan.unreadable, max: scan.found } : undefined}
          />
          <p className={styles.quiet}>{scanProgressText(scan)}</p>
        </div>
      )}
      {!scan.running && scan.stopped && <p className={styles.quiet}>{m.library_stopped_before_the_end()}</p>}
    </>
  )
}
