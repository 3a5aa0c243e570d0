import styles from './logo.module.css'
import { classes } from './utils/classes.ts'

/** The logo: three strands, the middle one in the accent colour. */
export function Logo() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 24" aria-hidden="true">
      <path className={styles.quiet} d="M2 18C8 18 8 6 16 6S24 18 30 18" />
      <path className={styles.text} d="M2 6C8 6 8 18 16 18S24 6 30 6" />
      <path className={styles.accent} d="M2 12H30" />
    </svg>
  )
}

/** The three strands, interwoven over the full width. */
export function LogoBanner() {
  return (
    <svg className={styles.strands} viewBox="0 0 1200 160" preserveAspectRatio="none" aria-hidden="true">
      <path className={classes(styles.quiet, styles.thin)} d={wave(46, 0)} />
      <path className={classes(styles.text, styles.thin)} d={wave(46, Math.PI)} />
      <path className={classes(styles.accent, styles.thin)} d={wave(18, Math.PI / 2)} />
    </svg>
  )
}

const strandWidth = 1200
const middle = 80

/** Returns the path of a sine wave whose amplitude falls to zero at both ends. */
function wave(height: number, phase: number): string {
  const points = 240
  const pointAt = (step: number): string => {
    const x = (step / points) * strandWidth
    const envelope = Math.sin((step / points) * Math.PI) ** 2
    const y = middle + Math.sin((step / points) * Math.PI * 7 + phase) * height * envelope
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  }
  return `M${Array.from({ length: points + 1 }, (_, step) => pointAt(step)).join('L')}`
}
