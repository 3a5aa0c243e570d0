import type { OperationEvent, StateEvent, WakeEvent } from './process-view.ts'

type ThreadEvent = StateEvent | WakeEvent | OperationEvent

/** Decides which events are possible at a point of a merge, by the events before it. */
export interface MergeState<Event> {
  canApply(event: Event): boolean
  apply(event: Event): void
}

/**
 * Merges sequences of events into one. Each sequence keeps its order, no event comes before its cause, and an event
 * that is not possible in `state` waits for others. Where this leaves a choice, the earliest event comes first: times
 * alone do not decide, because the clocks of threads differ slightly. A cause that was lost, or a cycle that its loss
 * left behind, does not stop the merge. (A topological sort of Lamport's "happened before", 1978.)
 */
export function mergeInCausalOrder<Event extends { readonly at: number }>(
  sequences: readonly (readonly Event[])[],
  causes: ReadonlyMap<Event, Event>,
  state?: MergeState<Event>,
): Event[] {
  const remaining = sequences.filter(({ length }) => length > 0).map((sequence) => [...sequence])
  const merged = new Set<Event>()
  const hasCause = ([first]: Event[]): boolean => {
    const cause = causes.get(first!)
    return cause === undefined || merged.has(cause)
  }
  while (remaining.length > 0) {
    remaining.sort(([one], [other]) => one!.at - other!.at)
    const sequence =
      remaining.find((candidate) => hasCause(candidate) && (state?.canApply(candidate[0]!) ?? true)) ??
      remaining.find(hasCause) ??
      remaining[0]!
    const next = sequence.shift()!
    if (sequence.length === 0) remaining.splice(remaining.indexOf(sequence), 1)
    merged.add(next)
    state?.apply(next)
  }
  return [...merged]
}

/** The events of each thread, in the order of their sequence numbers. */
export function sequencesByThread<Event extends ThreadEvent>(events: readonly Event[]): Event[][] {
  const sequences = [...groupBy(events, ({ thread }) => thread).values()]
  for (const sequence of sequences) sequence.sort((one, other) => one.sequence - other.sequence)
  return sequences
}

/**
 * For each end of a wait, the wake-up that caused it. The wake-ups of one thread by the same waker through the same
 * object are assigned in order.
 */
export function causesOf(
  events: readonly StateEvent[],
  wakes: readonly WakeEvent[],
): Map<StateEvent, WakeEvent> {
  const key = (waker: number, woken: number, object: number) => `${waker} ${woken} ${object}`
  const unassigned = groupBy(wakes, ({ thread, woken, object }) => key(thread, woken, object))
  const causes = new Map<StateEvent, WakeEvent>()
  const ends = events.filter(({ by }) => by !== 0).sort((one, other) => one.sequence - other.sequence)
  for (const end of ends) {
    const cause = unassigned.get(key(end.by, end.thread, end.object))?.shift()
    if (cause !== undefined) causes.set(end, cause)
  }
  return causes
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}
