import { app, type UtilityProcess, utilityProcess } from 'electron'
import type { WatcherReport, WatcherRequest } from '../library/watching/watcher-messages.ts'
import type { WatcherStarter } from '../library/watching/watcher-process-handle.ts'

/** Starts the watcher as a process of Electron, once that is ready. In a package, Electron does not run as Node. */
export const startElectronWatcher: WatcherStarter = (module, { onReport, onEnd }) => {
  const unsent: WatcherRequest[] = []
  let child: UtilityProcess | undefined
  let hasEnded = false
  void app.whenReady().then(() => {
    if (hasEnded) return
    child = utilityProcess.fork(module, [], { serviceName: 'Skein folder watcher', stdio: 'ignore' })
    child.on('message', (report: WatcherReport) => {
      if (!hasEnded) onReport(report)
    })
    child.on('exit', (code) => {
      if (!hasEnded) onEnd(`exit code ${code}`)
      hasEnded = true
    })
    for (const request of unsent) child.postMessage(request)
  })
  return {
    send: (request) => {
      if (child === undefined) unsent.push(request)
      else child.postMessage(request)
    },
    kill: () => {
      hasEnded = true
      child?.kill()
    },
  }
}
