/** Milliseconds, as the machine has them pass. */
export const clock = { at: 0 }

/** When plain accesses are steps. `writes`: writes always, reads outside of guards. */
export type PlainSteps = 'never' | 'unguarded' | 'writes' | 'always'

interface Current {
  /** How many guards the running thread is in. */
  guards: number
  plain: PlainSteps
  isAsleep: (ident: number) => boolean
  /** Does what was wanted last, of a thread that cannot be suspended here: others may go first. */
  performInPlace: () => unknown
}

/** What code under exploration asks about its schedule. */
export const current: Current = {
  guards: 0,
  plain: 'unguarded',
  isAsleep: () => false,
  performInPlace: () => undefined,
}
