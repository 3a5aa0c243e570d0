import type { ComponentProps } from 'react'
import styles from './button.module.css'
import { classes } from './utils/classes.ts'

interface ButtonProps extends ComponentProps<'button'> {
  /** The one thing to do next. */
  readonly primary?: boolean
  /** Without an outline, for things that are rarely wanted. */
  readonly quiet?: boolean
}

/** A button with words. */
export function Button({ primary = false, quiet = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, primary && styles.primary, quiet && styles.quiet, className)}
      {...rest}
    />
  )
}
