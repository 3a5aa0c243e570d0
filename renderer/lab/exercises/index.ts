import type { Exercise } from '../exercise.ts'
import { conditions } from './conditions.ts'
import { creating } from './creating.ts'
import { deadlock } from './deadlock.ts'
import { events } from './events.ts'
import { interference } from './interference.ts'
import { life } from './life.ts'
import { locks } from './locks.ts'
import { philosophers } from './philosophers.ts'
import { player } from './player.ts'
import { processes } from './processes.ts'
import { queues } from './queues.ts'
import { semaphores } from './semaphores.ts'

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
