import { causesOf } from '../../shared/threading/causal-order.ts'
import type { ActEvent, ObjectKind, TraceEvent, WakeEvent } from '../../shared/threading/index.ts'
import { Contents } from './contents.ts'
import { operationsOf } from './operations.ts'

/** The next operation of a run: a thread's, by its name, or one of the exercise's actions. */
export type Step =
  | {
      readonly thread: string
      /** Since its operation before main ended a wait of its: main comes to that in its own time. */
      readonly afterMain: boolean
    }
  | { readonly action: string }

/** The user did something to the run's objects, at so many milliseconds since 1970. */
export interface Doing {
  readonly action: string
  readonly at: number
}

export interface Recording {
  readonly events: readonly TraceEvent[]
  readonly wakes: readonly WakeEvent[]
  readonly acts: readonly ActEvent[]
  readonly doings: readonly Doing[]
  readonly names: ReadonlyMap<number, string>
  readonly kinds: ReadonlyMap<number, ObjectKind>
  /** The bounds of queues that have one. */
  readonly bounds: ReadonlyMap<number, number>
}

export type Told = TraceEvent | WakeEvent | ActEvent | Doing

/**
 * The order in which threads did their operations. Each thread's are as they were; between threads, no wait ends before
 * it was ended, no cell is read before the number that was read stood in it, no lock is taken before it is free, and no
 * item before it was put. Times alone do not tell: the clocks of several threads are a little apart.
 */
export function orderOf({ events, wakes, acts, doings, names, kinds, bounds }: Recording): Step[] {
  const lines = linesOf([...events, ...wakes, ...acts], doings)
  const causes = causingActs(causesOf(events, wakes), lines)
  const begun = new Map(lines.flatMap((line) => [...operationsOf(line, kinds)]))
  const placed = new Set<Told>()
  const contents = new Contents(kinds, bounds)
  const steps: Step[] = []
  while (lines.length > 0) {
    lines.sort(([one], [other]) => one!.at - other!.at)
    const isCaused = ([first]: Told[]) => {
      const cause = first && causes.get(first)
      return cause === undefined || placed.has(cause)
    }
    const line =
      lines.find((one) => isCaused(one) && contents.allows(one[0]!)) ?? lines.find(isCaused) ?? lines[0]!
    const next = line.shift()!
    placed.add(next)
    contents.apply(next)
    if ('action' in next) steps.push({ action: next.action })
    const operation = begun.get(next)
    if (operation !== undefined) steps.push({ thread: names.get(operation.thread) ?? '', ...operation.how })
    if (line.length === 0) lines.splice(lines.indexOf(line), 1)
  }
  return steps
}

/**
 * For each end of a wait, what has to come before it: the operation that ended the wait where its thread told that after
 * the wake, as a put does; else the wake.
 */
function causingActs(
  causes: ReadonlyMap<Told, WakeEvent>,
  lines: readonly (readonly Told[])[],
): Map<Told, Told> {
  const acts = new Map<WakeEvent, ActEvent>()
  for (const line of lines) {
    let open: WakeEvent[] = []
    for (const told of line) {
      if ('woken' in told) open.push(told)
      if (!('act' in told)) continue
      for (const wake of open) {
        if (wake.object === told.object && wake.through === told.act) acts.set(wake, told)
      }
      open = []
    }
  }
  return new Map([...causes].map(([end, wake]) => [end, acts.get(wake) ?? wake]))
}

/** What each thread did, by its numbers, and what the user did. */
function linesOf(told: readonly Exclude<Told, Doing>[], doings: readonly Doing[]): Told[][] {
  const lines = new Map<number, Exclude<Told, Doing>[]>()
  for (const one of told) {
    const line = lines.get(one.thread)
    if (line === undefined) lines.set(one.thread, [one])
    else line.push(one)
  }
  for (const line of lines.values()) line.sort((one, other) => one.sequence - other.sequence)
  return [...lines.values(), [...doings]].filter((line) => line.length > 0)
}
