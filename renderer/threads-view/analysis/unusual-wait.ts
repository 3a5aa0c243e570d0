import type { ThreadView } from '@skein/threading/inspect'
import type { WaitTimes } from './wait-times.ts'

/** A wait is compared only with so many earlier ones at the least. */
const minEarlierWaits = 5

/** How many times the longest before, and how many ms at the least. */
const durationFactor = 3
const minAge = 200

/** A wait that lasts longer than any before it. */
export interface UnusualWait {
  /** The longest before, in ms, of how many. */
  readonly maxDuration: number
  readonly count: number
}

/** Whether a thread waits far longer than one of its name ever did for that object; undefined where it does not. */
export function findUnusualWait(waits: WaitTimes, thread: ThreadView, at: number): UnusualWait | undefined {
  if (thread.waiting === undefined) return undefined
  const { count, maxDuration: longest } = waits.earlierWaits(thread.name, thread.waiting.object)
  const age = at - thread.since
  return count >= minEarlierWaits && age > minAge && age > durationFactor * longest
    ? { maxDuration: longest, count }
    : undefined
}
