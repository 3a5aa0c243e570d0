import { Inspector } from '../shared/threading/index.ts'
import type { ProcessView } from '../shared/threading/view.ts'

/** Milliseconds between two looks: 30 a second. */
const interval = 1000 / 30

/** Looks at this process's threads and tells of every change, until the answer is called. */
export function watchThreads(listener: (view: ProcessView) => void): () => void {
  const inspector = new Inspector()
  let told = ''
  const look = () => {
    const view = inspector.look()
    const present = JSON.stringify([view.threads, view.objects])
    if (present === told && view.events.length === 0) return
    told = present
    listener(view)
  }
  look()
  const timer = setInterval(look, interval)
  return () => clearInterval(timer)
}
