import { load, sleep } from './atomic.ts'

/**
 * While main blocks, its event loop does not report the ends of threads. It polls for them instead: their guards and
 * locks are only freed by recovery, which runs on main.
 */

/** Milliseconds. */
export const pollInterval = 50

/** How main finds threads that ended, and recovers from their deaths. */
export interface ThreadPoll {
  /** Does nothing if the last run was short ago. `guard` is what main spins on, if it does. */
  run(guard?: number): void
}

const wakesPerPoll = 64
let wakeCount = 0

let threadPoll: ThreadPoll | undefined

/** Sets what main does while it blocks. Other threads have no poll. */
export function setThreadPoll(poll: ThreadPoll | undefined): void {
  threadPoll = poll
}

/** Call it again and again while this thread spins on a guard. */
export function pollThreads(guard?: number): void {
  threadPoll?.run(guard)
}

/** Sleeps while the word is `value`, at most `timeout` milliseconds. Main wakes up earlier, to poll. */
export function sleepWithPolls(word: number, value: number, timeout: number): void {
  if (threadPoll === undefined) {
    sleep(word, value, timeout)
    return
  }
  sleep(word, value, Math.min(timeout, pollInterval))
  // Main that is woken again and again polls as well, but does not read the clock each time.
  if (load(word) === value || ++wakeCount % wakesPerPoll === 0) pollThreads()
}
