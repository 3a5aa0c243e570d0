import { slotOf } from '../../../shared/threading/layout.ts'
import type { ThreadView } from '../../../shared/threading/view.ts'
import { endedThrough } from '../../../shared/threading/view.ts'
import type { Cast } from './cast.ts'
import type { Feeders } from './feeders.ts'

/** Who could end a wait: a thread's name, and the thread of that name that was started last, if there is one. */
export interface Waker {
  readonly name: string
  readonly thread: ThreadView | undefined
}

/**
 * All who could end the wait of a thread, the most usual first: a lock's holder, the thread that is joined, or those who
 * are known to feed the object. Empty where nobody is known.
 */
export function wakersOf({ waiting }: ThreadView, cast: Cast, feeders: Feeders): readonly Waker[] {
  const object = waiting && cast.object(waiting.object)
  if (waiting === undefined || object === undefined) return []
  if (object.kind === 'Lock' || object.kind === 'RLock') return named(object.holder, cast)
  if (object.kind === 'Thread') return named(joined(object.id, cast), cast)
  const through = endedThrough(object.kind, waiting.operation)
  return feeders.of(object.id, through).map((name) => ({ name, thread: cast.newest(name) }))
}

function named(id: number | undefined, cast: Cast): readonly Waker[] {
  return id === undefined ? [] : [{ name: cast.threadName(id), thread: cast.thread(id) }]
}

/** Who is joined waits at the object of its own slot. */
const joined = (object: number, cast: Cast): number | undefined =>
  cast.threads.findLast(({ id }) => slotOf(id) === object)?.id

export const hasEnded = ({ thread }: Waker): boolean => thread === undefined || thread.state === 'Terminated'
