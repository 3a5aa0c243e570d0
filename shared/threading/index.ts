/**
 * Python's threading and queue for workers, over one shared memory. Times are milliseconds.
 * A process is started by `startProcess` of `node.ts` or `web.ts`.
 */
export { now } from './clock.ts'
export { Condition } from './condition.ts'
export { Empty, Full, MemoryError, RuntimeError, ShutDown, ValueError } from './errors.ts'
export { Event } from './event.ts'
export { Inspector } from './inspector.ts'
export { Lock } from './lock.ts'
export { closePool, killThread, onThreadEnd, type ThreadEnd } from './pool.ts'
export { Queue } from './queue.ts'
export { RLock } from './rlock.ts'
export { SharedMemory } from './shared-memory.ts'
export { defineTargets } from './targets.ts'
export { currentThread, enumerate, Thread } from './thread.ts'
export type {
  ObjectKind,
  ObjectView,
  Operation,
  ProcessView,
  ThreadState,
  ThreadView,
  TraceEvent,
} from './view.ts'
