import { setOperationRecording } from '@skein/threading/inspect'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import type { Analysis } from '../threads-view/analysis/analysis.ts'
import { formatList } from '../ui/utils/format.ts'

/**
 * Records the last minute of the threads while the panel is closed, and reports deadlocks. Rejects if the code for that
 * cannot be loaded. Until it is loaded, the threads' trace rings hold the events.
 */
export async function startBackgroundRecorder(): Promise<void> {
  setOperationRecording(true)
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
