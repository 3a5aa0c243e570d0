/** Milliseconds, as the machine has them pass. */
export const clock = { at: 0 }

/** When plain accesses are steps. */
export type PlainSteps = 'never' | 'unguarded' | 'always'

/** What the running thread's code asks about itself. */
export const current: { guards: number; plain: PlainSteps } = { guards: 0, plain: 'unguarded' }
