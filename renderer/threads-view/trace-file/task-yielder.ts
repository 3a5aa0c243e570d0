/** The maximum duration of a task on the window's thread, in ms. */
const maxTaskDuration = 8

/** Splits long work into short tasks. Call `yieldTask` whenever it `isDue`. */
export class TaskYielder {
  #since = performance.now()

  get isDue(): boolean {
    return performance.now() - this.#since > maxTaskDuration
  }

  async yieldTask(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve))
    this.#since = performance.now()
  }
}
