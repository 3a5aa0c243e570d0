import type { ThreadView } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'
import type { WakerStats } from './waker-stats.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** Shorter waits are not reported, in ms: most of them end by themselves. */
const minAge = 1000

/** A thread whose wait no thread can end any more. */
export interface BlockedForever {
  readonly thread: ThreadView
  readonly object: number
  /** The threads that could have ended the wait. Each has ended, or waits forever too. */
  readonly wakers: readonly Waker[]
}

/**
 * Returns the threads that wait forever, as far as is known: every thread that could wake them has ended, or waits
 * forever too. (The greatest fixed point: all threads that wait without a timeout are suspects; those that a thread
 * outside of the suspects could wake are removed, until none is left to remove.) A wait without known wakers is no
 * suspect.
 */
export function findBlockedForever(
  directory: ProcessDirectory,
  wakerStats: WakerStats,
  at: number,
): readonly BlockedForever[] {
  const suspects = new Map<number, BlockedForever>()
  for (const thread of directory.threads) {
    const wakers = canSuspect(thread, at) ? wakersOf(thread, directory, wakerStats) : []
    if (wakers.length > 0) suspects.set(thread.id, { thread, object: thread.waiting?.object ?? 0, wakers })
  }
  const isAble = (waker: Waker) => !hasEnded(waker) && !suspects.has(waker.thread?.id ?? 0)
  for (let before = -1; before !== suspects.size; ) {
    before = suspects.size
    for (const [id, { wakers }] of suspects) if (wakers.some(isAble)) suspects.delete(id)
  }
  return [...suspects.values()]
}

/**
 * A thread that is paused or slowed down goes on when the user lets it. A wait without a number has been ended, and the
 * thread does not run yet.
 */
function canSuspect(thread: ThreadView, at: number): boolean {
  const { state, until, since, waitSequence, control, slowness } = thread
  const isWaiting = (state === 'Waiting' || state === 'Blocked') && until === undefined && waitSequence !== 0
  return isWaiting && at - since >= minAge && control === 'free' && slowness === 1
}
