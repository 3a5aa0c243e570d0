import { m } from '../../shared/i18n/messages.js'
import styles from './loading-skeleton.module.css'

const widths = [46, 62, 38, 54, 70, 42, 58, 50, 66, 40, 60, 48]

/** A placeholder for rows that are still loading. */
export function LoadingSkeleton() {
  return (
    <div className={styles.skeleton} role="progressbar" aria-label={m.library_loading_the_library()}>
      {widths.map((width) => (
        <div key={width} className={styles.row}>
          <i className={styles.cover} />
          <i className={styles.line} style={{ width: `${width / 2}%` }} />
        </div>
      ))}
    </div>
  )
}
