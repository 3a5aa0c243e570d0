import { Inspector, releaseThreads, watchActs } from '../shared/threading/index.ts'
import type { ProcessView } from '../shared/threading/view.ts'

/** Milliseconds between two looks: 30 a second. */
const interval = 1000 / 30

/** How many watch at the moment. */
let watchers = 0

/**
 * Looks at this process's threads and tells of every change, until the answer is called. When nobody watches any more,
 * threads that were held from outside go on.
 */
export function watchThreads(listener: (view: ProcessView) => void): () => void {
  const inspector = new Inspector()
  let last: ProcessView | undefined
  let told = ''
  const look = () => {
    const view = inspector.look()
    const happened = view.events.length + view.wakes.length + view.acts.length > 0
    const isSame = view.threads === last?.threads && view.objects === last.objects
    last = view
    if (isSame && !happened) return
    // From time to time all is read anew: that alone is nothing to tell.
    const present = JSON.stringify([view.threads, view.objects])
    if (present === told && !happened) return
    told = present
    listener(view)
  }
  if (watchers++ === 0) watchActs(true)
  look()
  const timer = setInterval(look, interval)
  return () => {
    clearInterval(timer)
    if (--watchers > 0) return
    watchActs(false)
    releaseThreads()
  }
}
