import { m } from '../../shared/i18n/messages.js'
import { updateStatusText } from '../about/about-text.ts'
import { useAbout } from '../about/use-about.ts'
import { openDialog } from '../session/actions.ts'
import { Button } from '../ui/button.tsx'
import styles from './settings-view.module.css'
import { UpdatesSwitch } from './updates-switch.tsx'

/** The version of Skein and its updates. */
export function AboutSection() {
  const about = useAbout()
  const updates = about && updateStatusText(about.updates)
  const canUpdate = about !== undefined && about.updates.kind !== 'source' && about.updates.kind !== 'system'
  return (
    <div className={styles.about}>
      <p className={styles.quiet}>{m.settings_skein_is_run_by_three()}</p>
      {canUpdate && <UpdatesSwitch />}
      {updates !== undefined && <p className={styles.quiet}>{updates}</p>}
      <Button onClick={() => openDialog('about')}>{m.common_about_skein()}</Button>
    </div>
  )
}
