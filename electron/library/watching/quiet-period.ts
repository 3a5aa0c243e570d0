export interface QuietPeriodOptions {
  /** Milliseconds without a change after which the changes are passed on. */
  readonly quiet: number
  /** Milliseconds after which they are passed on although more changes follow. */
  readonly maxDelay: number
  /** With more changes than this, the system may have dropped some. */
  readonly maxChanges: number
}

/**
 * What changed: some directories; or any of them, to be found by their times (`check`) or by those of all files
 * (`thoroughCheck`), because a file that is overwritten does not change its directory.
 */
export type Changes = readonly string[] | 'check' | 'thoroughCheck'

/** Collects changes until the folders are quiet: files that are being copied are not read yet. */
export class QuietPeriod {
  readonly #options: QuietPeriodOptions
  readonly #onQuiet: (changes: Changes) => void
  readonly #directories = new Set<string>()
  #changes = 0
  #check: 'check' | 'thoroughCheck' | undefined
  #timer: NodeJS.Timeout | undefined
  #firstAt = 0

  constructor(options: QuietPeriodOptions, onQuiet: (changes: Changes) => void) {
    this.#options = options
    this.#onQuiet = onQuiet
  }

  add(directories: readonly string[], changes: number): void {
    for (const directory of directories) this.#directories.add(directory)
    this.#changes += changes
    if (this.#changes > this.#options.maxChanges) this.#check = 'thoroughCheck'
    const { quiet, maxDelay } = this.#options
    if (this.#timer === undefined) this.#firstAt = Date.now()
    clearTimeout(this.#timer)
    const delay = Math.max(0, Math.min(quiet, this.#firstAt + maxDelay - Date.now()))
    this.#timer = setTimeout(() => this.#pass(), delay)
  }

  /** Any directory may have changed. */
  addCheck(check: 'check' | 'thoroughCheck'): void {
    if (this.#check !== 'thoroughCheck') this.#check = check
    this.add([], 0)
  }

  /** Drops the collected changes. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#directories.clear()
    this.#changes = 0
    this.#check = undefined
  }

  #pass(): void {
    // A check by the times of directories does not find files that were overwritten.
    const directories = [...this.#directories]
    const check = this.#check
    this.clear()
    if (directories.length > 0 && check !== 'thoroughCheck') this.#onQuiet(directories)
    if (check !== undefined) this.#onQuiet(check)
  }
}
