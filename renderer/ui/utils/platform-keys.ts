import type { Shortcut } from '../../../shared/player/shortcuts.ts'
import { formatShortcut } from './shortcut-text.ts'

const isMac = /mac/i.test(navigator.userAgent)

/**
 * Returns whether the platform's main modifier (Command on a Mac, else Control) is held, without the other
 * one.
 */
export const isPrimaryModifierHeld = (event: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey

/** Returns whether a modifier is held that no shortcut uses. */
export const isForeignModifierHeld = (event: {
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): boolean => event.altKey || (isMac ? event.ctrlKey : event.metaKey)

/** Returns the keys of a shortcut, written like on the platform. */
export const shortcutLabel = (shortcut: Shortcut): string => formatShortcut(shortcut, isMac)
