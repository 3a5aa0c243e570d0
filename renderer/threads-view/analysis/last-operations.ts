import type { OperationEvent } from '@skein/threading/inspect'

/** Operations of a thread that are kept. */
export const maxLastOperations = 100

/** The last operations of one thread, in a ring. */
export class LastOperations {
  readonly #ring: OperationEvent[] = []
  #count = 0

  accept(act: OperationEvent): void {
    this.#ring[this.#count % maxLastOperations] = act
    this.#count++
  }

  /** All that are kept, the newest first. */
  newestFirst(): OperationEvent[] {
    return Array.from({ length: Math.min(this.#count, maxLastOperations) }, (_, age) => this.nthNewest(age)!)
  }

  /** The one before the newest by `age`: 0 is the newest. Undefined beyond those that are kept. */
  nthNewest(age: number): OperationEvent | undefined {
    const index = this.#count - 1 - age
    return age >= maxLastOperations || index < 0 ? undefined : this.#ring[index % maxLastOperations]
  }
}
