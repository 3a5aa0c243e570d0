import { app, dialog } from 'electron'
import { errorCode } from '../platform/file-errors.ts'
import { errorText, writeLog } from '../storage/log.ts'

/** For as long as there is no window to tell it in. */
function showStartFailure(message: string): void {
  dialog.showErrorBox('Skein cannot start', message)
  app.exit(1)
}

/** Errors of the page that are noted: one that repeats with every frame says nothing new. */
const maxPageErrors = 200
/** After so many ends of the graphics process Chromium draws with less of the graphics card, or without it. */
const maxGraphicsFailures = 3

export interface ErrorReporter {
  /** Shows one sentence to the user. */
  showMessage: (message: string) => void
}

/**
 * Notes what fails in any of Skein's processes. An error that nobody caught in this one is told, and Skein goes on:
 * the music is played by the window, which needs no more of this process than the next file.
 */
export function installErrorHandlers(): ErrorReporter {
  const failures: ErrorReporter = { showMessage: showStartFailure }
  let isTold = false
  const uncaught = (error: unknown) => {
    writeLog('uncaught', errorText(error))
    // A terminal that was closed takes no more output; nothing else depends on it.
    if (isTold || errorCode(error) === 'EPIPE') return
    isTold = true
    failures.showMessage(
      'Something in Skein failed: if it does not go on as before, start it again (Help shows the log).',
    )
  }
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', uncaught)
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') writeLog('window gone', `${reason}, exit code ${exitCode}`)
  })
  let graphicsEnds = 0
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason === 'clean-exit') return
    writeLog('process gone', `${name ?? type}: ${reason}, exit code ${exitCode}`)
    if (type === 'GPU' && ++graphicsEnds === maxGraphicsFailures)
      failures.showMessage(
        'The graphics driver failed again and again: Skein draws without it until it is closed.',
      )
  })
  let left = maxPageErrors
  app.on('web-contents-created', (_event, contents) => {
    // Electron before 35 tells level and message as arguments alone.
    contents.on('console-message', (details, level, message) => {
      if ((details.level !== 'error' && level !== 3) || left-- <= 0) return
      writeLog('page', details.message ?? message)
    })
  })
  return failures
}
