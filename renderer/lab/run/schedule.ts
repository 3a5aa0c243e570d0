import {
  causesOf,
  type OperationEvent,
  type StateEvent,
  sequencesByThread,
  type WakeEvent,
} from '@skein/threading/inspect'
import type { RecordedObjects } from './object-state.ts'
import { findPossibleOrder, type History } from './possible-order.ts'
import type { RecordedEvent, UserAction } from './recorded-event.ts'
import { findScheduledOperations, type ScheduledOperation } from './schedule-operations.ts'

/** The next operation of a run: a thread's, by its name, or one of the exercise's actions. */
export type ScheduleStep =
  | {
      readonly thread: string
      /** Main ended a wait of this thread since its previous operation: when main does so is not scheduled. */
      readonly afterMain: boolean
    }
  | { readonly action: string }

export interface RunRecording extends RecordedObjects {
  readonly events: readonly StateEvent[]
  readonly wakes: readonly WakeEvent[]
  readonly operations: readonly OperationEvent[]
  readonly userActions: readonly UserAction[]
  readonly names: ReadonlyMap<number, string>
}

/**
 * Returns the order in which threads did their operations. Each thread's own order is kept. Between threads, a wait ends
 * after the operation that ended it, a cell is read after the value was written, a lock is acquired after it was
 * released, and an item is taken after it was put. Times alone do not show this: the clocks of threads differ slightly.
 */
export function buildSchedule(recording: RunRecording): ScheduleStep[] {
  const { events, wakes, operations, userActions, names, kinds } = recording
  const histories: History[] = [...sequencesByThread([...events, ...wakes, ...operations]), userActions]
  const causes = findCausingEvents(causesOf(events, wakes), histories)
  const scheduled = new Map(histories.flatMap((history) => [...findScheduledOperations(history, kinds)]))
  const order = findPossibleOrder(histories, causes, recording)
  return order.flatMap((event) => toSteps(event, scheduled.get(event), names))
}

function toSteps(
  event: RecordedEvent,
  operation: ScheduledOperation | undefined,
  names: ReadonlyMap<number, string>,
): ScheduleStep[] {
  if ('action' in event) return [{ action: event.action }]
  if (operation === undefined) return []
  return [{ thread: names.get(operation.thread) ?? '', ...operation.timing }]
}

/**
 * Returns what has to come before each end of a wait: the operation that ended the wait if its thread recorded it after
 * the wake, as a put does; else the wake.
 */
function findCausingEvents(
  causes: ReadonlyMap<RecordedEvent, WakeEvent>,
  histories: readonly History[],
): Map<RecordedEvent, RecordedEvent> {
  const operations = new Map(histories.flatMap(findWakingOperations))
  return new Map([...causes].map(([end, wake]) => [end, operations.get(wake) ?? wake]))
}

/** Pairs each wake with the operation that the same thread recorded next, if that is the one that woke. */
function findWakingOperations(history: History): [WakeEvent, OperationEvent][] {
  const pairs: [WakeEvent, OperationEvent][] = []
  let pending: WakeEvent[] = []
  for (const event of history) {
    if ('woken' in event) pending.push(event)
    if (!('act' in event)) continue
    const woken = pending.filter(({ object, through }) => object === event.object && through === event.act)
    for (const wake of woken) pairs.push([wake, event])
    pending = []
  }
  return pairs
}
