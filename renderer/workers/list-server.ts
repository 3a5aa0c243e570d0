import type { Catalogue } from '../../shared/library/catalogue/catalogue.ts'
import { foldText } from '../../shared/library/fold-text.ts'
import { nameOfItem } from '../../shared/library/item-name.ts'
import {
  type ItemIdentity,
  type ItemSelection,
  identityOf,
  type LibraryList,
  type ListItem,
  type ListItems,
  type ListRequest,
} from '../../shared/library/library-list.ts'
import { type CatalogueList, tracksOfItem, tracksOfItems } from '../../shared/library/lists/catalogue-list.ts'
import { withoutArticle } from '../../shared/library/names.ts'
import type { PlaylistContents } from '../../shared/library/playlists/playlist-contents.ts'
import type { Answer, ItemRange } from '../../shared/player/messages.ts'

/** A message of the window can refer to a list that has changed since. So many earlier versions are kept. */
const maxVersions = 8

interface ListVersion {
  readonly request: number
  readonly version: number
  readonly list: CatalogueList
}

/** The list that the window shows, and its last versions. Nothing is computed before it is needed. */
export class ListServer {
  readonly #catalogue: Catalogue
  readonly #playlists: PlaylistContents
  #request: ListRequest = { request: 0, list: { kind: 'tracks' }, text: '', sort: [], from: 0, count: 0 }
  /** The items that the window requested last. */
  #range = { from: 0, count: 0 }
  #versions: ListVersion[] = []
  #lastVersion = 0
  #isStale = true
  #isSent = true

  constructor(catalogue: Catalogue, playlists: PlaylistContents) {
    this.#catalogue = catalogue
    this.#playlists = playlists
  }

  get request(): ListRequest {
    return this.#request
  }

  show(request: ListRequest): void {
    this.#request = request
    this.#range = request
    this.markStale()
  }

  /** The library has changed. */
  markStale(): void {
    this.#isStale = true
    // Before the first request there is nobody to send to.
    this.#isSent = this.#request.request === 0
  }

  /** Another library begins. */
  clear(): void {
    this.#versions = []
    this.markStale()
  }

  /** Whether the window has the present list. */
  get isSent(): boolean {
    return this.#isSent
  }

  /** The list with all changes of the library. */
  get current(): CatalogueList {
    return this.#refresh().list
  }

