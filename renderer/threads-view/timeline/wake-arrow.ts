import type { ThreadHistory } from '../history.ts'

/** The woken thread goes on this much later at the most, in ms; later than that something else woke it. */
const latest = 100

/** Clocks of two threads may be this much apart, in ms. */
const apart = 0.5

/** When the wake at a time by a thread brought the woken thread to go on; the time of the wake where nothing tells. */
export function wokenAt(history: ThreadHistory, waker: number, at: number): number {
  let segment = Math.max(history.segmentAt(at - apart), history.first)
  for (; segment < history.end && history.start(segment) <= at + latest; segment++) {
    if (history.waker(segment) === waker && history.start(segment) >= at - apart) {
      return Math.max(at, history.start(segment))
    }
  }
  return at
}
