import type { TrackId } from '../library/track.ts'

/** Songs that it holds at most. */
const maxQueuedSongs = 10_000

/** Words of shared memory that it takes: its length, and the songs. */
export const queueWords = 1 + maxQueuedSongs

/** The songs that the listener queued, in order, in shared memory. What it lies in is to be held for every step. */
export class ListenerQueue {
  readonly #words: Int32Array

  constructor(words: Int32Array) {
    this.#words = words
  }

  get length(): number {
    return this.#words[0]!
  }

  get songs(): Int32Array {
    return this.#words.subarray(1, 1 + this.length)
  }

  /** Adds to the end, as far as there is room. The length is written last: a thread that dies adds all or nothing. */
  add(tracks: Int32Array): void {
    const { length } = this
    const added = tracks.subarray(0, maxQueuedSongs - length)
    this.#words.set(added, 1 + length)
    this.#words[0] = length + added.length
  }

  /** Takes the song at `index`, where there must be one, and drops those before it. */
  take(index: number): TrackId {
    const { length } = this
    const track = this.#words[1 + index]!
    this.#words.copyWithin(1, 2 + index, 1 + length)
    this.#words[0] = length - index - 1
    return track
  }

  clear(): void {
    this.#words[0] = 0
  }
}
