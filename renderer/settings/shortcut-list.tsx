import { m } from '../../shared/i18n/messages.js'
import { type Shortcut, shortcuts } from '../../shared/player/shortcuts.ts'
import { shortcutLabel } from '../ui/utils/platform-keys.ts'
import styles from './settings-view.module.css'

/** Media keys, whose labels explain themselves. */
const selfDescribingShortcuts: ReadonlySet<Shortcut> = new Set(['play', 'pause', 'stop'])

export function ShortcutList() {
  return (
    <dl className={styles.shortcuts}>
      {shortcuts
        .filter(({ shortcut }) => !selfDescribingShortcuts.has(shortcut))
        .map(({ shortcut, label }) => (
          <Line key={shortcut} label={label} keys={shortcutLabel(shortcut)} />
        ))}
      <Line label={m.settings_play_the_selected_song()} keys="Enter" />
      <Line label={m.library_clear_the_search()} keys="Escape" />
    </dl>
  )
}

function Line({ label, keys }: { readonly label: string; readonly keys: string }) {
  return (
    <div className={styles.shortcut}>
      <dt>{label}</dt>
      <dd>
        <kbd className={styles.keys}>{keys}</kbd>
      </dd>
    </div>
  )
}
