/**
 * Observes and controls the threads of a process: samples of its memory, the events between them, deadlocks, pausing
 * and stepping, and the replay of a recorded schedule.
 */
export { type ReplayResult, replaySchedule } from './control/replay.ts'
export {
  controlThread,
  initialThreadControl,
  maxSlowness,
  pauseThread,
  resumeAllThreads,
  resumeThread,
  setInitialThreadControl,
  setOperationRecording,
  slowDownThread,
  stepThread,
  type ThreadControlCommand,
} from './control/thread-control.ts'
export { slotOf as threadSlot, type TableSizes } from './core/layout.ts'
export { processLimits } from './core/memory.ts'
export { emptyObjectFields, type ObjectFields } from './core/object-fields.ts'
export { countEvents, setTracing } from './core/trace-ring.ts'
export * from './core/vocabulary.ts'
export { causesOf, type MergeState, mergeInCausalOrder, sequencesByThread } from './inspect/causal-order.ts'
export { type Deadlock, DeadlockDetector, findDeadlocks } from './inspect/deadlock.ts'
export { Inspector, snapshot } from './inspect/inspector.ts'
export type * from './inspect/process-view.ts'
