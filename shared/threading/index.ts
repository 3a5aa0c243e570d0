/**
 * Python's threading and queue for workers, over one shared memory; docs/threading.md teaches it. Times are
 * milliseconds. A process is started by `startProcess` of `node.ts` or `web.ts`. On a page, where main must not
 * block, a call that would have to wait throws RuntimeError there and names its twin, which returns a promise.
 * A twin throws MemoryError when all places for asynchronous waits (960) are taken.
 */
export { Barrier } from './barrier.ts'
export { inCausalOrder } from './causal-order.ts'
export { Cell } from './cell.ts'
export { now } from './clock.ts'
export { Condition } from './condition.ts'
export {
  controlThread,
  mostSlowness,
  pauseThread,
  releaseThreads,
  resumeThread,
  setThreadStart,
  slowThread,
  stepThread,
  type ThreadOrder,
  threadStart,
  watchActs,
} from './control.ts'
export { type Deadlock, DeadlockWatch, findDeadlocks } from './deadlock.ts'
export {
  BrokenBarrierError,
  Empty,
  Full,
  MemoryError,
  RuntimeError,
  ShutDown,
  ThreadKilled,
  ValueError,
} from './errors.ts'
export { Event } from './event.ts'
export { Inspector, snapshot } from './inspector.ts'
export { LifoQueue } from './lifo-queue.ts'
export { local } from './local.ts'
export { Lock } from './lock.ts'
export { closePool, killThread, onThreadEnd, type ThreadEnd } from './pool.ts'
export { type Prioritized, PriorityQueue } from './priority-queue.ts'
export { Queue } from './queue.ts'
export { type Reenactment, reenact } from './reenact.ts'
export { RLock } from './rlock.ts'
export { setExcepthook } from './run-thread.ts'
export { BoundedSemaphore, Semaphore } from './semaphore.ts'
export { SharedMemory } from './shared-memory.ts'
export { defineTargets } from './targets.ts'
export { activeCount, currentThread, enumerate, mainThread, Thread } from './thread.ts'
export { Timer } from './timer.ts'
export { setTracing } from './trace.ts'
export type {
  Act,
  ActEvent,
  ObjectKind,
  ObjectView,
  Operation,
  ProcessView,
  ThreadState,
  ThreadView,
  TraceEvent,
  WakeEvent,
} from './view.ts'
export { noSuccess } from './view.ts'
