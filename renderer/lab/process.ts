import { watchActs } from '../../shared/threading/index.ts'
import { startProcess } from '../../shared/threading/web.ts'
import { showLines } from './at.ts'
import { LabProcess } from './lab-process.ts'

/** Threads that start without a wait for their worker to load; the pool makes more for exercises that need more. */
const workersReady = 6

declare global {
  interface Window {
    /** In the Lab's frame: its process, once it runs. */
    lab?: LabProcess
    /** In the Lab's frame: why there is none. */
    labFailure?: string
  }
}

try {
  startProcess({
    name: 'lab',
    workers: workersReady,
    createWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  })
  watchActs(true)
  showLines()
  window.lab = new LabProcess()
} catch (error) {
  window.labFailure = error instanceof Error ? error.message : String(error)
}
