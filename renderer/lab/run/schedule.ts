import type { ObjectKind, OperationEvent, StateEvent, WakeEvent } from '@skein/threading/inspect'
import { causesOf } from '@skein/threading/inspect'
import { ObjectState } from './object-state.ts'
import { findScheduledOperations } from './schedule-operations.ts'

/** The next operation of a run: a thread's, by its name, or one of the exercise's actions. */
export type ScheduleStep =
  | {
      readonly thread: string
      /** Since its operation before main ended a wait of its: main comes to that in its own time. */
      readonly afterMain: boolean
    }
  | { readonly action: string }

/** The user did something to the run's objects, at so many milliseconds since 1970. */
export interface UserAction {
  readonly action: string
  readonly at: number
}

export interface RunRecording {
  readonly events: readonly StateEvent[]
  readonly wakes: readonly WakeEvent[]
  readonly operations: readonly OperationEvent[]
  readonly userActions: readonly UserAction[]
  readonly names: ReadonlyMap<number, string>
  readonly kinds: ReadonlyMap<number, ObjectKind>
  /** The bounds of queues that have one. */
  readonly maxSizes: ReadonlyMap<number, number>
}

export type RecordedEvent = StateEvent | WakeEvent | OperationEvent | UserAction

/**
 * The order in which threads did their operations. Each thread's are as they were; between threads, no wait ends before
 * it was ended, no cell is read before the number that was read stood in it, no lock is taken before it is free, and no
 * item before it was put. Times alone do not tell: the clocks of several threads are a little apart.
 */
export function buildSchedule({
  events,
  wakes,
  operations: acts,
  userActions: doings,
  names,
  kinds,
  maxSizes: bounds,
}: RunRecording): ScheduleStep[] {
  const lines = groupEventsByThread([...events, ...wakes, ...acts], doings)
  const causes = findCausingEvents(causesOf(events, wakes), lines)
  const begun = new Map(lines.flatMap((line) => [...findScheduledOperations(line, kinds)]))
  const placed = new Set<RecordedEvent>()
  const contents = new ObjectState(kinds, bounds)
  const steps: ScheduleStep[] = []
  while (lines.length > 0) {
    lines.sort(([one], [other]) => one!.at - other!.at)
    const isCaused = ([first]: RecordedEvent[]) => {
      const cause = first && causes.get(first)
      return cause === undefined || placed.has(cause)
    }
    const line =
      lines.find((one) => isCaused(one) && contents.canApply(one[0]!)) ?? lines.find(isCaused) ?? lines[0]!
    const next = line.shift()!
    placed.add(next)
    contents.apply(next)
    if ('action' in next) steps.push({ action: next.action })
    const operation = begun.get(next)
    if (operation !== undefined)
      steps.push({ thread: names.get(operation.thread) ?? '', ...operation.timing })
    if (line.length === 0) lines.splice(lines.indexOf(line), 1)
  }
  return steps
}

/**
 * For each end of a wait, what has to come before it: the operation that ended the wait where its thread told that after
 * the wake, as a put does; else the wake.
 */
function findCausingEvents(
  causes: ReadonlyMap<RecordedEvent, WakeEvent>,
  lines: readonly (readonly RecordedEvent[])[],
): Map<RecordedEvent, RecordedEvent> {
  const acts = new Map<WakeEvent, OperationEvent>()
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
function groupEventsByThread(
  told: readonly Exclude<RecordedEvent, UserAction>[],
  doings: readonly UserAction[],
): RecordedEvent[][] {
  const lines = new Map<number, Exclude<RecordedEvent, UserAction>[]>()
  for (const one of told) {
    const line = lines.get(one.thread)
    if (line === undefined) lines.set(one.thread, [one])
    else line.push(one)
  }
  for (const line of lines.values()) line.sort((one, other) => one.sequence - other.sequence)
  return [...lines.values(), [...doings]].filter((line) => line.length > 0)
}
