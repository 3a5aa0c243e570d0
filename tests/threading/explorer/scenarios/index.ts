import { barrierScenarios } from './barrier.ts'
import { conditionScenarios } from './condition.ts'
import { deathScenarios } from './deaths/death-scenarios.ts'
import { eventScenarios } from './event.ts'
import { lockScenarios } from './lock.ts'
import { queueScenarios } from './queue.ts'
import { ringBufferScenarios } from './ring-buffer.ts'
import { semaphoreScenarios } from './semaphore.ts'
import { threadScenarios } from './thread.ts'

export { walkDeaths } from '../engine/death-search.ts'
export { randomSchedule, replay, walk } from '../engine/search.ts'
/** What the tests load. */
export { planted } from '../planted/index.ts'

export const scenarios = {
  locks: [...lockScenarios, ...semaphoreScenarios],
  signals: [...eventScenarios, ...conditionScenarios, ...barrierScenarios],
  queues: [...queueScenarios, ...threadScenarios],
  rings: ringBufferScenarios,
}

/** One thread of each dies. */
export const deaths = deathScenarios
