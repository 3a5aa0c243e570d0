import type { OperationEvent } from '@skein/threading/inspect'

/** The maximum number of operations of a thread. */
export const maxLastOperations = 100

/** The last operations of one thread, in a ring. */
export class LastOperations {
  readonly #ring: OperationEvent[] = []
  #count = 0

  accept(operation: OperationEvent): void {
    this.#ring[this.#count % maxLastOperations] = operation
    this.#count++
  }

  /** Returns the operations, the newest first. */
  newestFirst(): OperationEvent[] {
    return Array.from({ length: Math.min(this.#count, maxLastOperations) }, (_, age) => this.nthNewest(age)!)
  }

  /** Returns an operation by its age: 0 is the newest. Undefined beyond the oldest. */
  nthNewest(age: number): OperationEvent | undefined {
    const index = this.#count - 1 - age
    return age >= maxLastOperations || index < 0 ? undefined : this.#ring[index % maxLastOperations]
  }
}
