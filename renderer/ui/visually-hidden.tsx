import type { ReactNode } from 'react'
import styles from './visually-hidden.module.css'

/** Text that is heard and not seen. */
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
