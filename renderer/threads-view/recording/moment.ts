import {
  type ActEvent,
  noSuccess,
  type ObjectView,
  type ThreadState,
  type ThreadView,
  type TraceEvent,
} from '../../../shared/threading/view.ts'
import { isAct, isStateChange, type RecordedEvent } from './event-ring.ts'

interface Presented {
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
}

/** What was seen, with what events tell of the time from then on: a moment between two looks. `events` by their times. */
export function withEvents(seen: Presented, events: readonly RecordedEvent[]): Presented {
  if (events.length === 0) return seen
  const threads = new Map(seen.threads.map((thread) => [thread.id, thread]))
  const objects = new Map(seen.objects.map((object) => [object.id, object]))
  const changed = new Set<number>()
  for (const event of events) {
    if (isStateChange(event)) {
      const thread = threads.get(event.thread)
      if (thread === undefined || event.at <= thread.since) continue
      threads.set(event.thread, afterChange(thread, event))
      changed.add(event.thread)
    } else if (isAct(event)) {
      const object = objects.get(event.object)
      if (object !== undefined) objects.set(event.object, afterAct(object, event))
    }
  }
  const presented = [...objects.values()].map((object) => withWaiters(object, threads, changed))
  return { threads: [...threads.values()], objects: presented }
}

const waits: readonly ThreadState[] = ['Blocked', 'Waiting', 'Timed waiting']

function afterChange(thread: ThreadView, { at, state, object, operation, by }: TraceEvent): ThreadView {
  const waiting = waits.includes(state) && operation !== undefined ? { object, operation } : undefined
  return {
    ...thread,
    state,
    since: at,
    waiting,
    until: undefined,
    wokenBy: by === 0 ? thread.wokenBy : { thread: by, object },
    gate: undefined,
  }
}

function afterAct(object: ObjectView, { act, value, thread }: ActEvent): ObjectView {
  if (value === noSuccess) return object
  switch (object.kind) {
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      if (act === 'taskDone') return { ...object, unfinished: value }
      return act === 'put' || act === 'get' ? { ...object, depth: value } : object
    case 'Semaphore':
    case 'BoundedSemaphore':
      return { ...object, permits: value }
    case 'Event':
      return act === 'set' || act === 'clear' ? { ...object, flag: value !== 0 } : object
    case 'Lock':
    case 'RLock':
      if (act === 'acquire') return { ...object, holder: thread }
      return act === 'release' && value === 0 ? { ...object, holder: undefined } : object
    case 'Barrier':
      return { ...object, arrived: value }
    case 'Cell':
      return { ...object, value }
    default:
      return object
  }
}

/** The waiters without the threads that went on since, and with those that came. */
function withWaiters(
  object: ObjectView,
  threads: ReadonlyMap<number, ThreadView>,
  changed: ReadonlySet<number>,
): ObjectView {
  const waitsFor = (id: number) => threads.get(id)?.waiting?.object === object.id
  const stayed = object.waiters.filter((id) => !changed.has(id) || waitsFor(id))
  const came = [...changed].filter((id) => waitsFor(id) && !stayed.includes(id))
  if (came.length === 0 && stayed.length === object.waiters.length) return object
  return { ...object, waiters: [...stayed, ...came] }
}
