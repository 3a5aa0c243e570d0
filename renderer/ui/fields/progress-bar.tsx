import { classes } from '../utils/classes.ts'
import styles from './progress-bar.module.css'

interface ProgressBarProps {
  readonly label: string
  /** Undefined while the end is not known. */
  readonly progress: { readonly value: number; readonly max: number } | undefined
  /** Adds to the bar's style, such as its width. */
  readonly className?: string | undefined
}

/** How far long work is. */
export function ProgressBar({ label, progress, className }: ProgressBarProps) {
  return <progress className={classes(styles.bar, className)} aria-label={label} {...progress} />
}
