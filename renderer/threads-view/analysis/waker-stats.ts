import {
  type ObjectKind,
  type Operation,
  operationFailed,
  type ProcessView,
  type WakeOperation,
  wakeOperationFor,
} from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'

/** The maximum number of threads for one waking operation of one object. */
const maxWakers = 16

/** Counts are halved when one reaches this, so that old habits give way to new ones. */
const maxCount = 1024

/** Threads with a smaller share of the wakes are not called usual. */
const minFrequentShare = 0.1

const wakingOperations: ReadonlySet<string> = new Set<WakeOperation>([
  'put',
  'get',
  'taskDone',
  'set',
  'notify',
  'release',
])

/**
 * Which threads wake the waiters of each object, learned from their operations: put, set, notify and so on. Threads are
 * counted by their names, because a thread that replaces another of its name takes over its work.
 */
export class WakerStats {
  /** The number of wakes by name, for each object and waking operation. */
  readonly #counts = new Map<string, Map<string, number>>()

  accept({ wakes, operations }: ProcessView, directory: ProcessDirectory): void {
    // A thread that was gone before the first sample has no known name.
    for (const { thread, object, through } of wakes) this.#learn(object, through, directory.knownName(thread))
    for (const { thread, object, act, value } of operations) {
      if (value === operationFailed || !(wakingOperations.has(act) || isArrival(act, directory.kind(object))))
        continue
      this.#learn(object, act as WakeOperation, directory.knownName(thread))
    }
  }

  /** Returns the names of the threads that ended such waits, or could have, the most frequent first. */
  namesOf(object: number, through: WakeOperation): readonly string[] {
    return this.#sorted(object, through).map(([name]) => name)
  }

  /** Returns those of them that usually do. */
  frequentNamesOf(object: number, through: WakeOperation): readonly string[] {
    const sorted = this.#sorted(object, through)
    const all = sorted.reduce((sum, [, count]) => sum + count, 0)
    return sorted.filter(([, count]) => count >= minFrequentShare * all).map(([name]) => name)
  }

  #sorted(object: number, through: WakeOperation): [string, number][] {
    const counts = this.#counts.get(keyOf(object, through)) ?? []
    return [...counts].sort(([, one], [, other]) => other - one)
  }

  #learn(object: number, through: WakeOperation, name: string | undefined): void {
    if (name === undefined) return
    const key = keyOf(object, through)
    const counts = this.#counts.get(key) ?? new Map<string, number>()
    this.#counts.set(key, counts)
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    if (count >= maxCount) for (const [other, times] of counts) counts.set(other, Math.ceil(times / 2))
    if (counts.size > maxWakers) counts.delete(rarestName(counts, name))
  }
}

/** Whether a thread that waits can thereby wake others, as in a barrier. */
const isArrival = (operation: Operation, kind: ObjectKind | undefined): boolean =>
  operation === 'wait' && kind !== undefined && wakeOperationFor(kind, 'wait') === 'wait'

const keyOf = (object: number, through: WakeOperation): string => `${object} ${through}`

/** Returns the name with the lowest count, except for a new one. */
function rarestName(counts: ReadonlyMap<string, number>, newName: string): string {
  let rarest = newName
  let minCount = Number.POSITIVE_INFINITY
  for (const [name, count] of counts) {
    if (name === newName || count >= minCount) continue
    rarest = name
    minCount = count
  }
  return rarest
}
