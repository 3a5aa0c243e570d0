import type { ThreadView } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'
import type { WakerStats } from './waker-stats.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** A wait must have lasted so long, in ms: what only passes is no reason to warn. */
const minAge = 1000

/** A thread whose wait nobody can end any more. */
export interface BlockedForever {
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
export function findBlockedForever(
  cast: ProcessDirectory,
  feeders: WakerStats,
  at: number,
): readonly BlockedForever[] {
  const suspects = new Map<number, BlockedForever>()
  for (const thread of cast.threads) {
    const wakers = canSuspect(thread, at) ? wakersOf(thread, cast, feeders) : []
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
function canSuspect({ state, until, since, control, slowness }: ThreadView, at: number): boolean {
  const waits = (state === 'Waiting' || state === 'Blocked') && until === undefined
  return waits && at - since >= minAge && control === 'free' && slowness === 1
}
