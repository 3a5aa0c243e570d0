import { isDialogOpen } from './open-dialog.ts'

const isMac = /mac/i.test(navigator.userAgent)

/** The numbers of the mouse buttons for Back and Forward. */
const backButton = 3
const forwardButton = 4

/**
 * Goes back and forward with Alt+Left and Alt+Right (on a Mac, Command+[ and Command+]) and with the buttons of a mouse.
 * A browser does this by itself, Electron does not: without the default it happens once in both.
 */
export function listenForHistoryKeys(): () => void {
  const abort = new AbortController()
  const { signal } = abort
  addEventListener('keydown', onKeyDown, { signal })
  addEventListener('mouseup', onMouseUp, { signal })
  return () => abort.abort()
}

function onKeyDown(event: KeyboardEvent): void {
  const step = stepOfKey(event)
  if (step === undefined || event.defaultPrevented) return
  event.preventDefault()
  go(step)
}

function onMouseUp(event: MouseEvent): void {
  const step = event.button === backButton ? -1 : event.button === forwardButton ? 1 : undefined
  if (step === undefined) return
  event.preventDefault()
  go(step)
}

function go(step: -1 | 1): void {
  if (!isDialogOpen()) history.go(step)
}

function stepOfKey({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): -1 | 1 | undefined {
  if (ctrlKey || shiftKey) return undefined
  const isHeld = isMac ? metaKey && !altKey : altKey && !metaKey
  if (!isHeld) return undefined
  const [back, forward] = isMac ? ['[', ']'] : ['ArrowLeft', 'ArrowRight']
  return key === back ? -1 : key === forward ? 1 : undefined
}
