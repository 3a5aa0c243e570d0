import { X } from 'lucide-react'
import styles from './close-button.module.css'

interface CloseButtonProps {
  /** The accessible name, like `Close details`. */
  readonly name: string
  readonly onClose: () => void
}

/** The button in the corner of a part of the panel that closes it. */
export function CloseButton({ name, onClose }: CloseButtonProps) {
  return (
    <button type="button" className={styles.close} aria-label={name} onClick={onClose}>
      <X size={14} aria-hidden="true" />
    </button>
  )
}
