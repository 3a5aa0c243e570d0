import { m } from '../../shared/i18n/messages.js'
import { setUpdates } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { SwitchField } from '../ui/fields/switch-field.tsx'

export function UpdatesSwitch() {
  const updates = useWindow((state) => state.updates)
  return <SwitchField label={m.settings_skein_looks_for_updates()} isOn={updates} onChange={setUpdates} />
}
