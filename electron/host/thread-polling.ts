import type { ProcessView } from '@skein/threading/inspect'
import { Inspector, resumeAllThreads, setOperationRecording } from '@skein/threading/inspect'

/** Milliseconds between two samples: 30 a second. */
const sampleInterval = 1000 / 30

let pollerCount = 0

/**
 * Samples this process's threads and calls the listener after every change, until the returned function is called. When
 * the last poller ends, threads that were paused or slowed from outside go on.
 */
export function pollThreads(listener: (view: ProcessView) => void): () => void {
  const inspector = new Inspector()
  let last: ProcessView | undefined
  let lastState = ''
  const poll = () => {
    const view = inspector.sample()
    const hasEvents = view.events.length + view.wakes.length + view.operations.length > 0
    const isSame = view.threads === last?.threads && view.objects === last.objects
    last = view
    if (isSame && !hasEvents) return
    // Now and then the inspector reads everything again, which by itself is no change.
    const state = JSON.stringify([view.threads, view.objects])
    if (state === lastState && !hasEvents) return
    lastState = state
    listener(view)
  }
  if (pollerCount++ === 0) setOperationRecording(true)
  poll()
  const timer = setInterval(poll, sampleInterval)
  return () => {
    clearInterval(timer)
    if (--pollerCount > 0) return
    setOperationRecording(false)
    resumeAllThreads()
  }
}
