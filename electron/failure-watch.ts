import { app, dialog } from 'electron'
import { errorText, note } from './library/log.ts'
import { errorCode } from './library/reasons.ts'

/** For as long as there is no window to tell it in. */
function giveUp(message: string): void {
  dialog.showErrorBox('Skein cannot start', message)
  app.exit(1)
}

/** Errors of the page that are noted: one that repeats with every frame says nothing new. */
const mostPageErrors = 200
/** After so many ends of the graphics process Chromium draws with less of the graphics card, or without it. */
const graphicsFailures = 3

export interface Failures {
  /** Shows one sentence to the user. */
  tell: (message: string) => void
}

/**
 * Notes what fails in any of Skein's processes. An error that nobody caught in this one is told, and Skein goes on:
 * the music is played by the window, which needs no more of this process than the next file.
 */
export function watchFailures(): Failures {
  const failures: Failures = { tell: giveUp }
  let isTold = false
  const uncaught = (error: unknown) => {
    note('uncaught', errorText(error))
    // A terminal that was closed takes no more output; nothing else depends on it.
    if (isTold || errorCode(error) === 'EPIPE') return
    isTold = true
    failures.tell(
      'Something in Skein failed: if it does not go on as before, start it again (Help shows the log).',
    )
  }
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', uncaught)
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') note('window gone', `${reason}, exit code ${exitCode}`)
  })
  let graphicsEnds = 0
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason === 'clean-exit') return
    note('process gone', `${name ?? type}: ${reason}, exit code ${exitCode}`)
    if (type === 'GPU' && ++graphicsEnds === graphicsFailures)
      failures.tell('The graphics driver failed again and again: Skein draws without it until it is closed.')
  })
  let left = mostPageErrors
  app.on('web-contents-created', (_event, contents) => {
    // Electron before 35 tells level and message as arguments alone.
    contents.on('console-message', (details, level, message) => {
      if ((details.level !== 'error' && level !== 3) || left-- <= 0) return
      note('page', details.message ?? message)
    })
  })
  return failures
}
