/** One entry of a playlist, as the playlist writes it. */
export interface PlaylistEntry {
  /** Paths or addresses of the same song. The first one that exists counts. */
  readonly locations: readonly string[]
  /** Whether this may be a comment. Such an entry counts only if its file exists. */
  readonly isUncertain: boolean
}

/** The entries that are read, and how many the playlist has. */
export interface PlaylistEntries {
  readonly entries: readonly PlaylistEntry[]
  readonly total: number
}

/** Collects up to `max` entries, and counts all of them. */
export class EntryCollector {
  readonly #max: number
  readonly #entries: PlaylistEntry[] = []
  #total = 0

  constructor(max: number) {
    this.#max = max
  }

  add(locations: readonly string[], isUncertain = false): void {
    if (this.#entries.length < this.#max) this.#entries.push({ locations, isUncertain })
    else if (isUncertain) return
    this.#total++
  }

  get result(): PlaylistEntries {
    return { entries: this.#entries, total: this.#total }
  }
}
