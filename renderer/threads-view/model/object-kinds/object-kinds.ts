import type { ObjectKind } from '@skein/threading/inspect'
import { barrierKind } from './barrier-kind.ts'
import { cellKind } from './cell-kind.ts'
import { conditionKind } from './condition-kind.ts'
import { eventKind } from './event-kind.ts'
import type { KindDescription } from './kind-description.ts'
import { lockKind, rlockKind } from './lock-kinds.ts'
import { lifoQueueKind, priorityQueueKind, queueKind } from './queue-kinds.ts'
import { ringBufferKind } from './ring-buffer-kind.ts'
import { boundedSemaphoreKind, semaphoreKind } from './semaphore-kinds.ts'
import { threadKind } from './thread-kind.ts'
import { gateSign, sleepSign, type WaitSign } from './wait-sign.ts'

/** Each kind of object by its name. The legend explains the signs of their waits in this sequence. */
export const kindDescriptions: Readonly<Record<ObjectKind, KindDescription>> = {
  Queue: queueKind,
  LifoQueue: lifoQueueKind,
  PriorityQueue: priorityQueueKind,
  RingBuffer: ringBufferKind,
  Lock: lockKind,
  RLock: rlockKind,
  Event: eventKind,
  Condition: conditionKind,
  Semaphore: semaphoreKind,
  BoundedSemaphore: boundedSemaphoreKind,
  Barrier: barrierKind,
  Thread: threadKind,
  Cell: cellKind,
}

/** Whether at most one thread holds such an object. */
export const isLock = (kind: ObjectKind | undefined): boolean =>
  kind !== undefined && kindDescriptions[kind].waits?.endedBy === 'holder'

/** Returns every sign that a wait can have, once. */
export function allWaitSigns(): readonly WaitSign[] {
  const signs = Object.values(kindDescriptions).flatMap(({ waits }) => waits?.sign(undefined) ?? [])
  return [...new Set(signs), sleepSign, gateSign]
}
