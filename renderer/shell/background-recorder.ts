import { setOperationRecording } from '@skein/threading/inspect'
import { errorMessage } from '../../shared/error-message.ts'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import type { Analysis } from '../threads-view/analysis/analysis.ts'
import { formatList } from '../ui/utils/format.ts'

/**
 * Keeps what the threads did in the last minute, also while the panel is closed, and tells of a deadlock then. Its
 * code comes after the window's own: until then the threads' own rings keep what they do.
 */
export function startBackgroundRecorder(): void {
  setOperationRecording(true)
  loadRecorder().catch((error: unknown) =>
    useWindow.setState({ failure: m.shell_not_recorded({ error: errorMessage(error) }) }),
  )
}

async function loadRecorder(): Promise<void> {
  const { startWindowRecorder: startRecorder } = await import('./window-recorder.ts')
  const { analysisOf } = await import('../threads-view/analysis/analysis-context.ts')
  const analysis = analysisOf(startRecorder().model)
  let told = new Set<string>()
  analysis.subscribe(() => {
    told = reportDeadlocks(analysis, told)
  })
}

/** The panel tells by itself while it is open. */
function reportDeadlocks(analysis: Analysis, told: ReadonlySet<string>): Set<string> {
  const { deadlocks } = analysis.findings()
  const news = deadlocks.find(({ key }) => !told.has(key))
  if (news !== undefined && !useWindow.getState().isThreadsPanelOpen) {
    const threads = formatList(news.links.map(({ thread }) => thread.name))
    useWindow.setState({ failure: m.shell_deadlock({ threads }) })
  }
  return new Set(deadlocks.map(({ key }) => key))
}
