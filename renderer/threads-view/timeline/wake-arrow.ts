import type { ThreadHistory } from '../model/thread-history.ts'

/** The maximum time in ms between a wake and the thread's next state. After that, something else woke it. */
const maxWakeDelay = 100

/** Clocks of two threads may be this much apart, in ms. */
const clockTolerance = 0.5

/** When the wake at a time by a thread brought the woken thread to go on; the time of the wake where nothing tells. */
export function resumeTime(history: ThreadHistory, waker: number, at: number): number {
  let segment = Math.max(history.segmentAt(at - clockTolerance), history.first)
  for (; segment < history.end && history.start(segment) <= at + maxWakeDelay; segment++) {
    if (history.waker(segment) === waker && history.start(segment) >= at - clockTolerance) {
      return Math.max(at, history.start(segment))
    }
  }
  return at
}
