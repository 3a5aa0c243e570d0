import { lazy, Suspense } from 'react'
import { FailureBoundary } from './failure-boundary.tsx'
import { ResizeHandle } from './resize-handle.tsx'
import { useWindow } from './store.ts'
import styles from './threads-dock.module.css'

const ThreadsPanel = lazy(async () => {
  const { ThreadsPanel } = await import('../threads-view/threads-panel.tsx')
  return { default: ThreadsPanel }
})

/** The place of the Threads panel, below the view; its height is the user's. */
export function ThreadsDock() {
  const height = useWindow((state) => state.threadsHeight)
  return (
    <div className={styles.dock} style={{ '--height': `${height}px` }}>
      <ResizeHandle />
      <FailureBoundary what="The Threads panel stopped">
        <Suspense fallback={<p className={styles.loading}>Opening the panel…</p>}>
          <ThreadsPanel />
        </Suspense>
      </FailureBoundary>
    </div>
  )
}
