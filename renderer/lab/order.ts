import { causesOf } from '../../shared/threading/causal-order.ts'
import {
  type ActEvent,
  noSuccess,
  type ObjectKind,
  type TraceEvent,
  type WakeEvent,
} from '../../shared/threading/index.ts'

/** The next operation of a run: a thread's, by its name, or one of the exercise's actions. */
export type Step = { readonly thread: string } | { readonly action: string }

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
}

type Told = TraceEvent | WakeEvent | ActEvent | Doing

const main = 1

/**
 * The order in which threads did their operations. Each thread's are as they were; between threads, no wait ends before
 * it was ended, no cell is read before the number that was read stood in it, and no lock is taken before it is free.
 * What else the clocks of several threads, which are a little apart, tell wrong makes no difference to what comes out.
 */
export function orderOf({ events, wakes, acts, doings, names, kinds }: Recording): Step[] {
  const lines = linesOf([...events, ...wakes, ...acts], doings)
  const causes = causingActs(causesOf(events, wakes), lines)
  const placed = new Set<Told>()
  const memory = new Memory(kinds)
  const steps: Step[] = []
  while (lines.length > 0) {
    lines.sort(([one], [other]) => one!.at - other!.at)
    const isCaused = ([first]: Told[]) => {
      const cause = first && causes.get(first)
      return cause === undefined || placed.has(cause)
    }
    const line =
      lines.find((one) => isCaused(one) && memory.allows(one[0]!)) ?? lines.find(isCaused) ?? lines[0]!
    const next = line.shift()!
    placed.add(next)
    memory.apply(next)
    if ('action' in next) steps.push({ action: next.action })
    else if ('act' in next && next.thread !== main) steps.push({ thread: names.get(next.thread) ?? '' })
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

/** What cells and locks hold at a point of the order, as far as it is known. */
class Memory {
  readonly #kinds: ReadonlyMap<number, ObjectKind>
  readonly #numbers = new Map<number, number>()
  readonly #holders = new Map<number, number>()

  constructor(kinds: ReadonlyMap<number, ObjectKind>) {
    this.#kinds = kinds
  }

  allows(told: Told): boolean {
    if (!('act' in told) || told.value === noSuccess) return true
    const { object, act, value, thread } = told
    if (act === 'read') return (this.#numbers.get(object) ?? value) === value
    if (act === 'acquire' && this.#isLock(object)) return (this.#holders.get(object) ?? thread) === thread
    return true
  }

  apply(told: Told): void {
    if (!('act' in told) || told.value === noSuccess) return
    const { object, act, value, thread } = told
    if (act === 'read' || act === 'write') this.#numbers.set(object, value)
    else if (!this.#isLock(object)) return
    else if (act === 'acquire') this.#holders.set(object, thread)
    else if (act === 'release' && value === 0) this.#holders.delete(object)
  }

  #isLock(object: number): boolean {
    const kind = this.#kinds.get(object)
    return kind === 'Lock' || kind === 'RLock'
  }
}
