import type { TrackId } from '../library/track.ts'

/** The maximum of queued songs. */
export const maxQueuedSongs = 10_000

/** Words of shared memory: the length, then the songs. */
export const queueWords = 1 + maxQueuedSongs

/**
 * The songs that the listener queued, in shared memory. The caller holds the lock of the struct that contains
 * it.
 */
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

  /**
   * Appends as many tracks as fit, and returns the number of the others. The length is written last, so a thread that
   * dies adds all of them or none.
   */
  add(tracks: Int32Array): number {
    const { length } = this
    const added = tracks.subarray(0, maxQueuedSongs - length)
    this.#words.set(added, 1 + length)
    this.#words[0] = length + added.length
    return tracks.length - added.length
  }

  /** Inserts as many tracks as fit before the other songs, and returns the number of the others. */
  addFirst(tracks: Int32Array): number {
    const { length } = this
    const added = tracks.subarray(0, maxQueuedSongs - length)
    // A thread that dies in between leaves whole songs, of which some repeat.
    this.#words.copyWithin(1 + added.length, 1, 1 + length)
    this.#words.set(added, 1)
    this.#words[0] = length + added.length
    return tracks.length - added.length
  }

  /** Removes and returns the song at `index`, which must exist, and drops the songs before it. */
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
