import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { classes } from './utils/classes.ts'

interface ButtonProps extends ComponentProps<'button'> {
  /** For the most important action of a view. */
  readonly primary?: boolean
  /** Without an outline, for actions that are rarely needed. */
  readonly quiet?: boolean
}

/** A button with a text. */
export function Button({ primary = false, quiet = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, primary && styles.primary, quiet && styles.quiet, className)}
      {...rest}
    />
  )
}
