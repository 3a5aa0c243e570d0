import type { ThreadHistory } from '../model/thread-history.ts'

/** The maximum time between a wake and the end of the wait, in ms. Later, something else has woken the thread. */
const maxWakeDelay = 100

/** The clocks of two threads can differ by this much, in ms. */
const clockTolerance = 0.5

/** Returns when the woken thread went on after a wake; the time of the wake if that is not recorded. */
export function resumeTime(history: ThreadHistory, waker: number, at: number): number {
  let segment = Math.max(history.segmentAt(at - clockTolerance), history.first)
  for (; segment < history.end && history.start(segment) <= at + maxWakeDelay; segment++) {
    if (history.waker(segment) === waker && history.start(segment) >= at - clockTolerance) {
      return Math.max(at, history.start(segment))
    }
  }
  return at
}
