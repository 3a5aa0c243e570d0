import type { ReactNode } from 'react'
import { useFindings } from '../analysis/analysis-context.ts'
import { formatTimeOfDay, processTitle } from '../model/text-format.ts'
import styles from './details-sections.module.css'

/** What went well this time: locks taken in two orders, updates lost. `children` tells what else is known. */
export function NearMissesList({ children }: { readonly children?: ReactNode }) {
  const { nearMisses } = useFindings()
  return (
    <section className={styles.nearMisses} aria-label="Near misses">
      <h3>Near misses</h3>
      {children}
      {nearMisses.length === 0 ? (
        <p className={styles.quiet}>No lock was taken in two orders, and no update was lost.</p>
      ) : (
        <ul>
          {nearMisses.map(({ key, process, at, message: sentence }) => (
            <li key={key}>
              <span className={styles.quiet}>
                {processTitle(process)}, <time>{formatTimeOfDay(at)}</time>
              </span>
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
