import { type Deadlock, DeadlockDetector, type ProcessView } from '@skein/threading/inspect'

/** The present deadlocks. A deadlock is kept until one of its waits ends. */
export class CurrentDeadlocks {
  readonly #detector = new DeadlockDetector()
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
    if (confirmed.length === 0 && this.#current.length === 0) return
    const present = [...this.#current.filter((deadlock) => stillHolds(deadlock, view)), ...confirmed]
    const isSame = present.length === this.#current.length && confirmed.length === 0
    if (!isSame) this.#current = present
  }
}

function stillHolds({ links }: Deadlock, { threads, objects }: ProcessView): boolean {
  return links.every(({ thread, waitsFor, heldBy }) => {
    const waiter = threads.find(({ id }) => id === thread)
    const held = objects.find(({ id }) => id === waitsFor)
    return waiter?.state === 'Blocked' && waiter.waiting?.object === waitsFor && held?.holder === heldBy
  })
}
