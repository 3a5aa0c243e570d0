import type { Thread } from '@skein/threading'
import {
  initialThreadControl,
  type ProcessView,
  replaySchedule,
  resumeThread,
  setInitialThreadControl,
  snapshot,
  type ThreadView,
} from '@skein/threading/inspect'
import { isLock } from '../../../threads-view/model/object-kinds/object-kinds.ts'
import { delay, pollUntil } from './async-helpers.ts'
import { runControl } from './run-control.ts'

/** Starts threads so that each is paused before its first operation. */
export function startPaused(start: () => Thread[]): Thread[] {
  const before = initialThreadControl()
  setInitialThreadControl({ ...before, paused: true })
  try {
    return start()
  } finally {
    setInitialThreadControl(before)
  }
}

/**
 * Lets paused threads do one operation each in turn, `interval` milliseconds apart, until all have ended or `isOver`
 * returns true. A thread that waits at its turn misses it. Returns the names of the threads in the order of their
 * operations. The user may step or resume the threads meanwhile, which changes that order.
 */
export async function stepInTurns(
  threads: readonly Thread[],
  interval: number,
  isOver: () => boolean = () => false,
): Promise<string[]> {
  const order: string[] = []
  runControl.isStepping = !runControl.isReplaying
  while (runControl.isStepping && !isOver() && threads.some((thread) => thread.isAlive())) {
    let hasProgress = false
    for (const thread of threads) {
      while (runControl.isPaused && runControl.isStepping && !isOver()) await delay(20)
      if ((await awaitRest(thread)) !== 'paused') continue
      const { replayed } = await replaySchedule([thread.name])
      if (replayed === 0) continue
      hasProgress = true
      order.push(thread.name)
      await delay(interval)
    }
    if (!hasProgress) await delay(1)
  }
  runControl.isStepping = false
  return order
}

/** Like `stepInTurns`, until `end` resolves. Then resumes the threads that are left: the user may unblock one. */
export async function stepUntil(
  end: Promise<unknown>,
  threads: readonly Thread[],
  interval: number,
): Promise<void> {
  let isOver = false
  const ending = end.then(() => {
    isOver = true
  })
  await stepInTurns(threads, interval, () => isOver)
  await ending
  if (runControl.isPaused || runControl.isReplaying) return
  for (const thread of threads) if (thread.isAlive()) resumeThread(thread.ident!)
}

type RestState = 'paused' | 'waiting' | 'ended' | 'free'

/** Resolves with the state of a thread once it does not change by itself. */
function awaitRest({ ident }: Thread): Promise<RestState> {
  return pollUntil(() => {
    const view = snapshot()
    const thread = view.threads.find(({ id }) => id === ident)
    if (thread === undefined || thread.state === 'Terminated') return 'ended'
    if (thread.control === 'free') return 'free'
    if (thread.gate !== undefined) return 'paused'
    return isStillWaiting(thread, view) ? 'waiting' : undefined
  })
}

/** False for a thread that was woken, or that waits for a free lock, which it is about to acquire. */
function isStillWaiting({ id, waiting }: ThreadView, { objects }: ProcessView): boolean {
  const object = objects.find((candidate) => candidate.id === waiting?.object)
  if (object === undefined || !object.waiters.includes(id)) return false
  return !isLock(object.kind) || object.holder !== undefined
}
