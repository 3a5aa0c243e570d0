import { errorMessage } from '../../../shared/error-message.ts'
import { m } from '../../../shared/i18n/messages.js'
import type { LabProcess } from '../run/lab-process.ts'

interface ProcessFrameProps {
  readonly onLoad: (lab: LabProcess | undefined, failure?: string) => void
}

/**
 * The Lab's own page, which is hidden. It is a process with its own threads and memory, which end when the frame is
 * removed.
 */
export function ProcessFrame({ onLoad }: ProcessFrameProps) {
  const reportLoad = ({ contentWindow }: HTMLIFrameElement): void => {
    try {
      const reason = contentWindow?.labFailure ?? m.lab_process_not_loaded()
      onLoad(contentWindow?.lab, m.lab_process_failed({ reason }))
    } catch (error) {
      // An error page of the browser has another origin.
      const reason = m.lab_process_not_loaded_because({ error: errorMessage(error) })
      onLoad(undefined, m.lab_process_failed({ reason }))
    }
  }
  return (
    <iframe
      src="./lab/process.html"
      title={m.lab_process()}
      hidden
      tabIndex={-1}
      onLoad={(event) => reportLoad(event.currentTarget)}
    />
  )
}
