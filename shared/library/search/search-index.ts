import { foldText, TextFolder } from '../fold-text.ts'
import { joinNames, type Track } from '../track.ts'
import { parseQuery, type SearchTerm } from './parse-query.ts'
import { compileFilter, dependsOnHistory, type FilterTerm } from './track-filter.ts'

/** The results of so many terms are kept: a search that is typed changes only its last word. */
const maxKeptTerms = 24

interface KeptTerm {
  readonly term: SearchTerm
  /** 1 for each track that matches, without regard to the minus. */
  readonly marks: Uint8Array
}

/**
 * The searchable texts of tracks by index. The tracks of an album have most of their text in common: it is stored, and
 * searched, once.
 */
export class SearchIndex {
  #folder = new TextFolder()
  /** File name and title of each track; undefined for a removed one. */
  #ownTexts: (string | undefined)[] = []
  #sharedIds: number[] = []
  #sharedTexts: string[] = []
  #sharedIdsByNames = new Map<string, number>()
  #kept = new Map<string, KeptTerm>()
  /** Tracks whose texts are computed when they are first searched, or by `prepare`. */
  readonly #pending = new Set<number>()

  set(index: number): void {
    this.#kept.clear()
    this.#pending.add(index)
  }

  /** Computes the texts of some tracks. Returns whether there are more to compute. */
  prepare(trackAt: (index: number) => Track | undefined, count: number): boolean {
    let prepared = 0
    for (const index of this.#pending) {
      if (prepared++ >= count) return true
      this.#pending.delete(index)
      const track = trackAt(index)
      if (track !== undefined) this.#setTexts(index, track)
    }
    return false
  }

  #setTexts(index: number, track: Track): void {
    const slash = track.path.lastIndexOf('/') + 1
    this.#ownTexts[index] = foldText(`${track.path.slice(slash)}\n${track.title}`)
    this.#sharedIds[index] = this.#sharedIdOf(sharedTextOf(track, slash))
  }

  /** Only the play count, rating and dates of tracks have changed. */
  forgetHistory(): void {
    for (const [key, { term }] of this.#kept)
      if (term.kind !== 'word' && dependsOnHistory(term)) this.#kept.delete(key)
  }

  delete(index: number): void {
    this.#kept.clear()
    this.#pending.delete(index)
    this.#ownTexts[index] = undefined
  }

  clear(): void {
    this.#folder = new TextFolder()
    this.#ownTexts = []
    this.#sharedIds = []
    this.#sharedTexts = []
    this.#sharedIdsByNames.clear()
    this.#kept.clear()
    this.#pending.clear()
  }

  /**
   * Returns 1 for each index whose track matches a query: every word is in one of its names, genres, dates, its file name or
   * its folder. Returns undefined if the query has no terms. `trackAt` returns the track at an index.
   */
  search(query: string, trackAt: (index: number) => Track | undefined, now: number): Uint8Array | undefined {
    const terms = parseQuery(query, now)
    if (terms.length === 0) return undefined
    this.prepare(trackAt, Number.POSITIVE_INFINITY)
    const found = new Uint8Array(this.#ownTexts.length).fill(1)
    for (const term of terms) {
      const marks = this.#marksOf(term, trackAt)
      const wanted = term.isExcluded ? 0 : 1
      for (let index = 0; index < found.length; index++) if (marks[index] !== wanted) found[index] = 0
    }
    return found
  }

  #sharedIdOf(names: string): number {
    let id = this.#sharedIdsByNames.get(names)
    if (id === undefined) {
      id = this.#sharedTexts.length
      this.#sharedTexts.push(foldText(names))
      this.#sharedIdsByNames.set(names, id)
    }
    return id
  }

  #marksOf(term: SearchTerm, trackAt: (index: number) => Track | undefined): Uint8Array {
    const key = JSON.stringify({ ...term, isExcluded: false })
    const kept = this.#kept.get(key)
    if (kept !== undefined) return kept.marks
    const marks = term.kind === 'word' ? this.#findWord(term.text) : this.#filter(term, trackAt)
    this.#kept.set(key, { term, marks })
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKeptTerms) break
      this.#kept.delete(oldest)
    }
    return marks
  }

  #findWord(word: string): Uint8Array {
    const candidates = this.#candidatesFor(word)
    const marks = new Uint8Array(this.#ownTexts.length)
    const shared = Uint8Array.from(this.#sharedTexts, (text) => (text.includes(word) ? 1 : 0))
    const fileStart = word.lastIndexOf('/') + 1
    const fileName = word.slice(fileStart)
    const folders =
      fileStart === 0 ? undefined : this.#sharedTexts.map((text) => text.endsWith(word.slice(0, fileStart)))
    for (let index = 0; index < marks.length; index++) {
      if (candidates !== undefined && candidates[index] === 0) continue
      const own = this.#ownTexts[index]
      if (own === undefined) continue
      const sharedId = this.#sharedIds[index] as number
      if (shared[sharedId] === 1 || own.includes(word)) marks[index] = 1
      // A path with the folder in one text and the file name in the other.
      else if (folders?.[sharedId] && own.startsWith(fileName)) marks[index] = 1
    }
    return marks
  }

  /** Returns the tracks that contain the longest part of a word that was searched for before. */
  #candidatesFor(word: string): Uint8Array | undefined {
    let longest = ''
    let marks: Uint8Array | undefined
    for (const kept of this.#kept.values()) {
      if (kept.term.kind !== 'word' || kept.term.text.length <= longest.length) continue
      if (!word.includes(kept.term.text)) continue
      longest = kept.term.text
      marks = kept.marks
    }
    return marks
  }

  #filter(term: FilterTerm, trackAt: (index: number) => Track | undefined): Uint8Array {
    const matches = compileFilter(term, this.#folder)
    const marks = new Uint8Array(this.#ownTexts.length)
    for (let index = 0; index < marks.length; index++) {
      const track = trackAt(index)
      if (track !== undefined && matches(track)) marks[index] = 1
    }
    return marks
  }
}

/** Returns the texts that a track has in common with its album, on lines of their own: no match spans two of them. */
function sharedTextOf(track: Track, pathEnd: number): string {
  const { album = '', genres, composers, date = '', originalDate = '', path } = track
  const artists = joinNames(track.artists) ?? ''
  const albumArtists = joinNames(track.albumArtists) ?? ''
  const names = albumArtists === artists ? artists : `${artists}\n${albumArtists}`
  const others = `${joinNames(genres) ?? ''}\n${joinNames(composers) ?? ''}`
  const dates = originalDate === date ? date : `${date}\n${originalDate}`
  return `${names}\n${album}\n${others}\n${dates}\n${path.slice(0, pathEnd)}`
}
