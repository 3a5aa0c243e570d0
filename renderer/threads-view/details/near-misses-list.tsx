import type { ReactNode } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useFindings } from '../analysis/analysis-context.ts'
import { formatTimeOfDay, processTitle } from '../model/text-format.ts'
import styles from './details-sections.module.css'

/** Lists the near misses: locks taken in two sequences, lost updates. `children` comes first. */
export function NearMissesList({ children }: { readonly children?: ReactNode }) {
  const { nearMisses } = useFindings()
  return (
    <section className={styles.nearMisses} aria-label={m.threads_near_misses()}>
      <h3>{m.threads_near_misses()}</h3>
      {children}
      {nearMisses.length === 0 ? (
        <p className={styles.quiet}>{m.threads_near_misses_none()}</p>
      ) : (
        <ul>
          {nearMisses.map(({ key, process, at, message }) => (
            <li key={key}>
              <span className={styles.quiet}>
                {processTitle(process)}, <time>{formatTimeOfDay(at)}</time>
              </span>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
