import { Suspense } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { FailureBoundary } from './failure/failure-boundary.tsx'
import styles from './lab-route.module.css'
import { LabView } from './lazy-parts.ts'

/** The view of the Lab. Its code is loaded when it is first shown. */
export function LabRoute() {
  return (
    <FailureBoundary title={m.shell_lab_stopped()}>
      <Suspense fallback={<p className={styles.loading}>{m.shell_opening_the_lab()}</p>}>
        <LabView />
      </Suspense>
    </FailureBoundary>
  )
}
