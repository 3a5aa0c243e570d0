import type { ProcessView, ThreadView } from './process-view.ts'

/** Threads that wait for each other in a cycle: each waits for an object that the next one holds. */
export interface Deadlock {
  readonly links: readonly {
    readonly thread: number
    readonly waitsFor: number
    readonly heldBy: number
  }[]
}

/**
 * Finds the cycles of the wait-for graph over locks (Holt 1972). A blocked thread waits for the one thread that holds
 * the lock, so each thread has at most one edge. The memory may change while it is read: only waits that lasted
 * throughout the reading count, so each cycle existed at one moment. A cycle can still end when one of its threads is
 * killed.
 */
export function findDeadlocks(view: ProcessView): Deadlock[] {
  const edges = waitForGraph(view)
  const found: Deadlock[] = []
  const seen = new Set<number>()
  for (const start of edges.keys()) {
    const cycle = cycleFrom(start, edges, seen)
    if (cycle !== undefined) found.push({ links: cycle })
  }
  return found
}

type WaitForEdge = Deadlock['links'][number]

function waitForGraph({ threads, objects }: ProcessView): Map<number, WaitForEdge> {
  const locks = new Map(objects.filter(({ kind }) => kind !== 'Condition').map((lock) => [lock.id, lock]))
  const edges = new Map<number, WaitForEdge>()
  for (const { id, state, waiting, waitSequence, until } of threads) {
    const lock = waiting && locks.get(waiting.object)
    const heldBy = lock?.holder
    // A wait with a timeout ends by itself.
    if (state !== 'Blocked' || waiting === undefined || until !== undefined || heldBy === undefined) continue
    // The holder may have been read before this wait began or after it ended.
    if (waitSequence === 0 || !lock?.waiters.includes(id)) continue
    edges.set(id, { thread: id, waitsFor: waiting.object, heldBy })
  }
  return edges
}

/** Follows the edges from a thread. Returns the cycle that they lead to, unless an earlier call visited it. */
function cycleFrom(
  start: number,
  edges: ReadonlyMap<number, WaitForEdge>,
  seen: Set<number>,
): WaitForEdge[] | undefined {
  const path: WaitForEdge[] = []
  let link = edges.get(start)
  while (link !== undefined && !seen.has(link.thread)) {
    seen.add(link.thread)
    path.push(link)
    link = edges.get(link.heldBy)
  }
  const first = path.findIndex(({ thread }) => thread === link?.thread)
  return first < 0 ? undefined : path.slice(first)
}

/** Finds deadlocks in successive views. A cycle counts when two of them in a row show the very same waits. */
export class DeadlockDetector {
  #suspected = new Set<string>()
  #reported = new Set<string>()

  /** Returns the deadlocks that this view confirms and that were not returned before. */
  detect(view: ProcessView): Deadlock[] {
    const threads = new Map(view.threads.map((thread) => [thread.id, thread]))
    const found = new Map(findDeadlocks(view).map((deadlock) => [deadlockKey(deadlock, threads), deadlock]))
    const confirmed = [...found.keys()].filter((key) => this.#suspected.has(key) && !this.#reported.has(key))
    this.#suspected = new Set(found.keys())
    this.#reported = new Set(
      [...found.keys()].filter((key) => this.#reported.has(key) || confirmed.includes(key)),
    )
    return confirmed.map((key) => found.get(key)!)
  }
}

/** Identifies a deadlock by its waits, whichever of its threads comes first. */
function deadlockKey({ links }: Deadlock, threads: ReadonlyMap<number, ThreadView>): string {
  return links
    .map(({ thread, waitsFor, heldBy }) => {
      const { since, waitSequence } = threads.get(thread)!
      return `${thread}:${waitsFor}:${heldBy}:${since}:${waitSequence}`
    })
    .sort()
    .join(' ')
}
