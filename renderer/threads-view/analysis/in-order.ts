import type { ActEvent, ProcessView, TraceEvent } from '../../../shared/threading/view.ts'

/** What threads went through and did since the look before, each thread's in the order in which it happened. */
export function inOrder({ events, acts }: ProcessView): readonly (TraceEvent | ActEvent)[] {
  if (acts.length === 0) return events
  return [...events, ...acts].sort((one, other) => one.thread - other.thread || one.sequence - other.sequence)
}
