import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { errorMessage } from '../shared/error-message.ts'
import { m } from '../shared/i18n/messages.js'
import { isolate } from '../shared/isolate-text.ts'
import { selectLocale } from '../shared/locale.ts'
import { App } from './shell/app.tsx'
import './shell/theme/design-tokens.css'
import './shell/theme/base.css'
import { HostContext } from './host/host-context.ts'
import { connectHost } from './host/index.ts'
import { startSession } from './session/session.ts'
import { FailureBoundary } from './shell/failure/failure-boundary.tsx'
import { FailurePage } from './shell/failure/failure-page.tsx'
import { preloadParts } from './shell/lazy-parts.ts'
import { useWindow } from './store/window-store.ts'
import { Button } from './ui/button.tsx'
import { installHints } from './ui/hint.ts'

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no element with the id root')
const root = createRoot(container)

/** Milliseconds. */
const firstPaintTimeout = 1_000

selectLocale(navigator.languages)
try {
  await start()
} catch (error) {
  console.error(error)
  root.render(
    <FailurePage
      title={m.shell_cannot_start()}
      action={<Button onClick={() => location.reload()}>{m.common_try_again()}</Button>}
    >
      {errorMessage(error)}
    </FailurePage>,
  )
}

async function start(): Promise<void> {
  if (!crossOriginIsolated) throw new Error(m.shell_page_not_isolated())
  if (!('waitAsync' in Atomics)) throw new Error(m.shell_browser_too_old())
  const host = connectHost()
  const drawn = Promise.withResolvers<void>()
  await startSession(host, drawn.promise)
  root.render(
    <StrictMode>
      <HostContext value={host}>
        <FailureBoundary title={m.shell_window_stopped()}>
          <App />
        </FailureBoundary>
      </HostContext>
    </StrictMode>,
  )
  await waitForFirstPaint()
  drawn.resolve()
  void recordThreads()
  installHints()
  preloadParts()
}

/** The recorder's code is not part of the script that the first picture waits for. */
async function recordThreads(): Promise<void> {
  try {
    const { startBackgroundRecorder } = await import('./shell/background-recorder.ts')
    await startBackgroundRecorder()
  } catch (error) {
    useWindow.setState({ failure: m.shell_not_recorded({ error: isolate(errorMessage(error)) }) })
  }
}

/**
 * Resolves when the first picture is on the screen: what starts earlier takes the processor from it. A background tab
 * draws no picture, so it does not wait.
 */
function waitForFirstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'hidden') return resolve()
    const observer = new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return
      observer.disconnect()
      resolve()
    })
    observer.observe({ type: 'paint', buffered: true })
    setTimeout(resolve, firstPaintTimeout)
  })
}
