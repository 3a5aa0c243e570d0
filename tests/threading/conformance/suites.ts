import type { Suite } from './cases.ts'
import { barrierDetailSuites } from './suites/barrier-details.ts'
import { barrierSuites } from './suites/barriers.ts'
import { waitForSuites } from './suites/condition-wait-for.ts'
import { conditionSuites } from './suites/conditions.ts'
import { deathSuites } from './suites/deaths.ts'
import { disposalSuites } from './suites/disposal.ts'
import { eventSuites } from './suites/events.ts'
import { grantDeathSuites } from './suites/grant-deaths.ts'
import { itemSuites } from './suites/items.ts'
import { limitSuites } from './suites/limits.ts'
import { lockDetailSuites } from './suites/lock-details.ts'
import { lockSuites } from './suites/locks.ts'
import { queueDetailSuites } from './suites/queue-details.ts'
import { queueEndSuites } from './suites/queue-ends.ts'
import { queueOrderSuites } from './suites/queue-order.ts'
import { queueSuites } from './suites/queues.ts'
import { ringBufferSuites } from './suites/ring-buffers.ts'
import { semaphoreSuites } from './suites/semaphores.ts'
import { threadDetailSuites } from './suites/thread-details.ts'
import { threadErrorSuites } from './suites/thread-errors.ts'
import { threadSuites } from './suites/threads.ts'
import { timerSuites } from './suites/timers.ts'
import { processSuites } from './suites/timers-and-locals.ts'
import { waitTimeoutSuites } from './suites/wait-timeouts.ts'
import { waitSuites } from './suites/waits.ts'

/** Run one after another in one process. */
export const commonSuites: readonly Suite[] = [
  ...lockSuites,
  ...semaphoreSuites,
  ...conditionSuites,
  ...waitForSuites,
  ...eventSuites,
  ...barrierSuites,
  ...queueSuites,
  ...queueEndSuites,
  ...queueOrderSuites,
  ...ringBufferSuites,
  ...itemSuites,
  ...threadSuites,
  ...threadErrorSuites,
  ...processSuites,
  ...waitSuites,
  ...waitTimeoutSuites,
  ...lockDetailSuites,
  ...barrierDetailSuites,
  ...queueDetailSuites,
  ...threadDetailSuites,
  ...timerSuites,
  ...disposalSuites,
  ...deathSuites,
  ...grantDeathSuites,
]

/** These fill the process's tables, some for good: they have a process of their own, and go in this order. */
export const fillingSuites: readonly Suite[] = limitSuites

export const suites: readonly Suite[] = [...commonSuites, ...fillingSuites]
