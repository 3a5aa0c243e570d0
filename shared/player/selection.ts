import type { TrackId } from '../library/track.ts'
import type { Modes } from './modes.ts'
import { deriveSeed, permutation, splitmix32, swap } from './random.ts'

/** The maximum number of songs in the plan. */
export const planCapacity = 50

/**
 * The song of the list that was taken last. Together with the list it determines everything that follows, so
 * a thread that replaces a dead one continues where that one stopped. All numbers fit in an Int32.
 */
export interface Selection extends Modes {
  /** Determines the shuffle of every round. */
  readonly seed: number
  /** With shuffle: the list index of the song that round 0 begins with; −1 for any. */
  readonly anchor: number
  /** How often the list has been played to its end since. */
  readonly round: number
  /** Index within the round of the song that was taken last; −1 before the first. */
  readonly position: number
}

/**
 * Returns the selection for a new list that begins with `start`; with `start` 0 the list's first song comes
 * next.
 */
export function beginSelection(list: Int32Array, start: TrackId, modes: Modes, seed: number): Selection {
  return beginSelectionAt(start === 0 ? -1 : list.indexOf(start), modes, seed)
}

function beginSelectionAt(index: number, { shuffle, repeat }: Modes, seed: number): Selection {
  return shuffle
    ? { shuffle, repeat, seed, anchor: index, round: 0, position: index < 0 ? -1 : 0 }
    : { shuffle, repeat, seed, anchor: -1, round: 0, position: index }
}

/**
 * Returns the selection after a change of modes while `current` plays (0 for none). Turning shuffle on begins
 * a new round with the current song, followed by all others. Turning it off continues the list from the
 * current song. `seed` is used only when shuffle is turned on.
 */
export function changeModes(
  list: Int32Array,
  selection: Selection,
  current: TrackId,
  modes: Modes,
  seed: number,
): Selection {
  if (modes.shuffle === selection.shuffle) return { ...selection, repeat: modes.repeat }
  const taken = new Planner(list).indexOf(selection)
  const index = list[taken] === current ? taken : list.indexOf(current)
  return beginSelectionAt(index < 0 ? taken : index, modes, modes.shuffle ? seed : selection.seed)
}

/** Returns the selection after `count` more songs of a list of `length` songs were taken. */
export function advanceSelection(selection: Selection, length: number, count: number): Selection {
  if (length === 0) return selection
  const position = selection.position + count
  return { ...selection, round: selection.round + Math.floor(position / length), position: position % length }
}

/**
 * Determines the next songs of one list. It caches its shuffles: a song costs a lookup, a round its shuffle.
 */
export class Planner {
  readonly #list: Int32Array
  #rounds = new Map<number, Int32Array>()
  #seed = 0
  #anchor = -1

  constructor(list: Int32Array) {
    this.#list = list
  }

  /**
   * Returns the next songs after the one that was taken last, at most `count`: fewer only at the end of the
   * list. Repeat all and repeat one start the list again (with repeat one these are the songs that Next
   * plays).
   */
  upcoming(selection: Selection, count: number): Int32Array {
    const length = this.#list.length
    if (length === 0) return new Int32Array(0)
    const left = length - 1 - selection.position
    const tracks = new Int32Array(selection.repeat === 'off' ? Math.max(0, Math.min(count, left)) : count)
    for (let index = 0; index < tracks.length; index++) {
      tracks[index] = this.#list[this.indexOf(advanceSelection(selection, length, index + 1))] as number
    }
    return tracks
  }

  /** Returns the list index of the song that was taken last; −1 for none. */
  indexOf(selection: Selection): number {
    if (selection.position < 0 || selection.position >= this.#list.length) return -1
    if (!selection.shuffle) return selection.position
    return this.#round(selection)[selection.position] as number
  }

  #round({ seed, anchor, round }: Selection): Int32Array {
    if (seed !== this.#seed || anchor !== this.#anchor) this.#rounds.clear()
    this.#seed = seed
    this.#anchor = anchor
    const known = this.#rounds.get(round)
    if (known !== undefined) return known
    const shuffle = shuffledRound(this.#list.length, seed, anchor, round)
    for (const old of this.#rounds.keys()) if (Math.abs(old - round) > 1) this.#rounds.delete(old)
    this.#rounds.set(round, shuffle)
    return shuffle
  }
}

/**
 * Returns the list indexes in one round of a shuffle. No round begins with the last song of the round before.
 */
function shuffledRound(length: number, seed: number, anchor: number, round: number): Int32Array {
  // With two songs, every round is the same.
  if (round === 0 || length <= 2) return firstRound(length, seed, anchor)
  const indexes = shuffled(length, seed, round)
  const before = round === 1 ? firstRound(length, seed, anchor) : shuffled(length, seed, round - 1)
  // With three songs or more, this swap does not move the last one, so the next round does not depend on it.
  if (indexes[0] === before[length - 1]) swap(indexes, 0, 1)
  return indexes
}

function firstRound(length: number, seed: number, anchor: number): Int32Array {
  const indexes = shuffled(length, seed, 0)
  if (anchor >= 0) swap(indexes, 0, indexes.indexOf(anchor))
  return indexes
}

function shuffled(length: number, seed: number, round: number): Int32Array {
  return permutation(length, splitmix32(deriveSeed(seed, round)))
}
