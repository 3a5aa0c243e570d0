import { fork } from 'node:child_process'
import type { WatcherReport, WatcherRequest } from './watcher-messages.ts'

/** A running watcher process, as the host sees it. */
export interface WatcherProcess {
  send(request: WatcherRequest): void
  kill(): void
}

export interface WatcherProcessListener {
  readonly onReport: (report: WatcherReport) => void
  /** Called once, when the process has ended or could not be started. `reason` is for the log. */
  readonly onEnd: (reason: string) => void
}

/** Starts a watcher process. Each host has a way of its own. */
export type WatcherStarter = (module: string, listener: WatcherProcessListener) => WatcherProcess

/** Starts the watcher as a child of this Node process. */
export const startNodeWatcher: WatcherStarter = (module, listener) =>
  forkWatcher(module, listener, process.execPath)

/** `program` runs the module: Node, or a program that starts it. */
export function forkWatcher(
  module: string,
  { onReport, onEnd }: WatcherProcessListener,
  program: string,
): WatcherProcess {
  const child = fork(module, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    execPath: program,
  })
  let hasEnded = false
  const end = (reason: string) => {
    if (hasEnded) return
    hasEnded = true
    onEnd(reason)
  }
  child.on('message', (report) => {
    if (!hasEnded) onReport(report as WatcherReport)
  })
  child.on('error', (error) => end(error.message))
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  // The host must be able to end while the watcher runs.
  child.unref()
  child.channel?.unref()
  return {
    send: (request) => void child.send(request, (error) => error && end(error.message)),
    kill: () => {
      hasEnded = true
      child.kill('SIGKILL')
    },
  }
}
