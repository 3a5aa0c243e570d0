/**
 * Who lets the threads of a run go on, where an exercise steps them by itself. All of it in the Lab's main.
 */
export const runControl = {
  /** The user holds all threads: an exercise that steps them waits. */
  isPaused: false,
  /** A recorded order is followed: an exercise steps no thread. */
  isReplaying: false,
  /** An exercise steps its threads: to go on is to let it go on, and not to set the threads free. */
  isStepping: false,
}
