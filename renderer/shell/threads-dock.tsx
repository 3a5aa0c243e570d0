import { Suspense, useEffect } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { setThreadsPanelFull } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { classes } from '../ui/utils/classes.ts'
import { FailureBoundary } from './failure/failure-boundary.tsx'
import { ThreadsPanel } from './lazy-parts.ts'
import { isDialogOpen } from './open-dialog.ts'
import { ResizeHandle } from './resize-handle.tsx'
import styles from './threads-dock.module.css'

/** Contains the Threads panel: below the view with the user's height, or instead of the view. */
export function ThreadsDock() {
  const height = useWindow((state) => state.threadsPanelHeight)
  const isFull = useWindow((state) => state.isThreadsPanelFull)
  useEscape(isFull)
  return (
    <div className={classes(styles.dock, isFull && styles.full)} style={{ '--height': `${height}px` }}>
      {isFull ? <h1 className={styles.heading}>{m.shell_threads_in_full_size()}</h1> : <ResizeHandle />}
      <FailureBoundary title={m.shell_threads_panel_stopped()}>
        <Suspense fallback={<p className={styles.loading}>{m.shell_opening_the_panel()}</p>}>
          <ThreadsPanel />
        </Suspense>
      </FailureBoundary>
    </div>
  )
}

/** Escape leaves the full size, unless the panel itself uses the key. */
function useEscape(isFull: boolean): void {
  useEffect(() => {
    if (!isFull) return
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUsed = event.defaultPrevented || isDialogOpen()
      if (event.key === 'Escape' && !isUsed) setThreadsPanelFull(false)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [isFull])
}
