import type { ThreadView } from '@skein/threading/inspect'
import { threadSlot, wakeOperationFor } from '@skein/threading/inspect'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessDirectory } from '../model/process-directory.ts'
import type { WakerStats } from './waker-stats.ts'

/** Who could end a wait: a thread's name, and the thread of that name that was started last, if there is one. */
export interface Waker {
  readonly name: string
  readonly thread: ThreadView | undefined
}

/**
 * All who could end the wait of a thread, the most usual first: a lock's holder, the thread that is joined, or those who
 * are known to feed the object. Empty where nobody is known.
 */
export function wakersOf(
  { waiting }: ThreadView,
  cast: ProcessDirectory,
  feeders: WakerStats,
): readonly Waker[] {
  const object = waiting && cast.object(waiting.object)
  if (waiting === undefined || object === undefined) return []
  const endedBy = kindDescriptions[object.kind].waits?.endedBy
  if (endedBy === 'holder') return namedWaker(object.holder, cast)
  if (endedBy === 'joined thread') return namedWaker(joinedThread(object.id, cast), cast)
  const through = wakeOperationFor(object.kind, waiting.operation)
  return feeders.namesOf(object.id, through).map((name) => ({ name, thread: cast.newestThread(name) }))
}

function namedWaker(id: number | undefined, cast: ProcessDirectory): readonly Waker[] {
  return id === undefined ? [] : [{ name: cast.threadName(id), thread: cast.thread(id) }]
}

/** Who is joined waits at the object of its own slot. */
const joinedThread = (object: number, cast: ProcessDirectory): number | undefined =>
  cast.threads.findLast(({ id }) => threadSlot(id) === object)?.id

export const hasEnded = ({ thread }: Waker): boolean => thread === undefined || thread.state === 'Terminated'
