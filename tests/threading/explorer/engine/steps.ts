import * as real from '../../../../shared/threading/src/core/atomic.ts'

/**
 * The gate. In code under exploration these stand for the functions of `atomic.ts`: each only writes down
 * what its thread wants to do next. The thread is suspended with that, and the machine does it when it lets
 * the thread go on.
 */

export const kinds = {
  load: 0,
  store: 1,
  compareAndSet: 2,
  add: 3,
  wake: 4,
  sleep: 5,
  pause: 6,
  plain: 7,
  terminate: 8,
  never: 9,
  plainWrite: 10,
} as const
export type Kind = (typeof kinds)[keyof typeof kinds]

/** A step: what is to be done with which word. */
export interface Step {
  kind: Kind
  index: number
  value: number
  expected: number
  timeout: number
}

const slept = Promise.resolve()

/** What the thread that was suspended last wants to do. */
export const wanted: Step = { kind: kinds.pause, index: 0, value: 0, expected: 0, timeout: 0 }

function want(kind: Kind, index: number, value: number, expected: number, timeout: number): void {
  wanted.kind = kind
  wanted.index = index
  wanted.value = value
  wanted.expected = expected
  wanted.timeout = timeout
}

// The types are those of the functions they stand for: the machine gives the results.

export function load(index: number): number {
  want(kinds.load, index, 0, 0, 0)
  return 0
}

export function store(index: number, value: number): void {
  want(kinds.store, index, value, 0, 0)
}

export function compareAndSet(index: number, expected: number, value: number): boolean {
  want(kinds.compareAndSet, index, value, expected, 0)
  return false
}

export function add(index: number, value: number): number {
  want(kinds.add, index, value, 0, 0)
  return 0
}

export function wake(index: number): void {
  want(kinds.wake, index, 0, 0, 0)
}

export function sleep(index: number, value: number, timeout: number): void {
  want(kinds.sleep, index, value, 0, timeout)
}

export function sleepAsync(index: number, value: number, timeout: number): Promise<void> {
  want(kinds.sleep, index, value, 0, timeout)
  return slept
}

/** A step that does nothing, for scenarios: another thread can come in here. */
export function pause(): void {
  want(kinds.pause, 0, 0, 0, 0)
}

/** A read of shared memory that is not atomic. */
export function plainRead(): void {
  want(kinds.plain, 0, 0, 0, 0)
}

/** A write to shared memory that is not atomic: its thread does it when it goes on. `index` is -1 for several words. */
export function plainWrite(index: number, value: number): void {
  want(kinds.plainWrite, index, value, 0, 0)
}

/** For scenarios: the thread with this ident never takes another step. */
export function terminate(ident: number): void {
  want(kinds.terminate, ident, 0, 0, 0)
}

/** A promise that nobody keeps. */
export function never(): void {
  want(kinds.never, 0, 0, 0, 0)
}

/** Does a step of those that touch memory alone. */
export function perform(step: Step): unknown {
  switch (step.kind) {
    case kinds.load:
      return real.load(step.index)
    case kinds.store:
      return real.store(step.index, step.value)
    case kinds.compareAndSet:
      return real.compareAndSet(step.index, step.expected, step.value)
    case kinds.add:
      return real.add(step.index, step.value)
    default:
      return undefined
  }
}
