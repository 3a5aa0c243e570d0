/** Milliseconds, as the machine has them pass. */
export const clock = { at: 0 }

/** When plain accesses are steps. */
export type PlainSteps = 'never' | 'unguarded' | 'always'

interface Current {
  /** How many guards the running thread is in. */
  guards: number
  plain: PlainSteps
  isAsleep: (ident: number) => boolean
}

/** What code under exploration asks about its schedule. */
export const current: Current = { guards: 0, plain: 'unguarded', isAsleep: () => false }
