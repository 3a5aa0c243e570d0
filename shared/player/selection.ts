import type { TrackId } from '../library/track.ts'
import type { Modes } from './modes.ts'
import { deriveSeed, permutation, splitmix32, swap } from './random.ts'

/** How many upcoming songs the plan holds at most. */
export const planCapacity = 50

/**
 * Which song of the order was taken last. Together with the order it decides everything that follows, so a
 * thread that starts afresh goes on where another stopped. All numbers fit in an Int32.
 */
export interface Selection extends Modes {
  /** Decides the shuffle of every round. */
  readonly seed: number
  /** In shuffle: the index in the order of the song that round 0 begins with; −1 for any. */
  readonly anchor: number
  /** How often the order was played to its end since. */
  readonly round: number
  /** Index within the round of the song taken last; −1 before the first. */
  readonly position: number
}

/** The selection when `start` is played from a new order; with `start` 0 the order's first song comes next. */
export function beginSelection(order: Int32Array, start: TrackId, modes: Modes, seed: number): Selection {
  return beginSelectionAt(start === 0 ? -1 : order.indexOf(start), modes, seed)
}

function beginSelectionAt(index: number, { shuffle, repeat }: Modes, seed: number): Selection {
  return shuffle
    ? { shuffle, repeat, seed, anchor: index, round: 0, position: index < 0 ? -1 : 0 }
    : { shuffle, repeat, seed, anchor: -1, round: 0, position: index }
}

/**
 * The selection after a change of modes while `current` plays (0 for none). Shuffle switched on begins a new
 * round with the current song and all others after it; switched off, the order goes on from the current song.
 * `seed` is used only when shuffle is switched on.
 */
export function changeModes(
  order: Int32Array,
  selection: Selection,
  current: TrackId,
  modes: Modes,
  seed: number,
): Selection {
  if (modes.shuffle === selection.shuffle) return { ...selection, repeat: modes.repeat }
  const taken = new Planner(order).indexOf(selection)
  const index = order[taken] === current ? taken : order.indexOf(current)
  return beginSelectionAt(index < 0 ? taken : index, modes, modes.shuffle ? seed : selection.seed)
}

/** The selection after `count` more songs of an order of `length` songs were taken. */
export function advanceSelection(selection: Selection, length: number, count: number): Selection {
  if (length === 0) return selection
  const position = selection.position + count
  return { ...selection, round: selection.round + Math.floor(position / length), position: position % length }
}

/** Says what comes next in one order. It keeps the shuffles it has made: a song costs a look-up, a round its shuffle. */
export class Planner {
  readonly #order: Int32Array
  #rounds = new Map<number, Int32Array>()
  #seed = 0
  #anchor = -1

  constructor(order: Int32Array) {
    this.#order = order
  }

  /**
   * The next songs after the one taken last, at most `count`: fewer only where the list ends. Repeat all and
   * repeat one go round (with repeat one this is what Next plays).
   */
  upcoming(selection: Selection, count: number): Int32Array {
    const length = this.#order.length
    if (length === 0) return new Int32Array(0)
    const left = length - 1 - selection.position
    const tracks = new Int32Array(selection.repeat === 'off' ? Math.max(0, Math.min(count, left)) : count)
    for (let index = 0; index < tracks.length; index++) {
      tracks[index] = this.#order[this.indexOf(advanceSelection(selection, length, index + 1))] as number
    }
    return tracks
  }

  /** The place in the order of the song taken last; −1 for none. */
  indexOf(selection: Selection): number {
    if (selection.position < 0 || selection.position >= this.#order.length) return -1
    if (!selection.shuffle) return selection.position
    return this.#round(selection)[selection.position] as number
  }

  #round({ seed, anchor, round }: Selection): Int32Array {
    if (seed !== this.#seed || anchor !== this.#anchor) this.#rounds.clear()
    this.#seed = seed
    this.#anchor = anchor
    const known = this.#rounds.get(round)
    if (known !== undefined) return known
    const made = shuffledRound(this.#order.length, seed, anchor, round)
    for (const old of this.#rounds.keys()) if (Math.abs(old - round) > 1) this.#rounds.delete(old)
    this.#rounds.set(round, made)
    return made
  }
}

/** The places of the order in one round of a shuffle. No round begins with the song that the one before ended with. */
function shuffledRound(length: number, seed: number, anchor: number, round: number): Int32Array {
  // Two songs can only take turns.
  if (round === 0 || length <= 2) return firstRound(length, seed, anchor)
  const places = shuffled(length, seed, round)
  const before = round === 1 ? firstRound(length, seed, anchor) : shuffled(length, seed, round - 1)
  // With three songs or more this exchange leaves the last alone, so the next round need not know of it.
  if (places[0] === before[length - 1]) swap(places, 0, 1)
  return places
}

function firstRound(length: number, seed: number, anchor: number): Int32Array {
  const places = shuffled(length, seed, 0)
  if (anchor >= 0) swap(places, 0, places.indexOf(anchor))
  return places
}

function shuffled(length: number, seed: number, round: number): Int32Array {
  return permutation(length, splitmix32(deriveSeed(seed, round)))
}
