import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { LogoBanner } from './logo.tsx'

interface EmptyStateProps {
  readonly title: string
  readonly children: ReactNode
  /** The next step. */
  readonly action?: ReactNode
}

/** Shown by a view without content: the reason, and the next step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.message}>
      <LogoBanner />
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{children}</p>
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  )
}
