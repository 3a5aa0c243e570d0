import type { ThreadView } from '@skein/threading/inspect'
import { threadSlot, wakeOperationFor } from '@skein/threading/inspect'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessDirectory } from '../model/process-directory.ts'
import type { WakerStats } from './waker-stats.ts'

/** A thread that could end a wait: its name, and the newest thread of that name, if there is one. */
export interface Waker {
  readonly name: string
  readonly thread: ThreadView | undefined
}

/**
 * Returns the threads that could end the wait of a thread, the most frequent first: the holder of a lock, the thread that
 * is joined, or the threads that woke others through the object before.
 */
export function wakersOf(
  { waiting }: ThreadView,
  directory: ProcessDirectory,
  wakerStats: WakerStats,
): readonly Waker[] {
  const object = waiting && directory.object(waiting.object)
  if (waiting === undefined || object === undefined) return []
  const endedBy = kindDescriptions[object.kind].waits?.endedBy
  if (endedBy === 'holder') return namedWaker(object.holder, directory)
  if (endedBy === 'joinedThread') return namedWaker(joinedThread(object.id, directory), directory)
  const through = wakeOperationFor(object.kind, waiting.operation)
  return wakerStats
    .namesOf(object.id, through)
    .map((name) => ({ name, thread: directory.newestThread(name) }))
}

function namedWaker(id: number | undefined, directory: ProcessDirectory): readonly Waker[] {
  return id === undefined ? [] : [{ name: directory.threadName(id), thread: directory.thread(id) }]
}

/** A joined thread has the object of its own slot. */
const joinedThread = (object: number, directory: ProcessDirectory): number | undefined =>
  directory.threads.findLast(({ id }) => threadSlot(id) === object)?.id

export const hasEnded = ({ thread }: Waker): boolean => thread === undefined || thread.state === 'Terminated'
