import type { ComponentProps, ReactNode } from 'react'
import { Focusable, TooltipTrigger } from 'react-aria-components'
import type { Shortcut } from '../../shared/player/shortcuts.ts'
import { Hint } from './hint.tsx'
import styles from './icon-button.module.css'
import { classes } from './utils/classes.ts'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name. */
  readonly name: string
  /** What the tooltip says; the name by default, false for no tooltip. */
  readonly hint?: string | false
  readonly shortcut?: Shortcut | undefined
  readonly children: ReactNode
}

/** A round button with an icon; its tooltip says its name and its shortcut. */
export function IconButton({ name, hint = name, shortcut, className, children, ...rest }: IconButtonProps) {
  const button = (
    <button type="button" {...rest} aria-label={name} className={classes(styles.button, className)}>
      {children}
    </button>
  )
  if (hint === false) return button
  return (
    <TooltipTrigger delay={500}>
      <Focusable>{button}</Focusable>
      <Hint shortcut={shortcut}>{hint}</Hint>
    </TooltipTrigger>
  )
}
