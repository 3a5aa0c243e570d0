import type { ProcessModel } from '../model/process-model.ts'

/** Tells a painter whether there is anything to paint. */
export class ChangeTracker {
  #process: ProcessModel | undefined
  #changeCount = -1

  /** Whether a process may look different from the last time it was asked for, but for the time. */
  takeChange(process: ProcessModel): boolean {
    if (process === this.#process && process.changeCount === this.#changeCount) return false
    this.#process = process
    this.#changeCount = process.changeCount
    return true
  }
}
