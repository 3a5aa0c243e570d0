import { setOperationRecording } from '@skein/threading/inspect'
import { errorMessage } from '../../shared/error-message.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { useWindow } from '../store/window-store.ts'
import type { Analysis } from '../threads-view/analysis/analysis.ts'
import { formatList } from '../ui/utils/format.ts'

/**
 * Records the last minute of the threads while the panel is closed, and reports deadlocks. Its code is loaded
 * after the window's own; until then the threads' trace rings hold the events.
 */
export function startBackgroundRecorder(): void {
  setOperationRecording(true)
  loadRecorder().catch((error: unknown) =>
    useWindow.setState({ failure: m.shell_not_recorded({ error: isolate(errorMessage(error)) }) }),
  )
}

async function loadRecorder(): Promise<void> {
  const { startWindowRecorder: startRecorder } = await import('./window-recorder.ts')
  const { analysisOf } = await import('../threads-view/analysis/analysis-context.ts')
  const analysis = analysisOf(startRecorder().model)
  let reportedKeys = new Set<string>()
  analysis.subscribe(() => {
    reportedKeys = reportDeadlocks(analysis, reportedKeys)
  })
}

/** While the panel is open it reports deadlocks itself. */
function reportDeadlocks(analysis: Analysis, reportedKeys: ReadonlySet<string>): Set<string> {
  const { deadlocks } = analysis.findings()
  const newDeadlock = deadlocks.find(({ key }) => !reportedKeys.has(key))
  if (newDeadlock !== undefined && !useWindow.getState().isThreadsPanelOpen) {
    const threads = formatList(newDeadlock.links.map(({ thread }) => thread.name))
    useWindow.setState({ failure: m.shell_deadlock({ threads }) })
  }
  return new Set(deadlocks.map(({ key }) => key))
}
