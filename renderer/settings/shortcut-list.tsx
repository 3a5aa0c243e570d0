import { m } from '../../shared/i18n/messages.js'
import { type Shortcut, shortcuts } from '../../shared/player/shortcuts.ts'
import { shortcutLabel } from '../ui/utils/platform-keys.ts'
import styles from './settings-view.module.css'

/**
 * What each shortcut does. The media keys have their meaning printed on them and are not listed, and the keys that rate
 * share a line.
 */
const labels: Readonly<Record<Exclude<Shortcut, 'play' | 'pause' | 'stop' | `rate${number}`>, () => string>> =
  {
    playPause: m.shortcut_play_pause,
    next: m.shortcut_next,
    previous: m.shortcut_previous,
    forward: m.shortcut_forward,
    back: m.shortcut_back,
    louder: m.shortcut_louder,
    quieter: m.shortcut_quieter,
    mute: m.player_mute,
    shuffle: m.player_shuffle,
    repeat: m.shortcut_repeat,
    search: m.shortcut_search,
    library: m.common_library,
    upNext: m.common_up_next,
    settings: m.common_settings,
    lab: m.common_lab,
    playlists: m.common_playlists,
    threads: m.common_threads,
  }

const isListed = (shortcut: Shortcut): shortcut is keyof typeof labels => shortcut in labels

export function ShortcutList() {
  return (
    <dl className={styles.shortcuts}>
      {shortcuts
        .map(({ shortcut }) => shortcut)
        .filter(isListed)
        .map((shortcut) => (
          <Line key={shortcut} label={labels[shortcut]()} keys={shortcutLabel(shortcut)} />
        ))}
      <Line label={m.shortcut_rate()} keys="0 – 5" />
      <Line label={m.settings_play_the_selected_song()} keys={m.key_enter()} />
      <Line label={m.library_clear_the_search()} keys={m.key_escape()} />
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
