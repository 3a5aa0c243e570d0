import { useAbout } from '../about/use-about.ts'
import { updateSentence } from '../about/words.ts'
import { openDialog } from '../app/actions.ts'
import { Button } from '../ui/button.tsx'
import styles from './settings-view.module.css'
import { UpdatesSwitch } from './updates-switch.tsx'

/** Which Skein this is, and how newer ones come. */
export function AboutSection() {
  const about = useAbout()
  const updates = about && updateSentence(about.updates)
  const canLook = about !== undefined && about.updates.kind !== 'source' && about.updates.kind !== 'system'
  return (
    <div className={styles.about}>
      <p className={styles.quiet}>
        Skein is run by three threads over shared memory. The Threads panel shows them at work.
      </p>
      {canLook && <UpdatesSwitch />}
      {updates !== undefined && <p className={styles.quiet}>{updates}</p>}
      <Button onClick={() => openDialog('about')}>About Skein</Button>
    </div>
  )
}
