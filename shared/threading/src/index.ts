/**
 * Python's threading and queue for workers, over one shared memory; docs/threading.md teaches it. Times are
 * milliseconds. A process is started by `startProcess` of `node.ts` or `web.ts`. On a page, where main must not
 * block, a call that would have to wait throws RuntimeError there and names its twin, which returns a promise.
 * A twin throws MemoryError when all places for asynchronous waits (960) are taken.
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
export { defineTargets, type Target } from './core/targets.ts'
export { Barrier } from './primitives/barrier.ts'
export { Cell } from './primitives/cell.ts'
export { Condition } from './primitives/condition.ts'
export { Event } from './primitives/event.ts'
export { LifoQueue } from './primitives/lifo-queue.ts'
export { Lock } from './primitives/lock.ts'
export { type Prioritized, PriorityQueue } from './primitives/priority-queue.ts'
export { Queue } from './primitives/queue.ts'
export { RLock } from './primitives/rlock.ts'
export { BoundedSemaphore, Semaphore } from './primitives/semaphore.ts'
export { SharedMemory } from './primitives/shared-memory.ts'
export { activeCount, currentThread, enumerate, mainThread, Thread } from './threads/thread.ts'
export { local } from './threads/thread-local.ts'
export { Timer } from './threads/timer.ts'
export { setExcepthook } from './threads/worker-loop.ts'
export { closePool, killThread, onThreadEnd, type ThreadEnd } from './threads/worker-pool.ts'
