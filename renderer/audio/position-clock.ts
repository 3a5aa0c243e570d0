/** The drift in seconds beyond which a position is reported again. */
const maxDrift = 0.25

/** The position that others compute from the last report. It is stopped at first. */
export class PositionClock {
  /** A position in seconds at a time in milliseconds; undefined while the clock is stopped. */
  #start: { readonly position: number; readonly at: number; readonly speed: number } | undefined

  start(position: number, speed = 1): void {
    this.#start = { position, at: performance.now(), speed }
  }

  stop(): void {
    this.#start = undefined
  }

  /** The sound jumps to a position. A stopped clock stays stopped. */
  moveTo(position: number): void {
    if (this.#start !== undefined) this.start(position, this.#start.speed)
  }

  /** Returns whether the sound has left the clock: after a seek, a stall, or a sleep of the machine. */
  hasDriftedFrom(position: number): boolean {
    if (this.#start === undefined) return false
    const elapsed = (performance.now() - this.#start.at) / 1000
    return Math.abs(position - this.#start.position - elapsed * this.#start.speed) > maxDrift
  }
}
