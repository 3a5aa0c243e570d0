/** Coordinates an exercise that steps its threads itself with the user's controls. Used by the Lab's main thread only. */
export const runControl = {
  /** The user has paused all threads: an exercise that steps them waits. */
  isPaused: false,
  /** A schedule is being replayed: an exercise steps no thread. */
  isReplaying: false,
  /** An exercise steps its threads: to resume is to let it continue, not to resume the threads. */
  isStepping: false,
}
