import styles from './logo.module.css'
import { classes } from './utils/classes.ts'

/** The mark: three strands, of which the middle one plays. */
export function Logo() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 24" aria-hidden="true">
      <path className={styles.quiet} d="M2 18C8 18 8 6 16 6S24 18 30 18" />
      <path className={styles.text} d="M2 6C8 6 8 18 16 18S24 6 30 6" />
      <path className={styles.accent} d="M2 12H30" />
    </svg>
  )
}

/** Three strands that cross the whole width and weave. */
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

/** A path along a sine of the given height that comes to rest at both ends. */
function wave(height: number, phase: number): string {
  const points = 240
  const at = (step: number): string => {
    const x = (step / points) * strandWidth
    const swell = Math.sin((step / points) * Math.PI) ** 2
    const y = middle + Math.sin((step / points) * Math.PI * 7 + phase) * height * swell
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  }
  return `M${Array.from({ length: points + 1 }, (_, step) => at(step)).join('L')}`
}
