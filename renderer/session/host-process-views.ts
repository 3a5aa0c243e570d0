import type { ProcessView } from '@skein/threading/inspect'

type Listener = (view: ProcessView) => void

const listeners = new Set<Listener>()

/** Passes on what the host tells of its threads. The session has the one subscription to the host's events. */
export function publishHostView(view: ProcessView): void {
  for (const listener of listeners) listener(view)
}

/** The answer ends it. */
export function subscribeToHostViews(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
