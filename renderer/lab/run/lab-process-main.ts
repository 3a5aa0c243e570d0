import { setOperationRecording } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'
import { errorMessage } from '../../../shared/error-message.ts'
import { startLineMarking } from '../programs/support/line-marker.ts'
import { LabProcess } from './lab-process.ts'

/** Threads that start without waiting for their worker to load. The pool grows for exercises that need more. */
const initialWorkerCount = 6

declare global {
  interface Window {
    /** In the Lab's frame: its process, once it has started. */
    lab?: LabProcess
    /** In the Lab's frame: why its process did not start. */
    labFailure?: string
  }
}

try {
  startProcess({
    name: 'lab',
    workers: initialWorkerCount,
    createWorker: () => new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' }),
  })
  setOperationRecording(true)
  startLineMarking()
  window.lab = new LabProcess()
} catch (error) {
  window.labFailure = errorMessage(error)
}
