import { mergeInCausalOrder } from '@skein/threading/inspect'
import { ObjectState, type RecordedObjects } from './object-state.ts'
import type { RecordedEvent } from './recorded-event.ts'

/** What one thread or the user did, in order. */
export type History = readonly RecordedEvent[]

/**
 * Milliseconds by which the recorded order of two operations may be wrong: a thread notes the time after its operation,
 * and another may run in between.
 */
const maxDelay = 100

/** A search is given up after this many steps. */
const maxSteps = 100_000

/**
 * Merges the histories by time into an order in which each operation could have the result that it had, and after which
 * the cells hold what they held after the run. Where none is found, no event comes before its cause.
 */
export function findPossibleOrder(
  histories: readonly History[],
  causes: ReadonlyMap<RecordedEvent, RecordedEvent>,
  objects: RecordedObjects,
): readonly RecordedEvent[] {
  const merged = mergeInCausalOrder(histories, causes, new ObjectState(objects))
  if (isPossible(merged, objects)) return merged
  return (
    new OrderSearch(histories, causes, objects).find(true) ??
    new OrderSearch(histories, causes, objects).find(false) ??
    merged
  )
}

function isPossible(order: readonly RecordedEvent[], objects: RecordedObjects): boolean {
  const state = new ObjectState(objects)
  for (const event of order) {
    if (!state.canApply(event)) return false
    state.apply(event)
  }
  return state.isFinal(true)
}

/** A point of the search: the histories that can continue, the earliest first, and how many of them were tried. */
interface Branch {
  readonly choices: readonly number[]
  /** Identifies the point; undefined where there is no choice. */
  readonly key: string | undefined
  tried: number
  undo: () => void
}

/** A depth-first search: at each point the earliest event comes first, unless that leads nowhere. */
class OrderSearch {
  readonly #histories: readonly History[]
  readonly #causes: ReadonlyMap<RecordedEvent, RecordedEvent>
  readonly #state: ObjectState
  readonly #positions: number[]
  readonly #order = new Set<RecordedEvent>()
  /** Points that lead nowhere. */
  readonly #deadEnds = new Set<string>()

  constructor(
    histories: readonly History[],
    causes: ReadonlyMap<RecordedEvent, RecordedEvent>,
    objects: RecordedObjects,
  ) {
    this.#histories = histories
    this.#causes = causes
    this.#state = new ObjectState(objects)
    this.#positions = histories.map(() => 0)
  }

  /** Returns undefined if there is no such order, or the search takes too long. */
  find(andLost: boolean): readonly RecordedEvent[] | undefined {
    const length = this.#histories.reduce((sum, history) => sum + history.length, 0)
    const branches = [this.#branch()]
    for (let steps = 0; steps < maxSteps; steps++) {
      if (this.#order.size === length && this.#state.isFinal(andLost)) return [...this.#order]
      const branch = branches.at(-1)
      if (branch === undefined) return undefined
      branch.undo()
      const choice = branch.choices[branch.tried++]
      if (choice === undefined) {
        if (branch.key !== undefined) this.#deadEnds.add(branch.key)
        branches.pop()
      } else {
        branch.undo = this.#take(choice)
        branches.push(this.#branch())
      }
    }
    return undefined
  }

  #branch(): Branch {
    const choices = this.#choices()
    const key = choices.length > 1 ? `${this.#positions.join()} ${this.#state.key}` : undefined
    const isDeadEnd = key !== undefined && this.#deadEnds.has(key)
    return { choices: isDeadEnd ? [] : choices, key, tried: 0, undo: () => {} }
  }

  #choices(): readonly number[] {
    const ready = this.#positions
      .map((_, index) => index)
      .filter((index) => this.#isReady(index))
      .sort((one, other) => this.#next(one)!.at - this.#next(other)!.at)
    const possible = ready.filter((index) => this.#state.canApply(this.#next(index)!))
    const [first] = possible
    if (first === undefined) return []
    const earliest = this.#next(first)!
    if (!this.#state.concerns(earliest)) return [first]
    // What was done long ago cannot depend on what is done only now.
    if (this.#next(ready[0]!)!.at + maxDelay < earliest.at) return []
    return possible.filter((index) => this.#next(index)!.at <= earliest.at + maxDelay)
  }

  #isReady(index: number): boolean {
    const event = this.#next(index)
    if (event === undefined) return false
    const cause = this.#causes.get(event)
    return cause === undefined || this.#order.has(cause)
  }

  #next(index: number): RecordedEvent | undefined {
    return this.#histories[index]![this.#positions[index]!]
  }

  #take(index: number): () => void {
    const event = this.#next(index)!
    this.#positions[index]! += 1
    this.#order.add(event)
    const undo = this.#state.apply(event)
    return () => {
      undo()
      this.#order.delete(event)
      this.#positions[index]! -= 1
    }
  }
}
