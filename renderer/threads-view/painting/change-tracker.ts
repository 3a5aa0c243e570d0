import type { ProcessModel } from '../model/process-model.ts'

/** Detects whether a painter has anything to paint. */
export class ChangeTracker {
  #process: ProcessModel | undefined
  #changeCount = -1

  /** Returns whether the process has changed since the last call, apart from the time. */
  takeChange(process: ProcessModel): boolean {
    if (process === this.#process && process.changeCount === this.#changeCount) return false
    this.#process = process
    this.#changeCount = process.changeCount
    return true
  }
}
