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
import { delay, pollUntil } from './async-helpers.ts'
import { runControl } from './run-control.ts'

/** Starts threads so that each stands before its first step. */
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
 * Lets paused threads do one operation each in turn, from the first to the last and again, `between` milliseconds from
 * one to the next, until all have ended. A thread that waits when its turn comes misses it. Returns the order in which
 * they went, so far when `isOver` says so. Somebody else who steps them changes the order, and one who sets them free
 * is free to.
 */
export async function stepInTurns(
  threads: readonly Thread[],
  between: number,
  isOver: () => boolean = () => false,
): Promise<string[]> {
  const order: string[] = []
  runControl.isStepping = !runControl.isReplaying
  while (runControl.isStepping && !isOver() && threads.some((thread) => thread.isAlive())) {
    let hasGone = false
    for (const thread of threads) {
      while (runControl.isPaused && runControl.isStepping && !isOver()) await delay(20)
      if ((await awaitRest(thread)) !== 'stands') continue
      const { replayed: followed } = await replaySchedule([thread.name])
      if (followed === 0) continue
      hasGone = true
      order.push(thread.name)
      await delay(between)
    }
    if (!hasGone) await delay(1)
  }
  runControl.isStepping = false
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
  await stepInTurns(threads, between, () => isOver)
  await ending
  if (runControl.isPaused || runControl.isReplaying) return
  for (const thread of threads) if (thread.isAlive()) resumeThread(thread.ident!)
}

type RestState = 'stands' | 'waits' | 'ended' | 'free'

/** Where a thread is once it has come to a rest. */
function awaitRest({ ident }: Thread): Promise<RestState> {
  return pollUntil(() => {
    const view = snapshot()
    const thread = view.threads.find(({ id }) => id === ident)
    if (thread === undefined || thread.state === 'Terminated') return 'ended'
    if (thread.control === 'free') return 'free'
    if (thread.gate !== undefined) return 'stands'
    return isStillWaiting(thread, view) ? 'waits' : undefined
  })
}

/** Who was woken stands in no line any more, and who waits for a lock that is free is about to have it. */
function isStillWaiting({ id, waiting }: ThreadView, { objects }: ProcessView): boolean {
  const object = objects.find((candidate) => candidate.id === waiting?.object)
  if (object === undefined || !object.waiters.includes(id)) return false
  const isLock = object.kind === 'Lock' || object.kind === 'RLock'
  return !isLock || object.holder !== undefined
}
