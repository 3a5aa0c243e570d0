import { errorMessage } from '../../session/actions.ts'
import type { LabProcess } from '../run/lab-process.ts'

interface ProcessFrameProps {
  readonly onLoad: (lab: LabProcess | undefined, failure?: string) => void
}

/**
 * The Lab's own page, of which nothing is seen: in it is a process of its own, with its own threads and memory. When the
 * frame goes, all of it goes.
 */
export function ProcessFrame({ onLoad }: ProcessFrameProps) {
  const tell = ({ contentWindow }: HTMLIFrameElement): void => {
    try {
      const failure = contentWindow?.labFailure ?? 'its page could not be loaded.'
      onLoad(contentWindow?.lab, `The Lab’s process could not start: ${failure}`)
    } catch (error) {
      // An error page of the browser is of another origin.
      onLoad(
        undefined,
        `The Lab’s process could not start: its page could not be loaded (${errorMessage(error)}).`,
      )
    }
  }
  return (
    <iframe
      src="./lab/process.html"
      title="The Lab’s process"
      hidden
      tabIndex={-1}
      onLoad={(event) => tell(event.currentTarget)}
    />
  )
}
