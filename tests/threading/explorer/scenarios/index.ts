import { barrierScenarios } from './barrier.ts'
import { conditionScenarios } from './condition.ts'
import { eventScenarios } from './event.ts'
import { lockScenarios } from './lock.ts'
import { queueScenarios } from './queue.ts'
import { semaphoreScenarios } from './semaphore.ts'

export { randomSchedule, replay, walk } from '../engine/search.ts'

export const all = [...lockScenarios, ...semaphoreScenarios, ...eventScenarios, ...conditionScenarios, ...barrierScenarios, ...queueScenarios]
