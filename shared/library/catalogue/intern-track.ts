import type { Track } from '../track.ts'

const noNames: readonly string[] = []

/** Makes equal texts and lists of names of tracks the same objects: a library has few different ones. */
export class TrackInterner {
  readonly #texts = new Map<string, string>()
  readonly #lists = new Map<string, readonly string[]>()

  intern(track: Track): Track {
    return {
      id: track.id,
      title: track.title,
      artists: this.#list(track.artists),
      albumArtists: this.#list(track.albumArtists),
      album: this.#text(track.album),
      titleSort: track.titleSort,
      artistSorts: this.#list(track.artistSorts),
      albumArtistSorts: this.#list(track.albumArtistSorts),
      albumSort: this.#text(track.albumSort),
      disc: track.disc,
      discSubtitle: this.#text(track.discSubtitle),
      side: this.#text(track.side),
      number: track.number,
      date: this.#text(track.date),
      originalDate: this.#text(track.originalDate),
      isCompilation: track.isCompilation,
      genres: this.#list(track.genres),
      composers: this.#list(track.composers),
      replayGain: track.replayGain,
      duration: track.duration,
      codec: this.#text(track.codec),
      isPlayable: track.isPlayable,
      warnings: this.#list(track.warnings),
      addedAt: track.addedAt,
      rating: track.rating,
      playCount: track.playCount,
      lastPlayedAt: track.lastPlayedAt,
      unavailable: track.unavailable,
      cover: track.cover,
      path: track.path,
    }
  }

  clear(): void {
    this.#texts.clear()
    this.#lists.clear()
  }

  #text(text: string | undefined): string | undefined {
    if (text === undefined) return undefined
    const known = this.#texts.get(text)
    if (known === undefined) this.#texts.set(text, text)
    return known ?? text
  }

  #list(names: readonly string[]): readonly string[] {
    if (names.length === 0) return noNames
    const key = names.join('\0')
    let known = this.#lists.get(key)
    if (known === undefined || known.length !== names.length) {
      known = names.map((name) => this.#text(name) as string)
      this.#lists.set(key, known)
    }
    return known
  }
}

/** Whether two states of an interned track differ only in their history: no list but one by its values changes. */
export function hasSameTags(one: Track, other: Track): boolean {
  return tagNames.every((name) => one[name] === other[name])
}

const tagNames = [
  'title',
  'artists',
  'albumArtists',
  'album',
  'titleSort',
  'artistSorts',
  'albumArtistSorts',
  'albumSort',
  'disc',
  'discSubtitle',
  'side',
  'number',
  'date',
  'originalDate',
  'isCompilation',
  'genres',
  'composers',
  'duration',
  'codec',
  'unavailable',
  'cover',
  'path',
] as const satisfies readonly (keyof Track)[]
