import { CircleAlert } from 'lucide-react'
import type { ScanProgress } from '../../shared/host-api.ts'
import { useHost } from '../host/host-context.ts'
import { attempt, openDialog } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { formatCount, formatNumber } from '../ui/utils/format.ts'
import styles from './scan-status.module.css'

/** How far the reading of the folder is, and what it could not read. */
export function ScanStatus() {
  const host = useHost()
  const scan = useWindow((state) => state.scan)
  return (
    <div className={styles.status}>
      {scan.unreadable > 0 && (
        <Button quiet onClick={() => openDialog('problems')}>
          <CircleAlert aria-hidden="true" />
          {formatCount(scan.unreadable, 'file')} could not be read
        </Button>
      )}
      {scan.running && (
        <>
          <span className={styles.words}>{scanProgressText(scan)}</span>
          <progress
            className={styles.progress}
            aria-label="Reading the folder"
            {...(scan.walked && { value: scan.read + scan.unreadable, max: scan.found })}
          />
          <Button quiet onClick={() => attempt(host.stopScan())}>
            Stop
          </Button>
        </>
      )}
      {!scan.running && scan.stopped && <span className={styles.words}>Stopped before the end</span>}
    </div>
  )
}

function scanProgressText({ walked, found, read, unreadable }: ScanProgress): string {
  const done = read + unreadable
  return walked
    ? `${formatNumber(done)} of ${formatNumber(found)} read`
    : `${formatNumber(found)} found, ${formatNumber(done)} read`
}
