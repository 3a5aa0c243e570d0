/** What a playlist says about a song besides its location. */
export interface EntryTags {
  /** In an M3U or PLS playlist the artist may stand before the title, with ` - ` between them. */
  readonly title: string | undefined
  readonly artist: string | undefined
  readonly album: string | undefined
  /** Seconds. */
  readonly duration: number | undefined
}

/** One entry of a playlist, as the playlist writes it. */
export interface PlaylistEntry {
  /** Paths or addresses of the same song. The first one that exists counts. Empty if there are only tags. */
  readonly locations: readonly string[]
  /** Whether this may be a comment. Such an entry counts only if its file exists. */
  readonly isUncertain: boolean
  readonly tags?: EntryTags | undefined
}

/** The entries that are read, and how many the playlist has. */
export interface PlaylistEntries {
  /** The playlist's own name; undefined if it has none. */
  readonly name?: string | undefined
  readonly entries: readonly PlaylistEntry[]
  readonly total: number
}

/** Collects up to `max` entries, and counts all of them. */
export class EntryCollector {
  name: string | undefined
  readonly #max: number
  readonly #entries: PlaylistEntry[] = []
  #total = 0

  constructor(max: number) {
    this.#max = max
  }

  add(locations: readonly string[], tags: EntryTags | undefined, isUncertain = false): void {
    if (this.#entries.length < this.#max)
      this.#entries.push({ locations, isUncertain, ...(tags && { tags }) })
    else if (isUncertain) return
    this.#total++
  }

  get result(): PlaylistEntries {
    const { name } = this
    return { ...(name !== undefined && { name }), entries: this.#entries, total: this.#total }
  }
}

/** Returns tags; undefined if none of them has a value. Spaces at the ends do not count. */
export function entryTags(tags: Partial<EntryTags>): EntryTags | undefined {
  const [title, artist, album] = [tags.title, tags.artist, tags.album].map(
    (text) => text?.replaceAll('\0', ' ').trim().slice(0, maxTextLength) || undefined,
  )
  const duration = tags.duration !== undefined && tags.duration > 0 ? tags.duration : undefined
  if (title === undefined && artist === undefined && album === undefined && duration === undefined)
    return undefined
  return { title, artist, album, duration }
}

/** A text beyond this is no name of a song. */
const maxTextLength = 1_000
