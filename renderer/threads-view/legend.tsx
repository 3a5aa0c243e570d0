import styles from './toolbar.module.css'

/** What the marks in the lanes mean, drawn as they are there. */
export function Legend() {
  return (
    <ul className={styles.legend} aria-label="Marks in the lanes">
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect width="20" height="12" className={styles.runnable} />
        </svg>
        Runnable
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect width="20" height="12" className={styles.blocked} />
          <path
            d="M-2 2l10 10M4 2l10 10M10 2l10 10M16 2l6 6M-2 8l6 6M6 -2l6 6M12-2l10 10"
            className={styles.cut}
          />
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
          <rect x="9" y="2" width="1.5" height="7" className={styles.wakeMark} />
        </svg>
        Woken
      </li>
    </ul>
  )
}
