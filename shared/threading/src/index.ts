/**
 * Python's threading and queue for workers, over one shared memory. Times are milliseconds. `startProcess` of `node.ts`
 * or `web.ts` starts a process. The main thread of a page must not block: there a call that would have to wait throws
 * RuntimeError, which names the asynchronous method to use. An asynchronous method throws MemoryError when all records
 * for asynchronous waits are in use (`maxWaits`, 960 by default).
 */

export { now } from './core/clock.ts'
export {
  BrokenBarrierError,
  Empty,
  Full,
  MemoryError,
  RuntimeError,
  ShutDown,
  ThreadKilled,
  ValueError,
} from './core/errors.ts'
export type { MemoryOptions } from './core/memory.ts'
export type { NameOptions, Primitive } from './core/primitive.ts'
export { defineTargets, type Target } from './core/targets.ts'
export { Barrier, type BarrierOptions } from './primitives/barrier.ts'
export { Cell, type CellOptions } from './primitives/cell.ts'
export { Condition, type ConditionOptions } from './primitives/condition.ts'
export { Event } from './primitives/event.ts'
export { LifoQueue } from './primitives/lifo-queue.ts'
export { Lock } from './primitives/lock.ts'
export { type Prioritized, PriorityQueue } from './primitives/priority-queue.ts'
export { Queue, type QueueOptions } from './primitives/queue.ts'
export { RLock } from './primitives/rlock.ts'
export { BoundedSemaphore, Semaphore, type SemaphoreOptions } from './primitives/semaphore.ts'
export { SharedMemory, type SharedMemoryOptions } from './primitives/shared-memory.ts'
export { RingBuffer, type RingBufferOptions } from './ring/ring-buffer.ts'
export { type Adoption, adoptThread, endAdoptedThread } from './threads/adopted-thread.ts'
export {
  activeCount,
  currentThread,
  enumerate,
  getIdent,
  type KeywordOptions,
  mainThread,
  Thread,
  type ThreadOptions,
} from './threads/thread.ts'
export { local } from './threads/thread-local.ts'
export { type KeywordTimerOptions, Timer, type TimerOptions } from './threads/timer.ts'
export { type ExceptHook, setExcepthook } from './threads/worker-loop.ts'
export { closePool, killThread, onThreadEnd, type ThreadEnd, workersEnded } from './threads/worker-pool.ts'
