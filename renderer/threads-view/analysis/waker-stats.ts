import {
  type ObjectKind,
  type Operation,
  operationFailed,
  type ProcessView,
  type WakeOperation,
  wakeOperationFor,
} from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'

/** Threads remembered for one way of feeding one object. */
const maxWakers = 16

/** Counts are halved when one comes to this, so that what was usual long ago gives way. */
const maxCount = 1024

/** Who does so little of the feeding is not told as usual. */
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
 * Who feeds and wakes each object, learned from what threads did: put, set, notify and so on. Threads are known by
 * their names, since a thread that replaces another of its name takes over its part.
 */
export class WakerStats {
  /** Names and how often, by object and way of feeding. */
  readonly #counts = new Map<string, Map<string, number>>()

  accept({ wakes, operations: acts }: ProcessView, cast: ProcessDirectory): void {
    // Of a thread that was gone before the first look nobody knows by whom it was replaced.
    for (const { thread, object, through } of wakes) this.#learn(object, through, cast.knownName(thread))
    for (const { thread, object, act, value } of acts) {
      if (value === operationFailed || !(wakingOperations.has(act) || isArrival(act, cast.kind(object))))
        continue
      this.#learn(object, act as WakeOperation, cast.knownName(thread))
    }
  }

  /** The names of all who ever ended such a wait, or could have, the most frequent first. */
  namesOf(object: number, through: WakeOperation): readonly string[] {
    return this.#sorted(object, through).map(([name]) => name)
  }

  /** Of those the ones who usually do. */
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
    if (counts.size > maxWakers) counts.delete(leastFrequent(counts, name))
  }
}

/** Whether a thread that waits can thereby wake others, as in a barrier. */
const isArrival = (operation: Operation, kind: ObjectKind | undefined): boolean =>
  operation === 'wait' && kind !== undefined && wakeOperationFor(kind, 'wait') === 'wait'

const keyOf = (object: number, through: WakeOperation): string => `${object} ${through}`

/** The name that was counted least, but for one that is new. */
function leastFrequent(counts: ReadonlyMap<string, number>, but: string): string {
  let least = but
  let leastCount = Number.POSITIVE_INFINITY
  for (const [name, count] of counts) {
    if (name === but || count >= leastCount) continue
    least = name
    leastCount = count
  }
  return least
}
