export interface QuietPeriodOptions {
  /** Milliseconds without a change after which the changes are passed on. */
  readonly quiet: number
  /** Milliseconds after which they are passed on although more changes follow. */
  readonly maxDelay: number
  /** With more changes than this, the system may have dropped some. */
  readonly maxChanges: number
}

/** Collects changes until the folders are quiet: files that are being copied are not read yet. */
export class QuietPeriod {
  readonly #options: QuietPeriodOptions
  readonly #onQuiet: (directories: readonly string[] | 'all') => void
  readonly #directories = new Set<string>()
  #changes = 0
  #timer: NodeJS.Timeout | undefined
  #firstAt = 0

  /** `onQuiet` receives the changed directories, or `all` if they are not certain. */
  constructor(options: QuietPeriodOptions, onQuiet: (directories: readonly string[] | 'all') => void) {
    this.#options = options
    this.#onQuiet = onQuiet
  }

  add(directories: readonly string[], changes: number): void {
    for (const directory of directories) this.#directories.add(directory)
    this.#changes += changes
    const { quiet, maxDelay } = this.#options
    if (this.#timer === undefined) this.#firstAt = Date.now()
    clearTimeout(this.#timer)
    const delay = Math.max(0, Math.min(quiet, this.#firstAt + maxDelay - Date.now()))
    this.#timer = setTimeout(() => this.#pass(), delay)
  }

  /** Every directory may have changed. */
  addAll(): void {
    this.add([], Number.POSITIVE_INFINITY)
  }

  /** Drops the collected changes. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#directories.clear()
    this.#changes = 0
  }

  #pass(): void {
    const directories = this.#changes > this.#options.maxChanges ? 'all' : [...this.#directories]
    this.clear()
    this.#onQuiet(directories)
  }
}
