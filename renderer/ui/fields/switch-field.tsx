import { Switch } from 'react-aria-components'
import styles from './switch-field.module.css'

interface SwitchFieldProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly isDisabled?: boolean
}

/** A switch with its label. */
export function SwitchField({ label, isOn, onChange, isDisabled = false }: SwitchFieldProps) {
  return (
    <Switch className={styles.switch ?? ''} isSelected={isOn} isDisabled={isDisabled} onChange={onChange}>
      <span className={styles.track} aria-hidden="true" />
      {label}
    </Switch>
  )
}
