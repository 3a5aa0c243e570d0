import type { ProcessModel } from './process-model.ts'

/** Tells a painter whether there is anything to paint. */
export class News {
  #process: ProcessModel | undefined
  #changes = -1

  /** Whether a process may look different from the last time it was asked for, but for the time. */
  of(process: ProcessModel): boolean {
    if (process === this.#process && process.changes === this.#changes) return false
    this.#process = process
    this.#changes = process.changes
    return true
  }
}
