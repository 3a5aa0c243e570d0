import type { ThreadView } from '@skein/threading/inspect'
import type { WaitTimes } from './wait-times.ts'

/** The minimum number of earlier waits to compare with. */
const minEarlierWaits = 5

/** A wait is unusual if it lasts this many times as long as any before, and at least `minAge` ms. */
const durationFactor = 3
const minAge = 200

/** A wait that lasts longer than any before it. */
export interface UnusualWait {
  /** The longest of the earlier waits, in ms, and their number. */
  readonly maxDuration: number
  readonly count: number
}

/** Returns the wait of a thread that waits far longer than any thread of its name did for that object before. */
export function findUnusualWait(waits: WaitTimes, thread: ThreadView, at: number): UnusualWait | undefined {
  if (thread.waiting === undefined) return undefined
  const { count, maxDuration } = waits.earlierWaits(thread.name, thread.waiting.object)
  const age = at - thread.since
  return count >= minEarlierWaits && age > minAge && age > durationFactor * maxDuration
    ? { maxDuration, count }
    : undefined
}
