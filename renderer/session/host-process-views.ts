import type { ProcessView } from '@skein/threading/inspect'

type Listener = (view: ProcessView) => void

const listeners = new Set<Listener>()

/** Passes a view of the host's threads to the listeners. Only the session subscribes to the host's events. */
export function publishHostView(view: ProcessView): void {
  for (const listener of listeners) listener(view)
}

/** Returns a function that unsubscribes. */
export function subscribeToHostViews(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
