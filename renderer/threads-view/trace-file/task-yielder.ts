/** The window's thread is kept busy for so long at a time, in ms. */
const maxTaskDuration = 8

/** Lets long work go on in short tasks: waits a moment whenever the present one has become long. */
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
