import type { ProcessView } from '@skein/threading/inspect'
import { Inspector, resumeAllThreads, setOperationRecording } from '@skein/threading/inspect'

/** Milliseconds between two looks: 30 a second. */
const pollInterval = 1000 / 30

/** How many watch at the moment. */
let pollerCount = 0

/**
 * Looks at this process's threads and tells of every change, until the answer is called. When nobody watches any more,
 * threads that were held from outside go on.
 */
export function pollThreads(listener: (view: ProcessView) => void): () => void {
  const inspector = new Inspector()
  let last: ProcessView | undefined
  let told = ''
  const look = () => {
    const view = inspector.sample()
    const happened = view.events.length + view.wakes.length + view.operations.length > 0
    const isSame = view.threads === last?.threads && view.objects === last.objects
    last = view
    if (isSame && !happened) return
    // From time to time all is read anew: that alone is nothing to tell.
    const present = JSON.stringify([view.threads, view.objects])
    if (present === told && !happened) return
    told = present
    listener(view)
  }
  if (pollerCount++ === 0) setOperationRecording(true)
  look()
  const timer = setInterval(look, pollInterval)
  return () => {
    clearInterval(timer)
    if (--pollerCount > 0) return
    setOperationRecording(false)
    resumeAllThreads()
  }
}
