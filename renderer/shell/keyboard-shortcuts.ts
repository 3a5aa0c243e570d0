import { findShortcut } from '../../shared/player/shortcuts.ts'
import { send } from '../session/actions.ts'
import { searchFor } from '../session/navigation.ts'
import { useWindow } from '../store/window-store.ts'
import { isForeignModifierHeld, isPrimaryModifierHeld } from '../ui/utils/platform-keys.ts'
import { isDialogOpen } from './open-dialog.ts'

const textFields =
  'input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, [contenteditable]'
const spaceControls =
  'button, select, summary, [role=button], [role=option], [role=tab], [type=radio], [type=checkbox]'
const arrowControls =
  'select, [type=range], [type=radio], [role=grid], [role=treegrid], [role=listbox], [role=slider], [role=separator], [role=radiogroup], [role=tablist], [role=application]'
/** Digits rate the rows of a grid or the song of these stars, search a list for a name, or control a timeline. */
const ratingControls =
  'select, [data-rating], [role=application], [role=grid], [role=listbox], [role=menu], [role=tree], [role=treegrid]'
/** The keys that repeat while they are held. */
const repeatableKeys = /^Arrow/

/** Sends shortcut keys to the input thread, unless the focused control uses the key itself. */
export function listenForShortcuts(): () => void {
  // In the capture phase, because a slider would move on Ctrl+Right, which is the next song.
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || isForeignModifierHeld(event) || isDialogOpen()) return
  if (event.key === 'Escape') clearSearch(event)
  else {
    const key = { key: event.key, primary: isPrimaryModifierHeld(event), shift: event.shiftKey }
    if (!findShortcut(key) || isUsedByControl(event, key.primary)) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat || repeatableKeys.test(event.key)) send({ kind: 'key', ...key })
  }
}

function clearSearch(event: KeyboardEvent): void {
  const { query, isThreadsPanelOpen: threadsOpen, isThreadsPanelFull: threadsFull } = useWindow.getState()
  // Escape does not clear a search that is not visible.
  if (query === '' || (threadsOpen && threadsFull)) return
  event.preventDefault()
  searchFor('')
}

function isUsedByControl(event: KeyboardEvent, primary: boolean): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  const isArrow = event.key.startsWith('Arrow')
  if (target.closest(textFields)) return !primary || isArrow
  if (primary) return false
  if (event.key === ' ') return target.closest(spaceControls) !== null
  if (/^[0-5]$/.test(event.key)) return target.closest(ratingControls) !== null
  return isArrow && target.closest(arrowControls) !== null
}
