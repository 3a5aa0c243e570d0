import { type Deadlock, DeadlockDetector, type ProcessView } from '@skein/threading/inspect'

/** A deadlock, and since when each of its threads waits. */
interface TimedDeadlock {
  readonly deadlock: Deadlock
  readonly since: readonly number[]
}

/** The present deadlocks. A deadlock is kept until one of its waits ends. */
export class CurrentDeadlocks {
  readonly #detector = new DeadlockDetector()
  #timed: readonly TimedDeadlock[] = []
  #current: readonly Deadlock[] = []
  #wasBlocked = false

  get current(): readonly Deadlock[] {
    return this.#current
  }

  update(view: ProcessView): void {
    const isBlocked = view.threads.some(({ state }) => state === 'Blocked')
    // No thread is or was blocked: there is nothing to find, and nothing to drop.
    if (!isBlocked && !this.#wasBlocked) return
    this.#wasBlocked = isBlocked
    const confirmed = this.#detector.detect(view)
    if (confirmed.length === 0 && this.#timed.length === 0) return
    const remaining = this.#timed.filter((timed) => isPresent(timed, view))
    const isSame = remaining.length === this.#timed.length && confirmed.length === 0
    if (isSame) return
    this.#timed = [...remaining, ...confirmed.map((deadlock) => withTimes(deadlock, view))]
    this.#current = this.#timed.map(({ deadlock }) => deadlock)
  }
}

const withTimes = (deadlock: Deadlock, { threads }: ProcessView): TimedDeadlock => ({
  deadlock,
  since: deadlock.links.map(({ thread }) => threads.find(({ id }) => id === thread)?.since ?? 0),
})

function isPresent({ deadlock, since }: TimedDeadlock, { threads, objects }: ProcessView): boolean {
  return deadlock.links.every(({ thread, waitsFor, heldBy }, index) => {
    const waiter = threads.find(({ id }) => id === thread)
    const held = objects.find(({ id }) => id === waitsFor)
    return waiter?.state === 'Blocked' && waiter.since === since[index] && held?.holder === heldBy
  })
}
