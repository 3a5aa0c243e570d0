import type { App } from 'electron'
import type { LaunchRequestQueue } from '../host/launch-request-queue.ts'
import { type InstanceApp, parseReceivedRequest } from './single-instance.ts'

/** Milliseconds within which macOS sends the files that are opened together, one by one. */
const groupingTime = 100

export interface IncomingRequestsOptions {
  readonly app: InstanceApp & Pick<App, 'on'>
  readonly launchRequests: Pick<LaunchRequestQueue, 'run'>
  readonly focusWindow: () => void
}

/** Runs what other starts hand over, and the files that macOS opens with Skein. Call it before the application is ready. */
export function forwardIncomingRequests({ app, launchRequests, focusWindow }: IncomingRequestsOptions): void {
  app.on('second-instance', (_event, _argv, _directory, data) => {
    // A start that sends something else is of another version, and its user wants to see Skein.
    const request = parseReceivedRequest(app, data) ?? { kind: 'show' }
    if (request.kind === 'show' || request.kind === 'open') focusWindow()
    launchRequests.run(request)
  })
  let paths: string[] = []
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (paths.length === 0)
      setTimeout(() => {
        launchRequests.run({ kind: 'open', paths })
        paths = []
      }, groupingTime)
    paths.push(path)
  })
}
