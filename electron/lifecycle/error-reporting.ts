import type { App } from 'electron'
import { m } from '../../shared/i18n/messages.js'
import { errorCode } from '../platform/node-errors.ts'
import { errorText, writeLog } from '../storage/log.ts'

/** The maximum of logged page errors: an error may repeat with every frame. */
const maxPageErrors = 200
/** After this many crashes of the graphics process Chromium uses less of the graphics card, or none of it. */
const maxGraphicsCrashes = 3

type ErrorEvents = 'uncaughtException' | 'unhandledRejection'

export interface ErrorReportingOptions {
  readonly app: Pick<App, 'on'>
  /** Where uncaught errors arrive: `process`. */
  readonly process: { on(event: ErrorEvents, listener: (error: unknown) => void): unknown }
  /** Shows one sentence to the user while there is no window. */
  readonly showMessage: (message: string) => void
}

export interface ErrorReporter {
  /** Shows one sentence to the user; replace it once there is a window. */
  showMessage: (message: string) => void
}

/**
 * Logs failures of all of Skein's processes. The first uncaught error of this process is shown, and Skein continues: the
 * window plays the music, and needs only files from this process.
 */
export function installErrorHandlers({ app, process, showMessage }: ErrorReportingOptions): ErrorReporter {
  const reporter: ErrorReporter = { showMessage }
  let isShown = false
  const handleUncaught = (error: unknown) => {
    writeLog('uncaught', errorText(error))
    // The terminal was closed. Nothing else depends on it.
    if (isShown || errorCode(error) === 'EPIPE') return
    isShown = true
    reporter.showMessage(m.host_uncaught_error())
  }
  process.on('uncaughtException', handleUncaught)
  process.on('unhandledRejection', handleUncaught)
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') writeLog('window gone', `${reason}, exit code ${exitCode}`)
  })
  let graphicsCrashes = 0
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    // Skein ends its folder watcher by a signal.
    if (reason === 'clean-exit' || (type === 'Utility' && reason === 'killed')) return
    writeLog('process gone', `${name ?? type}: ${reason}, exit code ${exitCode}`)
    if (type === 'GPU' && ++graphicsCrashes === maxGraphicsCrashes)
      reporter.showMessage(m.host_graphics_failed())
  })
  logPageErrors(app)
  return reporter
}

function logPageErrors(app: Pick<App, 'on'>): void {
  let remaining = maxPageErrors
  app.on('web-contents-created', (_event, contents) => {
    // Electron before 35 passes level and message as arguments only.
    contents.on('console-message', (details, level, message) => {
      if ((details.level !== 'error' && level !== 3) || remaining-- <= 0) return
      writeLog('page', details.message ?? message)
    })
  })
}
