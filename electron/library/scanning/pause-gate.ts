/** Lets a scan wait while the user has paused it. */
export class PauseGate {
  #closed: PromiseWithResolvers<void> | undefined

  get isPaused(): boolean {
    return this.#closed !== undefined
  }

  pause(): void {
    this.#closed ??= Promise.withResolvers()
  }

  resume(): void {
    this.#closed?.resolve()
    this.#closed = undefined
  }

  /** Resolves as soon as the scan is not paused. */
  async passed(): Promise<void> {
    while (this.#closed !== undefined) await this.#closed.promise
  }
}
