/** Lines that become ready in any order, and are written in the order in which they were reserved. */
export class OrderedLines {
  readonly #write: (line: string) => void
  readonly #ready = new Map<number, string>()
  #reserved = 0
  #written = 0

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  /** Reserves the next line and returns its number. */
  reserve(): number {
    return this.#reserved++
  }

  /** Writes the line as soon as all earlier ones are written. */
  fill(number: number, line: string): void {
    this.#ready.set(number, line)
    for (;;) {
      const next = this.#ready.get(this.#written)
      if (next === undefined) return
      this.#ready.delete(this.#written++)
      this.#write(next)
    }
  }
}
