import { classes } from './classes.ts'
import styles from './pulse.module.css'

/** Three bars that move while the song plays. */
export function Pulse({ moving }: { readonly moving: boolean }) {
  return (
    <span className={classes(styles.pulse, moving && styles.moving)} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  )
}
