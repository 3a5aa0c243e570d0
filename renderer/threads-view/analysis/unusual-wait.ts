import type { ThreadView } from '../../../shared/threading/view.ts'
import type { WaitTimes } from './wait-times.ts'

/** A wait is compared only with so many earlier ones at the least. */
const leastCount = 5

/** How many times the longest before, and how many ms at the least. */
const times = 3
const leastAge = 200

/** A wait that lasts longer than any before it. */
export interface UnusualWait {
  /** The longest before, in ms, of how many. */
  readonly longest: number
  readonly count: number
}

/** Whether a thread waits far longer than one of its name ever did for that object; undefined where it does not. */
export function unusualWait(waits: WaitTimes, thread: ThreadView, at: number): UnusualWait | undefined {
  if (thread.waiting === undefined) return undefined
  const { count, longest } = waits.earlier(thread.name, thread.waiting.object)
  const age = at - thread.since
  return count >= leastCount && age > leastAge && age > times * longest ? { longest, count } : undefined
}
