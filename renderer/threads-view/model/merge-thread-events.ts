import type { OperationEvent, ProcessView, StateEvent } from '@skein/threading/inspect'

/** Returns the state events and operations of a view, those of each thread in the sequence in which they happened. */
export function mergeThreadEvents({
  events,
  operations,
}: ProcessView): readonly (StateEvent | OperationEvent)[] {
  if (operations.length === 0) return events
  return [...events, ...operations].sort(
    (one, other) => one.thread - other.thread || one.sequence - other.sequence,
  )
}