  /** Returns the list and the items that the window shows. */
  answer(): Answer {
    const { version, list } = this.#refresh()
    const { request, text } = this.#request
    this.#isSent = true
    return {
      kind: 'list',
      summary: {
        request,
        version,
        count: list.count,
        trackCount: list.songs.length,
        duration: list.duration ?? this.#catalogue.durationOf(list.songs),
        libraryTrackCount: this.#catalogue.size,
        of: list.of,
        ...this.#catalogue.bestMatches(text),
      },
      items: { request, version, ...itemsOf(list, this.#range) },
    }
  }

  /** Returns the requested items; undefined if they belong to a list or version that is no longer shown. */
  items(range: ItemRange): ListItems | undefined {
    const found = this.#find(range)
    if (found === undefined) return undefined
    this.#range = range
    const { request, version, list } = found
    return { request, version, ...itemsOf(list, range) }
  }

  /** Returns the list to play for an item, and the track to begin with. */
  playable(
    index: number,
    position: Pick<ItemRange, 'request' | 'version'>,
  ): { readonly tracks: Int32Array; readonly start: number } | undefined {
    const list = this.#find(position)?.list
    if (list === undefined) return undefined
    const tracks = tracksOfItem(list, index)
    const start = tracks[0]
    if (start === undefined) return undefined
    return { tracks: list.itemAt(index)?.kind === 'track' ? list.songs : tracks, start }
  }

  /** Returns the tracks of the selected items in the list's order. */
  tracksOf(selection: ItemSelection): Int32Array {
    const list = this.#find(selection)?.list
    if (list === undefined) return new Int32Array(0)
    const { ranges } = selection
    const parts: Int32Array[] = []
    for (let index = 0; index + 1 < ranges.length; index += 2)
      parts.push(tracksOfItems(list, ranges[index] as number, ranges[index + 1] as number))
    const tracks = new Int32Array(parts.reduce((length, part) => length + part.length, 0))
    let end = 0
    for (const part of parts) {
      tracks.set(part, end)
      end += part.length
    }
    return tracks
  }

  /** Returns all tracks of a list. */
  tracksIn(list: LibraryList): Int32Array {
    return this.#createList({ list, text: '', sort: [] }).tracks
  }

  /** Returns the indexes of the selected items in their playlist, in ascending order. */
  entriesOf(selection: ItemSelection): Int32Array {
    const { list } = this.#find(selection) ?? {}
    const { ranges } = selection
    const indexes: number[] = []
    for (let pair = 0; pair + 1 < ranges.length; pair += 2)
      for (let index = ranges[pair] as number; index < (ranges[pair + 1] as number); index++)
        indexes.push(list?.entryAt?.(index) ?? -1)
    return Int32Array.from(indexes.filter((index) => index >= 0)).sort()
  }

  /** Returns the present index of each item, −1 for those that the list does not contain. */
  locate(items: readonly ItemIdentity[]): Int32Array {
    const { list } = this.#refresh()
    const indexes = new Int32Array(items.length).fill(-1)
    const wanted = new Map(items.map((item, index) => [item, index]))
    for (let index = 0; index < list.count && wanted.size > 0; index++) {
      const item = list.itemAt(index)
      const identity = item && identityOf(item)
      const found = identity === undefined ? undefined : wanted.get(identity)
      if (found === undefined || identity === undefined) continue
      indexes[found] = index
      wanted.delete(identity)
    }
    return indexes
  }

  /** Returns the index of the first item whose name begins with a text, −1 if there is none. */
  findName(text: string): number {
    const { list } = this.#refresh()
    const folded = foldText(text)
    for (let index = 0; index < list.count; index++) {
      const item = list.itemAt(index)
      if (item !== undefined && beginsWith(nameOfItem(item) ?? '', folded)) return index
    }
    return -1
  }

  #createList({ list, text, sort }: Pick<ListRequest, 'list' | 'text' | 'sort'>): CatalogueList {
    if (list.kind !== 'playlist') return this.#catalogue.list(list, text, sort)
    // Its repetitions are wanted.
    const content = this.#playlists.read(list.id, text, Date.now(), sort)
    return { ...content, songs: content.tracks }
  }

  #find({ request, version }: Pick<ItemRange, 'request' | 'version'>): ListVersion | undefined {
    return this.#versions.find((kept) => kept.request === request && kept.version === version)
  }

  #refresh(): ListVersion {
    const last = this.#versions.at(-1)
    if (!this.#isStale && last !== undefined) return last
    const { request } = this.#request
    const next = { request, version: ++this.#lastVersion, list: this.#createList(this.#request) }
    this.#versions = [...this.#versions.slice(1 - maxVersions), next]
    this.#isStale = false
    return next
  }
}

function itemsOf(list: CatalogueList, { from, count }: { readonly from: number; readonly count: number }) {
  const items: ListItem[] = []
  for (let index = from; index < Math.min(from + count, list.count); index++) {
    const item = list.itemAt(index)
    if (item !== undefined) items.push(item)
  }
  return { from, items }
}

export const isSameList = (one: ListRequest, other: ListRequest): boolean =>
  JSON.stringify([one.list, one.text, one.sort]) === JSON.stringify([other.list, other.text, other.sort])

/** A name also begins with the word after its article. */
function beginsWith(name: string, folded: string): boolean {
  const foldedName = foldText(name)
  return foldedName.startsWith(folded) || withoutArticle(foldedName).startsWith(folded)
}
