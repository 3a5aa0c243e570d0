import {
  type ObjectView,
  type OperationEvent,
  operationFailed,
  type StateEvent,
  type ThreadState,
  type ThreadView,
} from '@skein/threading/inspect'
import { isOperationEvent, isStateEvent, type RecordedEvent } from './event-store.ts'
import { kindDescriptions } from './object-kinds/object-kinds.ts'

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

function applyOperationEvent(object: ObjectView, event: OperationEvent): ObjectView {
  return event.value === operationFailed
    ? object
    : kindDescriptions[object.kind].applyOperation(object, event)
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
