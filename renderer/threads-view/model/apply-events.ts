import {
  type ObjectView,
  type OperationEvent,
  operationFailed,
  type StateEvent,
  type ThreadState,
  type ThreadView,
} from '@skein/threading/inspect'
import { isOperationEvent, isStateEvent, type RecordedEvent } from './event-store.ts'

interface ObservedState {
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
}

/** What was seen, with what events tell of the time from then on: a moment between two looks. `events` by their times. */
export function applyEvents(seen: ObservedState, events: readonly RecordedEvent[]): ObservedState {
  if (events.length === 0) return seen
  const threads = new Map(seen.threads.map((thread) => [thread.id, thread]))
  const objects = new Map(seen.objects.map((object) => [object.id, object]))
  const changed = new Set<number>()
  for (const event of events) {
    if (isStateEvent(event)) {
      const thread = threads.get(event.thread)
      if (thread === undefined || event.at <= thread.since) continue
      threads.set(event.thread, applyStateEvent(thread, event))
      changed.add(event.thread)
    } else if (isOperationEvent(event)) {
      const object = objects.get(event.object)
      if (object !== undefined) objects.set(event.object, applyOperationEvent(object, event))
    }
  }
  const presented = [...objects.values()].map((object) => updateWaiters(object, threads, changed))
  return { threads: [...threads.values()], objects: presented }
}

const waitStates: readonly ThreadState[] = ['Blocked', 'Waiting', 'Timed waiting']

function applyStateEvent(thread: ThreadView, { at, state, object, operation, by }: StateEvent): ThreadView {
  const waiting = waitStates.includes(state) && operation !== undefined ? { object, operation } : undefined
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

function applyOperationEvent(object: ObjectView, { act, value, thread }: OperationEvent): ObjectView {
  if (value === operationFailed) return object
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
function updateWaiters(
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
