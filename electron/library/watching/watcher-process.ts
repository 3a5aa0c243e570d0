/** The watcher process: watches folders for the host, until the host ends or kills it. */
import { WatchedFolder } from './watched-folder.ts'
import type { WatcherReport, WatcherRequest } from './watcher-messages.ts'

/** The port to Electron's main process, in a process of Electron. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: WatcherRequest }) => void): void
  postMessage(report: WatcherReport): void
}

const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort }

let started: Promise<void> = Promise.resolve()

function watch({ folder }: WatcherRequest): void {
  // One after the other: two trees that are read at the same time block each other.
  started = started.then(() => new WatchedFolder(folder, report).start())
}

function report(report: WatcherReport): void {
  if (parentPort === undefined) process.send?.(report)
  else parentPort.postMessage(report)
}

if (parentPort === undefined) {
  process.on('message', (request) => watch(request as WatcherRequest))
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
} else parentPort.on('message', ({ data }) => watch(data))
