import type { LucideIcon } from 'lucide-react'
import { MenuItem } from 'react-aria-components'
import styles from './context-menu.module.css'

interface ActionItemProps {
  readonly icon: LucideIcon
  readonly name: string
  readonly onAction: () => void
}

/** An entry of the menu. */
export function ActionItem({ icon: Icon, name, onAction }: ActionItemProps) {
  return (
    <MenuItem className={styles.item ?? ''} textValue={name} onAction={onAction}>
      <Icon className={styles.icon} aria-hidden="true" />
      <span className={styles.name}>{name}</span>
    </MenuItem>
  )
}
