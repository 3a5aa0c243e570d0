import type { ProcessView } from './process-view.ts'

/** Threads that wait for each other in a circle: each waits for an object that the next one holds. */
export interface Deadlock {
  readonly links: readonly {
    readonly thread: number
    readonly waitsFor: number
    readonly heldBy: number
  }[]
}

/**
 * The circles of the wait-for graph over locks (Holt 1972): a thread that is blocked by a lock waits for the one
 * thread that holds it, so from each thread leads at most one edge, and a walk that meets itself has found a
 * circle. A view is not one moment: memory may have changed while it was read. See DeadlockWatch.
 */
export function findDeadlocks(view: ProcessView): Deadlock[] {
  const edges = waitForGraph(view)
  const found: Deadlock[] = []
  const seen = new Set<number>()
  for (const start of edges.keys()) {
    const circle = cycleFrom(start, edges, seen)
    if (circle !== undefined) found.push({ links: circle })
  }
  return found
}

type WaitForEdge = Deadlock['links'][number]

function waitForGraph({ threads, objects }: ProcessView): Map<number, WaitForEdge> {
  const locks = new Map(objects.filter(({ kind }) => kind !== 'Condition').map((lock) => [lock.id, lock]))
  const edges = new Map<number, WaitForEdge>()
  for (const { id, state, waiting, until } of threads) {
    const lock = waiting && locks.get(waiting.object)
    const heldBy = lock?.holder
    // A wait with a timeout ends by itself.
    if (state !== 'Blocked' || waiting === undefined || until !== undefined || heldBy === undefined) continue
    // A thread that was handed the lock says that it is blocked until it runs again: it waits for nobody any more.
    if (!lock?.waiters.includes(id)) continue
    edges.set(id, { thread: id, waitsFor: waiting.object, heldBy })
  }
  return edges
}

/** Walks from a thread to the end or to a circle that no earlier walk has met. */
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

/**
 * Finds deadlocks in a row of views. A circle is told once two views in a row show it with the same threads in
 * the same waits: what was only half seen while it changed does not look the same twice.
 */
export class DeadlockDetector {
  #suspected = new Set<string>()
  #reported = new Set<string>()

  /** The deadlocks that this view confirms and that were not told before. */
  detect(view: ProcessView): Deadlock[] {
    const since = new Map(view.threads.map((thread) => [thread.id, thread.since]))
    const found = new Map(findDeadlocks(view).map((deadlock) => [deadlockKey(deadlock, since), deadlock]))
    const confirmed = [...found.keys()].filter((key) => this.#suspected.has(key) && !this.#reported.has(key))
    this.#suspected = new Set(found.keys())
    this.#reported = new Set(
      [...found.keys()].filter((key) => this.#reported.has(key) || confirmed.includes(key)),
    )
    return confirmed.map((key) => found.get(key)!)
  }
}

/** The same for the same waits, wherever in the circle the walk began. */
function deadlockKey({ links }: Deadlock, since: ReadonlyMap<number, number>): string {
  return links
    .map(({ thread, waitsFor }) => `${thread}:${waitsFor}:${since.get(thread)}`)
    .sort()
    .join(' ')
}
