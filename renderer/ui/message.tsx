import type { ReactNode } from 'react'
import styles from './message.module.css'
import { Strands } from './strands.tsx'

interface MessageProps {
  readonly title: string
  readonly children: ReactNode
  /** The next step. */
  readonly action?: ReactNode
}

/** A view that has nothing to list: what is the case, and the one next step. */
export function Message({ title, children, action }: MessageProps) {
  return (
    <div className={styles.message}>
      <Strands />
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{children}</p>
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  )
}
