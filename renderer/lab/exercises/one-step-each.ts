import {
  type ProcessView,
  reenact,
  resumeThread,
  setThreadStart,
  snapshot,
  type Thread,
  type ThreadView,
  threadStart,
} from '../../../shared/threading/index.ts'
import { steering } from '../steering.ts'
import { found, pause } from './pauses.ts'

/** Starts threads so that each stands before its first step. */
export function startPaused(start: () => Thread[]): Thread[] {
  const before = threadStart()
  setThreadStart({ ...before, paused: true })
  try {
    return start()
  } finally {
    setThreadStart(before)
  }
}

/**
 * Lets paused threads do one operation each in turn, from the first to the last and again, `between` milliseconds from
 * one to the next, until all have ended. A thread that waits when its turn comes misses it. Returns the order in which
 * they went, so far when `isOver` says so. Somebody else who steps them changes the order, and one who sets them free
 * is free to.
 */
export async function oneStepEach(
  threads: readonly Thread[],
  between: number,
  isOver: () => boolean = () => false,
): Promise<string[]> {
  const order: string[] = []
  steering.isStepping = !steering.isFollowing
  while (steering.isStepping && !isOver() && threads.some((thread) => thread.isAlive())) {
    let hasGone = false
    for (const thread of threads) {
      while (steering.isHeld && steering.isStepping && !isOver()) await pause(20)
      if ((await placeOf(thread)) !== 'stands') continue
      const { followed } = await reenact([thread.name])
      if (followed === 0) continue
      hasGone = true
      order.push(thread.name)
      await pause(between)
    }
    if (!hasGone) await pause(1)
  }
  steering.isStepping = false
  return order
}

/** As `oneStepEach`, until `end`. Then it sets free those that are left: one of them may be helped to go on. */
export async function stepUntil(
  end: Promise<unknown>,
  threads: readonly Thread[],
  between: number,
): Promise<void> {
  let isOver = false
  const ending = end.then(() => {
    isOver = true
  })
  await oneStepEach(threads, between, () => isOver)
  await ending
  if (steering.isHeld || steering.isFollowing) return
  for (const thread of threads) if (thread.isAlive()) resumeThread(thread.ident!)
}

type Place = 'stands' | 'waits' | 'ended' | 'free'

/** Where a thread is once it has come to a rest. */
function placeOf({ ident }: Thread): Promise<Place> {
  return found(() => {
    const view = snapshot()
    const thread = view.threads.find(({ id }) => id === ident)
    if (thread === undefined || thread.state === 'Terminated') return 'ended'
    if (thread.control === 'free') return 'free'
    if (thread.gate !== undefined) return 'stands'
    return staysWaiting(thread, view) ? 'waits' : undefined
  })
}

/** Who was woken stands in no line any more, and who waits for a lock that is free is about to have it. */
function staysWaiting({ id, waiting }: ThreadView, { objects }: ProcessView): boolean {
  const object = objects.find((candidate) => candidate.id === waiting?.object)
  if (object === undefined || !object.waiters.includes(id)) return false
  const isLock = object.kind === 'Lock' || object.kind === 'RLock'
  return !isLock || object.holder !== undefined
}
