import type { AlbumItem, ArtistItem } from '../library-list.ts'
import type { TrackGroup } from '../lists/track-groups.ts'
import type { NameKeys } from '../names.ts'
import { parseQuery } from '../search/parse-query.ts'

const maxArtists = 6
const maxAlbums = 12

export interface BestMatches {
  readonly artists: readonly ArtistItem[]
  readonly albums: readonly AlbumItem[]
}

export const noMatches: BestMatches = { artists: [], albums: [] }

/** How well a name matches: a smaller number is better. */
const ranks = { equal: 0, start: 1, word: 2, part: 3 } as const

interface Named<Item> {
  readonly item: Item
  readonly name: string
  /** Other names in which words can be, but not all of them. */
  readonly context: string
}

/** Artists and albums whose names are searched. They do not change. */
export class NameMatcher {
  readonly #artists: readonly Named<ArtistItem>[]
  readonly #albums: readonly Named<AlbumItem>[]
  readonly #names: NameKeys

  constructor(
    artists: readonly TrackGroup<ArtistItem>[],
    albums: readonly TrackGroup<AlbumItem>[],
    names: NameKeys,
  ) {
    this.#names = names
    this.#artists = artists.map(({ item }) => ({ item, name: names.keyOf(item.name), context: '' }))
    this.#albums = albums.flatMap(({ item }) =>
      item.title === undefined
        ? []
        : { item, name: names.keyOf(item.title), context: names.keyOf(item.artist) },
    )
  }

  /**
   * Returns the best artists and albums for the words of a query, and for its filters `artist:` and `album:`. Those with more
   * tracks come first among equals.
   */
  find(query: string, now: number): BestMatches {
    const terms = parseQuery(query, now).filter(({ isExcluded }) => !isExcluded)
    const wordsOf = (field: 'artist' | 'album'): string[] | undefined => {
      const words: string[] = []
      for (const term of terms)
        if (term.kind === 'word' || (term.kind === 'text' && term.field === field))
          words.push(...this.#names.keyOf(term.text).split(' ').filter(Boolean))
        else if (term.kind === 'text') return undefined
      return words.length === 0 ? undefined : words
    }
    return {
      artists: findBest(this.#artists, wordsOf('artist'), maxArtists),
      albums: findBest(this.#albums, wordsOf('album'), maxAlbums),
    }
  }
}

function findBest<Item extends ArtistItem | AlbumItem>(
  all: readonly Named<Item>[],
  words: readonly string[] | undefined,
  maxItems: number,
): readonly Item[] {
  if (words === undefined) return []
  const found: { readonly item: Item; readonly rank: number }[] = []
  for (const { item, name, context } of all) {
    if (!words.some((word) => name.includes(word))) continue
    if (!words.every((word) => name.includes(word) || context.includes(word))) continue
    found.push({ item, rank: rankOf(name, words) })
  }
  found.sort((a, b) => a.rank - b.rank || b.item.trackCount - a.item.trackCount)
  return found.slice(0, maxItems).map(({ item }) => item)
}

function rankOf(name: string, words: readonly string[]): number {
  const text = words.join(' ')
  if (name === text) return ranks.equal
  if (name.startsWith(text)) return ranks.start
  return words.every((word) => ` ${name}`.includes(` ${word}`)) ? ranks.word : ranks.part
}
