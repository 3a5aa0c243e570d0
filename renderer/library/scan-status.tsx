import { CircleAlert } from 'lucide-react'
import type { ScanProgress } from '../../shared/host-api.ts'
import { attempt, openDialog } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import { useWindow } from '../app/store.ts'
import { Button } from '../ui/button.tsx'
import { count, counted } from '../ui/format.ts'
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
          {counted(scan.unreadable, 'file')} could not be read
        </Button>
      )}
      {scan.running && (
        <>
          <span className={styles.words}>{wording(scan)}</span>
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

function wording({ walked, found, read, unreadable }: ScanProgress): string {
  const done = read + unreadable
  return walked ? `${count(done)} of ${count(found)} read` : `${count(found)} found, ${count(done)} read`
}
