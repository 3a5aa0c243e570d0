import { Switch } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import { setUpdates } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import styles from './updates-switch.module.css'

export function UpdatesSwitch() {
  const updates = useWindow((state) => state.updates)
  return (
    <Switch className={styles.switch ?? ''} isSelected={updates} onChange={setUpdates}>
      <span className={styles.track} aria-hidden="true" />
      {m.settings_skein_looks_for_updates()}
    </Switch>
  )
}
