import {
  type ObjectView,
  operationFailed,
  type StateEvent,
  type ThreadState,
  type ThreadView,
} from '@skein/threading/inspect'
import { isOperationEvent, isStateEvent, type RecordedEvent } from './event-store.ts'
import type { MutableObjectView } from './object-kinds/kind-description.ts'
import { kindDescriptions } from './object-kinds/object-kinds.ts'

interface ObservedState {
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
}

/** Returns the state at a moment between two samples: the earlier one, changed by the events since. `events` by time. */
export function applyEvents(observed: ObservedState, events: readonly RecordedEvent[]): ObservedState {
  if (events.length === 0) return observed
  const threads = new Map(observed.threads.map((thread) => [thread.id, thread]))
  const objects = new Map(observed.objects.map((object) => [object.id, object]))
  const changedObjects = new Map<number, MutableObjectView>()
  const changed = new Set<number>()
  for (const event of events) {
    if (isStateEvent(event)) {
      const thread = threads.get(event.thread)
      if (thread === undefined || event.at <= thread.since) continue
      threads.set(event.thread, applyStateEvent(thread, event))
      changed.add(event.thread)
    } else if (isOperationEvent(event) && event.value !== operationFailed) {
      const object = changedObjects.get(event.object) ?? copyOf(objects.get(event.object))
      if (object === undefined) continue
      changedObjects.set(event.object, object)
      kindDescriptions[object.kind].applyOperation(object, event)
    }
  }
  const withWaiters = observed.objects.map((object) =>
    updateWaiters(changedObjects.get(object.id) ?? object, threads, changed),
  )
  return { threads: [...threads.values()], objects: withWaiters }
}

const waitStates: readonly ThreadState[] = ['Blocked', 'Waiting', 'Timed waiting']

function applyStateEvent(thread: ThreadView, { at, state, object, operation, by }: StateEvent): ThreadView {
  const waiting = waitStates.includes(state) && operation !== undefined ? { object, operation } : undefined
  return {
    ...thread,
    state,
    since: at,
    waiting,
    waitSequence: waiting && 0,
    until: undefined,
    wokenBy: by === 0 ? thread.wokenBy : { thread: by, object },
    gate: undefined,
  }
}

/** Events change the copy of an object, not the object itself, and each object is copied once. */
const copyOf = (object: ObjectView | undefined): MutableObjectView | undefined => object && { ...object }

/** Updates the waiters of an object: some went on since the sample, and some came. */
function updateWaiters(
  object: ObjectView,
  threads: ReadonlyMap<number, ThreadView>,
  changed: ReadonlySet<number>,
): ObjectView {
  const waitsFor = (id: number) => threads.get(id)?.waiting?.object === object.id
  const remaining = object.waiters.filter((id) => !changed.has(id) || waitsFor(id))
  const added = [...changed].filter((id) => waitsFor(id) && !remaining.includes(id))
  if (added.length === 0 && remaining.length === object.waiters.length) return object
  return { ...object, waiters: [...remaining, ...added] }
}
