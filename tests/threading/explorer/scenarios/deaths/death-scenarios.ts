import type { Scenario } from '../../engine/scenario.ts'
import { doubleDeaths } from './double-deaths.ts'
import { lockDeaths } from './lock-deaths.ts'
import { memoryDeaths } from './memory-deaths.ts'
import { queueDeaths } from './queue-deaths.ts'
import { ringDeaths } from './ring-deaths.ts'
import { signalDeaths } from './signal-deaths.ts'
import { threadDeaths } from './thread-deaths.ts'
import { timedDeaths } from './timed-deaths.ts'

export const deathScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  lockDeaths,
  signalDeaths,
  queueDeaths,
  ringDeaths,
  memoryDeaths,
  threadDeaths,
  timedDeaths,
  doubleDeaths,
}
