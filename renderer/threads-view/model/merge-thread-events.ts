import type { OperationEvent, ProcessView, StateEvent } from '@skein/threading/inspect'

/** What threads went through and did since the look before, each thread's in the order in which it happened. */
export function mergeThreadEvents({
  events,
  operations: acts,
}: ProcessView): readonly (StateEvent | OperationEvent)[] {
  if (acts.length === 0) return events
  return [...events, ...acts].sort((one, other) => one.thread - other.thread || one.sequence - other.sequence)
}
