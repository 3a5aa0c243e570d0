import type { PlainSteps } from './state.ts'

/** Threads that meet at primitives, and what must hold in whatever order they take their steps. */
export interface Scenario {
  readonly name: string
  /** Creates the primitives and the threads for each schedule. May throw only if the scenario itself is wrong. */
  readonly setUp: () => Run
  /** Milliseconds that pass whenever the machine goes from one thread to another. 0 where it is not given. */
  readonly switchTakes?: number
  /** When plain accesses are steps; `unguarded` where it is not given. */
  readonly plain?: PlainSteps
  /** Whether a search through deaths lets sleeps time out before `main` begins; only when nothing else can happen if not given. */
  readonly timesOut?: boolean
}

export interface Run {
  /** Each runs as a thread of its own, the first with ident 2. A name tells it in a printed schedule. */
  readonly threads: Readonly<Record<string, () => unknown>>
  /** Runs as main beside the threads: it ends one of them with `terminate`, and recovers. */
  readonly undertaker?: () => unknown
  /** Threads that serve forever: they may sleep when all others have ended. */
  readonly servants?: readonly string[]
  /** What must hold when all have ended. Throws where it does not. */
  readonly check?: () => void
  /** Whether memory is left as it is where all ended in peace: nothing queued, no guard taken. True if not given. */
  readonly leavesNothing?: boolean
}

/** A thing that must not happen, with the schedule in which it did. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** A schedule that cannot be followed to its end: the machine would have to go on with a thread that is below another. */
export class Unreachable extends Error {}

export function expect(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Violation(sentence)
}

/** The ident of a scenario's thread, by its place. */
export const identOf = (place: number): number => place + 2
