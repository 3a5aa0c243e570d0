import { Tooltip } from 'react-aria-components'
import type { Shortcut } from '../../shared/player/shortcuts.ts'
import styles from './hint.module.css'
import { shortcutLabel } from './utils/platform-keys.ts'

interface HintProps {
  readonly children: string
  readonly shortcut?: Shortcut | undefined
  readonly placement?: 'top' | 'right'
}

/** The tooltip of a control, with its shortcut. Goes inside a TooltipTrigger. */
export function Hint({ children, shortcut, placement = 'top' }: HintProps) {
  return (
    <Tooltip className={styles.hint ?? ''} offset={8} placement={placement}>
      {children}
      {shortcut && <kbd className={styles.keys}>{shortcutLabel(shortcut)}</kbd>}
    </Tooltip>
  )
}
