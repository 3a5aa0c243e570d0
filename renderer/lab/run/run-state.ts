import type { ReplayResult } from '@skein/threading/inspect'
import { ThreadsModel } from '../../threads-view/model/threads-model.ts'
import type { Outcome } from '../model/exercise.ts'
import type { ScheduleStep } from './schedule.ts'

/** The phase of a page's run. A frame runs once, so each run except the first begins with a new frame. */
export type RunPhase = 'loading' | 'ready' | 'running' | 'over' | 'failed'

export interface RunState {
  /** Grows with each frame. */
  readonly frame: number
  readonly phase: RunPhase
  /** Why there is no process, or why the exercise could not be started. */
  readonly failure: string | undefined
  /** Threads of the run are alive. They may be so after the outcome, if they wait for each other. */
  readonly isAlive: boolean
  /** The user has paused all threads. */
  readonly isPaused: boolean
  readonly outcome: Outcome | undefined
  /** The schedule of the previous run is being replayed. */
  readonly isReplaying: boolean
  readonly replayResult: ReplayResult | undefined
  /** The schedule of the run that is over; undefined if the run was too fast to be recorded. */
  readonly schedule: readonly ScheduleStep[] | undefined
  /** Threads wait for each other, or for what no thread will do. */
  readonly isBlockedForever: boolean
  /** The names of the threads that were ended to break a deadlock. */
  readonly endedThreads: readonly string[]
  /** The threads of this frame, now and in the past. */
  readonly model: ThreadsModel
}

export const createInitialState = (frame: number): RunState => ({
  frame,
  phase: 'loading',
  failure: undefined,
  isAlive: false,
  isPaused: false,
  outcome: undefined,
  isReplaying: false,
  replayResult: undefined,
  schedule: undefined,
  isBlockedForever: false,
  endedThreads: [],
  model: new ThreadsModel(['lab']),
})
