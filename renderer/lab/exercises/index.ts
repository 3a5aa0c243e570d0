import type { Exercise } from '../model/exercise.ts'
import { conditions } from './condition-exercise.ts'
import { creating } from './creating-exercise.ts'
import { deadlock } from './deadlock-exercise.ts'
import { events } from './event-exercise.ts'
import { interference } from './interference-exercise.ts'
import { life } from './life-exercise.ts'
import { locks } from './lock-exercise.ts'
import { philosophers } from './philosophers-exercise.ts'
import { player } from './player-exercise.ts'
import { processes } from './processes-exercise.ts'
import { queues } from './queue-exercise.ts'
import { semaphores } from './semaphore-exercise.ts'

/** The Lab's pages, in the order of the tutorial. */
export const exercises: readonly Exercise[] = [
  processes,
  creating,
  life,
  interference,
  locks,
  semaphores,
  events,
  conditions,
  queues,
  player,
  deadlock,
  philosophers,
]
