import type { ThreadView } from '../../../shared/threading/view.ts'
import type { Cast } from './cast.ts'
import type { Feeders } from './feeders.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** A wait must have lasted so long, in ms: what only passes is no reason to warn. */
const leastAge = 1000

/** A thread whose wait nobody can end any more. */
export interface Stuck {
  readonly thread: ThreadView
  readonly object: number
  /** All who could have ended it: each has ended, or is stuck too. */
  readonly wakers: readonly Waker[]
}

/**
 * The threads that wait for ever, as far as is known: those of which every possible waker has ended or waits for ever
 * itself. (The greatest fixed point: all who wait without a timeout are suspected, and each whom somebody able could wake
 * is cleared, until nobody is cleared any more.) A wait that nobody was ever seen to end is not suspected.
 */
export function findStuck(cast: Cast, feeders: Feeders, at: number): readonly Stuck[] {
  const suspects = new Map<number, Stuck>()
  for (const thread of cast.threads) {
    const wakers = maySuspect(thread, at) ? wakersOf(thread, cast, feeders) : []
    if (wakers.length > 0) suspects.set(thread.id, { thread, object: thread.waiting?.object ?? 0, wakers })
  }
  const isAble = (waker: Waker) => !hasEnded(waker) && !suspects.has(waker.thread?.id ?? 0)
  for (let before = -1; before !== suspects.size; ) {
    before = suspects.size
    for (const [id, { wakers }] of suspects) if (wakers.some(isAble)) suspects.delete(id)
  }
  return [...suspects.values()]
}

/** Who is held from outside is let go from outside. */
function maySuspect({ state, until, since, control, slowness }: ThreadView, at: number): boolean {
  const waits = (state === 'Waiting' || state === 'Blocked') && until === undefined
  return waits && at - since >= leastAge && control === 'free' && slowness === 1
}
