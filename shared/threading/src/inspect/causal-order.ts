import type { StateEvent, WakeEvent } from './process-view.ts'

type ThreadEvent = StateEvent | WakeEvent

/**
 * All events in one order that tells no lie: each thread's as they were, and no thread awake before it was woken.
 * Otherwise by their times, which clocks of different threads may tell a little differently. (A topological merge;
 * the order is Lamport's "happened before", 1978, with the clocks to break ties.)
 */
export function mergeInCausalOrder(
  events: readonly StateEvent[],
  wakes: readonly WakeEvent[],
): ThreadEvent[] {
  const lines = eventsByThread([...events, ...wakes])
  const causes = causesOf(events, wakes)
  const placed = new Set<ThreadEvent>()
  const ordered: ThreadEvent[] = []
  while (lines.length > 0) {
    const line = nextLine(lines, causes, placed)
    const next = line.shift()!
    placed.add(next)
    ordered.push(next)
    if (line.length === 0) lines.splice(lines.indexOf(line), 1)
  }
  return ordered
}

/** Each thread's events by their numbers. */
function eventsByThread(all: readonly ThreadEvent[]): ThreadEvent[][] {
  const byThread = groupBy(all, ({ thread }) => thread)
  return [...byThread.values()].map((line) => line.sort((one, other) => one.sequence - other.sequence))
}

/** For each end of a wait, the wake that caused it: of the waker's wakes of that thread through that object, in turn. */
export function causesOf(
  events: readonly StateEvent[],
  wakes: readonly WakeEvent[],
): Map<ThreadEvent, WakeEvent> {
  const key = (waker: number, woken: number, object: number) => `${waker} ${woken} ${object}`
  const waiting = groupBy(wakes, ({ thread, woken, object }) => key(thread, woken, object))
  const causes = new Map<ThreadEvent, WakeEvent>()
  const ends = events.filter(({ by }) => by !== 0).sort((one, other) => one.sequence - other.sequence)
  for (const end of ends) {
    const cause = waiting.get(key(end.by, end.thread, end.object))?.shift()
    if (cause !== undefined) causes.set(end, cause)
  }
  return causes
}

/** The line whose first event comes next: the earliest of those whose cause has its place already. */
function nextLine(
  lines: readonly ThreadEvent[][],
  causes: ReadonlyMap<ThreadEvent, WakeEvent>,
  placed: ReadonlySet<ThreadEvent>,
): ThreadEvent[] {
  const byTime = [...lines].sort((one, other) => one[0]!.at - other[0]!.at)
  const isReady = ([first]: ThreadEvent[]) => {
    const cause = causes.get(first!)
    return cause === undefined || placed.has(cause)
  }
  // Events that were overwritten can leave a knot: time alone decides then.
  return byTime.find(isReady) ?? byTime[0]!
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
