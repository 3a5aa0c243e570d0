import { load } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { slotOf } from '../core/layout.ts'
import { pollInterval, type ThreadPoll } from '../core/thread-poll.ts'
import type { PooledWorker } from './pooled-worker.ts'

/**
 * Milliseconds. A guarded section takes about a microsecond: a worker that was terminated and is in the same guard for
 * this long was stopped there. Only where the platform does not report that a worker has stopped.
 */
const gracePeriod = 1000

/** The guard that main spins on, and the thread in it. */
interface Obstacle {
  readonly guard: number
  readonly holder: number
  readonly since: number
  lastSeen: number
}

/** What main does while it blocks: it terminates workers whose threads were killed, and recovers from their deaths. */
export class WorkerWatch implements ThreadPoll {
  readonly #workers: ReadonlyMap<number, PooledWorker>
  readonly #recover: (worker: PooledWorker) => void
  #lastRun = 0
  #obstacle: Obstacle | undefined

  constructor(workers: ReadonlyMap<number, PooledWorker>, recover: (worker: PooledWorker) => void) {
    this.#workers = workers
    this.#recover = recover
  }

  run(guard?: number): void {
    const at = now()
    if (at - this.#lastRun < pollInterval) return
    this.#lastRun = at
    if (guard !== undefined) this.#watchGuard(guard, at)
    for (const worker of [...this.#workers.values()]) {
      if (worker.isKilled && !worker.isTerminated) worker.terminate()
      if (worker.hasStopped()) this.#recover(worker)
    }
  }

  #watchGuard(guard: number, at: number): void {
    const holder = load(guard)
    const worker = this.#workers.get(slotOf(holder))
    const known = this.#obstacle
    const isSame = known?.guard === guard && known.holder === holder && at - known.lastSeen < gracePeriod / 4
    if (holder === 0 || worker?.isTerminated !== true) this.#obstacle = undefined
    else if (!isSame) this.#obstacle = { guard, holder, since: at, lastSeen: at }
    else if (at - known.since < gracePeriod) known.lastSeen = at
    else this.#recover(worker)
  }
}
