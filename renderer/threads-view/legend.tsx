import styles from './toolbar.module.css'

/** What the marks in the lanes mean, drawn as they are there. */
export function Legend() {
  return (
    <ul className={styles.legend} aria-label="Marks in the lanes">
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="2" width="20" height="8" className={styles.runnable} />
        </svg>
        Runnable
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="2" width="20" height="8" className={styles.blocked} />
          <path d="M0 0L10 10M6 0L16 10M12 0L22 10M-6 0L4 10M18 0L28 10" className={styles.cut} />
        </svg>
        Blocked
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="5" width="20" height="2" className={styles.waitingMark} />
        </svg>
        Waiting
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <path d="M0 6h5M8 6h5M16 6h4" className={styles.timedMark} />
        </svg>
        Timed waiting
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect x="9" y="0" width="2" height="4" className={styles.wakeMark} />
          <rect x="9" y="5" width="2" height="7" className={styles.runnable} />
        </svg>
        Woken
      </li>
    </ul>
  )
}
