import { shortcutFor } from '../../shared/player/shortcuts.ts'
import { foreignHeld, primaryHeld } from '../ui/platform.ts'
import { search, send } from './actions.ts'
import { useWindow } from './store.ts'

const textFields =
  'input:not([type=range]):not([type=radio]):not([type=checkbox]), textarea, [contenteditable]'
const spaceTakers =
  'button, select, summary, [role=button], [role=option], [role=tab], [type=radio], [type=checkbox]'
const arrowTakers =
  'select, [type=range], [type=radio], [role=grid], [role=listbox], [role=slider], [role=separator], [role=radiogroup], [role=tablist], [role=application]'
/** What holding the key down may do many times. */
const repeatable = /^Arrow/

/** Sends the keys that are shortcuts to the input thread, unless the focused control has its own use for them. */
export function listenToKeys(): () => void {
  // In the capture phase: a slider would else move on Ctrl+Right, which is the next song.
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || foreignHeld(event) || document.querySelector('[role=dialog]')) return
  if (event.key === 'Escape') clearSearch(event)
  else {
    const key = { key: event.key, primary: primaryHeld(event), shift: event.shiftKey }
    if (!shortcutFor(key) || belongsToControl(event, key.primary)) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat || repeatable.test(event.key)) send({ kind: 'key', ...key })
  }
}

function clearSearch(event: KeyboardEvent): void {
  const { query, threadsOpen, threadsFull } = useWindow.getState()
  // A search that cannot be seen is not what Escape means.
  if (query === '' || (threadsOpen && threadsFull)) return
  event.preventDefault()
  search({ query: '' })
}

function belongsToControl(event: KeyboardEvent, primary: boolean): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  const arrow = event.key.startsWith('Arrow')
  if (target.closest(textFields)) return !primary || arrow
  if (primary) return false
  if (event.key === ' ') return target.closest(spaceTakers) !== null
  return arrow && target.closest(arrowTakers) !== null
}
