import { type Deadlock, DeadlockWatch } from '../../../shared/threading/deadlock.ts'
import type { ProcessView } from '../../../shared/threading/view.ts'

/** The deadlocks over locks that hold now: told by DeadlockWatch, and there until one of their waits is over. */
export class PresentDeadlocks {
  readonly #watch = new DeadlockWatch()
  #present: readonly Deadlock[] = []
  #wasBlocked = false

  get present(): readonly Deadlock[] {
    return this.#present
  }

  look(view: ProcessView): void {
    const isBlocked = view.threads.some(({ state }) => state === 'Blocked')
    // Nobody blocked now and before: nothing to look for, and nothing to forget.
    if (!isBlocked && !this.#wasBlocked) return
    this.#wasBlocked = isBlocked
    const confirmed = this.#watch.look(view)
    if (confirmed.length === 0 && this.#present.length === 0) return
    const present = [...this.#present.filter((deadlock) => holds(deadlock, view)), ...confirmed]
    const isSame = present.length === this.#present.length && confirmed.length === 0
    if (!isSame) this.#present = present
  }
}

function holds({ links }: Deadlock, { threads, objects }: ProcessView): boolean {
  return links.every(({ thread, waitsFor, heldBy }) => {
    const waiter = threads.find(({ id }) => id === thread)
    const held = objects.find(({ id }) => id === waitsFor)
    return waiter?.state === 'Blocked' && waiter.waiting?.object === waitsFor && held?.holder === heldBy
  })
}
