import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Text for screen readers only. */
export function VisuallyHidden({
  children,
  ...rest
}: {
  readonly children: ReactNode
  readonly id?: string
}) {
  return (
    <span className={styles.hidden} {...rest}>
      {children}
    </span>
  )
}
