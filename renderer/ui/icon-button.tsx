import type { ComponentProps, ReactNode } from 'react'
import type { Shortcut } from '../../shared/player/shortcuts.ts'
import { hintAttributes } from './hint.ts'
import styles from './icon-button.module.css'
import { classes } from './utils/classes.ts'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name. */
  readonly name: string
  /** The tooltip's text: the name by default, false for no tooltip. */
  readonly hint?: string | false
  readonly shortcut?: Shortcut | undefined
  readonly children: ReactNode
}

/** A round button with an icon. Its tooltip shows its name and its shortcut. */
export function IconButton({ name, hint = name, shortcut, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...(hint !== false && hintAttributes(hint, shortcut))}
      {...rest}
      aria-label={name}
      className={classes(styles.button, className)}
    >
      {children}
    </button>
  )
}
