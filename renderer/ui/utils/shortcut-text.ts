import { m } from '../../../shared/i18n/messages.js'
import { firstKeyOf, type Shortcut } from '../../../shared/player/shortcuts.ts'

/** Returns the key to show beside a control, such as `Ctrl+Right` or, on a Mac, `⌘→`. */
export function formatShortcut(shortcut: Shortcut, isMac: boolean): string {
  const press = firstKeyOf(shortcut)
  if (press === undefined) return ''
  const key = (isMac && macKeys[press.key]) || keyNames[press.key]?.() || press.key.toUpperCase()
  if (isMac) return `${press.shift ? '⇧' : ''}${press.primary ? '⌘' : ''}${key}`
  return `${press.primary ? 'Ctrl+' : ''}${press.shift ? 'Shift+' : ''}${key}`
}

const keyNames: Readonly<Record<string, () => string>> = {
  ' ': m.key_space,
  MediaPlay: m.key_play,
  MediaPause: m.key_pause,
  MediaStop: m.key_stop,
  ArrowLeft: m.key_left,
  ArrowRight: m.key_right,
  ArrowUp: m.key_up,
  ArrowDown: m.key_down,
}

const macKeys: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
