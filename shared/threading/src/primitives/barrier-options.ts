import { checkInteger } from '../core/numbers.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'

export interface BarrierOptions extends NameOptions {
  /** How many threads pass together. */
  readonly parties: number
  /**
   * Runs in the last thread to arrive, before any passes. A function given to `defineTargets` can run in any thread,
   * another only where the barrier was made: if the last arrives elsewhere, the barrier breaks with a RuntimeError.
   */
  readonly action?: () => unknown
  /** Milliseconds; the default of `wait`. */
  readonly timeout?: number
}

/** Throws ValueError for less than one party or more than 2³¹ - 1, TypeError for what is not a number. */
export function checkBarrierOptions({ parties, timeout, action }: BarrierOptions): void {
  if (action !== undefined && typeof action !== 'function') throw new TypeError('an action is a function')
  normalizeTimeout(timeout)
  checkInteger(parties, 'the parties of a barrier', 1)
}
