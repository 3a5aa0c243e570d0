import type { ActEvent } from '../../../shared/threading/view.ts'

/** Operations of a thread that are kept. */
export const keptOperations = 100

/** The last operations of one thread, in a ring. */
export class LastOperations {
  readonly #ring: ActEvent[] = []
  #count = 0

  /** How many there ever were. */
  get count(): number {
    return this.#count
  }

  accept(act: ActEvent): void {
    this.#ring[this.#count % keptOperations] = act
    this.#count++
  }

  /** All that are kept, the newest first. */
  newest(): ActEvent[] {
    return Array.from({ length: Math.min(this.#count, keptOperations) }, (_, age) => this.back(age)!)
  }

  /** The one before the newest by `age`: 0 is the newest. Undefined beyond those that are kept. */
  back(age: number): ActEvent | undefined {
    const index = this.#count - 1 - age
    return age >= keptOperations || index < 0 ? undefined : this.#ring[index % keptOperations]
  }
}
