import type { ReactNode } from 'react'
import styles from './failure-page.module.css'

interface FailurePageProps {
  readonly title: string
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Replaces something that cannot be shown. */
export function FailurePage({ title, children, action }: FailurePageProps) {
  return (
    <div className={styles.page} role="alert">
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{children}</p>
      {action}
    </div>
  )
}
