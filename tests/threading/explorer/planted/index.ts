import { isAsleep } from '../engine/memory-probe.ts'
import type { Scenario } from '../engine/scenario.ts'
import { buffer } from '../scenarios/condition.ts'
import { setAndClear } from '../scenarios/event.ts'
import { releaseOfTwo } from '../scenarios/semaphore.ts'
import { FlagOnlyEvent } from './flag-only-event.ts'
import { ForgetfulCondition } from './forgetful-condition.ts'
import { StingySemaphore } from './stingy-semaphore.ts'

/** The scenarios of the real primitives, with primitives that have a known bug. */
export const planted = {
  flagOnlyEvent: {
    name: 'Planted: a flag-only Event',
    setUp: () => setAndClear(new FlagOnlyEvent(), isAsleep),
  },
  forgetfulCondition: {
    name: 'Planted: a Condition that misses a signal',
    setUp: () => buffer(new ForgetfulCondition(), 1),
  },
  stingySemaphore: {
    name: 'Planted: a Semaphore that wakes one for two',
    setUp: () => releaseOfTwo(new StingySemaphore()),
  },
} satisfies Record<string, Scenario>
