import type { Shortcut } from '../../../shared/player/shortcuts.ts'
import { formatShortcut } from './shortcut-text.ts'

const isMac = /mac/i.test(navigator.userAgent)

/** Whether the platform's main modifier (Command on a Mac, else Control) is held, and the other one is not. */
export const isPrimaryModifierHeld = (event: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey

/** Whether a modifier is held that no shortcut of ours has. */
export const isForeignModifierHeld = (event: {
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): boolean => event.altKey || (isMac ? event.ctrlKey : event.metaKey)

/** How the platform writes the keys of a shortcut. */
export const shortcutLabel = (shortcut: Shortcut): string => formatShortcut(shortcut, isMac)
