import { Cell, Condition, SharedMemory } from '@skein/threading'
import type { TrackId } from '../library/track.ts'
import { ListenerQueue, queueWords } from './listener-queue.ts'
import type { QueueEnd } from './messages.ts'
import { type Modes, repeatModes } from './modes.ts'
import {
  advanceSelection,
  beginSelection,
  changeModes,
  Planner,
  planCapacity,
  type Selection,
} from './selection.ts'

/** The maximum length of a list. Memory pages that no list reaches cost nothing. */
const maxListLength = 1_000_000

const wordIndex = {
  /** Whether a song is current. Without one, the selector has nothing to plan. */
  active: 0,
  /** Grows with every change that makes the plan incomplete or wrong. */
  changes: 1,
  /** The value of `changes` for which the plan was made. */
  planned: 2,
  /** 1 if the list begins again, at `start` (0: any song). */
  begin: 3,
  start: 4,
  current: 5,
  shuffle: 6,
  repeat: 7,
  selectionShuffle: 8,
  selectionRepeat: 9,
  seed: 10,
  anchor: 11,
  round: 12,
  position: 13,
  listVersion: 14,
  listLength: 15,
  planLength: 16,
} as const
const planStart = 32
const listStart = planStart + 64
const queueStart = listStart + maxListLength

/** A song that was taken; undefined at the end of the list. */
export interface TakenSong {
  readonly track: TrackId | undefined
  /** The length of the list. */
  readonly songs: number
}

/** What the selector needs to make a plan. */
export interface PlanRequest {
  readonly changes: number
  readonly begin: { readonly start: TrackId } | undefined
  readonly current: TrackId
  readonly modes: Modes
  readonly selection: Selection
  readonly listVersion: number
}

/**
 * What plays next, in shared memory under the Condition `upNext`: the list, the plan of the next songs, and
 * before them the listener's own queue. `input` writes the list and the queue, `selector` writes the plan,
 * `playback` takes from queue and plan. Every method except `hold` and `tryReadPlan` requires that the caller
 * holds it.
 */
export class UpNext {
  readonly condition: Condition
  readonly block: SharedMemory
  /** The length of the plan, for the Threads panel. */
  readonly fill: Cell
  /** Played before the plan, and not part of the list. */
  readonly #queue: ListenerQueue

  /** Main calls it without arguments; other threads pass its parts. */
  constructor(
    parts: { condition: Condition; block: SharedMemory; fill: Cell } = {
      condition: new Condition({ name: 'upNext' }),
      fill: new Cell({ name: 'upNext fill' }),
      block: new SharedMemory({ name: 'upNext', bytes: (queueStart + queueWords) * 4 }),
    },
  ) {
    this.condition = parts.condition
    this.block = parts.block
    this.fill = parts.fill
    this.#queue = new ListenerQueue(this.block.int32.subarray(queueStart))
  }

  /**
   * `using _ = upNext.hold()`: acquires the condition, repairs what a dead thread left, and releases it at
   * the end.
   */
  hold(): Disposable {
    const hold = this.condition.hold()
    if (this.condition.lock.ownerDied) {
      this.condition.lock.markConsistent()
      this.#invalidatePlan()
    }
    return hold
  }

  get list(): Int32Array {
    return this.block.int32.subarray(listStart, listStart + this.#get('listLength'))
  }

  /** Copies of the listener's own queue and the list. */
  get songs(): readonly TrackId[] {
    return [...this.#queue.songs, ...this.list]
  }

  /** The listener's own queue and the list to its end, in the order in which they play. Each song of the list is there once. */
  get upcoming(): Int32Array {
    const { list } = this
    const selection = this.#currentSelection()
    const isCurrentInList = selection.position >= 0
    const rest = new Planner(list).upcoming(selection, list.length - Number(isCurrentInList))
    const queue = this.#queue.songs
    const songs = new Int32Array(queue.length + rest.length)
    songs.set(queue)
    songs.set(rest, queue.length)
    return songs
  }

  get isActive(): boolean {
    return this.#get('active') === 1
  }

  /** True if the plan is as long as possible: full, or with all remaining songs of the list. */
  get isPlanned(): boolean {
    return this.#get('planned') === this.#get('changes')
  }

  get hasSong(): boolean {
    return this.firstSong !== undefined
  }

  get firstSong(): TrackId | undefined {
    return this.trackAt(0)
  }

  /** Adds to the listener's own queue as many tracks as fit, and returns the number of the others. */
  enqueue(tracks: Int32Array, at: QueueEnd = 'end'): number {
    const leftOut = at === 'next' ? this.#queue.addFirst(tracks) : this.#queue.add(tracks)
    this.condition.notifyAll()
    return leftOut
  }

  /** Records whether there is a current song. */
  setActive(isActive: boolean): void {
    if (this.isActive === isActive) return
    this.#set('active', Number(isActive))
    this.condition.notifyAll()
  }

  /** Sets the list to play, beginning with `start` (0: with its first song, with shuffle any). */
  writeList(rows: Int32Array, start: TrackId): void {
    const length = Math.min(rows.length, maxListLength)
    // If this thread dies meanwhile, an empty list is better than half of each.
    this.#set('listLength', 0)
    this.block.int32.set(rows.subarray(0, length), listStart)
    this.#set('listLength', length)
    this.#set('listVersion', this.#get('listVersion') + 1)
    if (start !== 0) this.#set('current', start)
    this.restartList(start)
  }

  /** Replaces the list by a longer one: continues from the current song, or begins as requested earlier. */
  growList(rows: Int32Array): void {
    this.writeList(rows, this.#get('begin') === 1 ? this.#get('start') : this.#currentInList)
  }

  restartList(start: TrackId): void {
    this.#set('begin', 1)
    this.#set('start', start)
    this.#invalidatePlan()
  }

  writeModes({ shuffle, repeat }: Modes): void {
    this.#set('shuffle', Number(shuffle))
    this.#set('repeat', repeatModes.indexOf(repeat))
    this.#invalidatePlan()
  }

  /** Records which song plays: a change of shuffle continues from it. */
  writeCurrent(track: TrackId): void {
    this.#set('current', track)
  }

  /** Removes and returns the song at `index` of queue and plan, which must exist, and drops those before it. */
  take(index: number): TakenSong {
    const queued = this.#queue.length
    // A queue is finite: if all of its songs fail, the list may still have playable ones.
    if (index < queued) return { track: this.#queue.take(index), songs: Number.POSITIVE_INFINITY }
    this.#queue.clear()
    return this.#takePlanned(index - queued)
  }

  #takePlanned(index: number): TakenSong {
    const length = this.#get('planLength')
    const songs = this.#get('listLength')
    if (index >= length) return { track: undefined, songs }
    const track = this.block.int32[planStart + index]!
    this.block.int32.copyWithin(planStart, planStart + index + 1, planStart + length)
    this.#setPlanLength(length - index - 1)
    this.#writeSelection(advanceSelection(this.#readSelection(), songs, index + 1))
    this.#markChanged()
    return { track, songs }
  }

  /** Continues without the selector: takes the song that its plan would begin with. */
  takeUnplanned(): TakenSong {
    if (this.#queue.length > 0) return this.take(0)
    const { list } = this
    const selection = this.#currentSelection()
    const track = new Planner(list).upcoming(selection, 1)[0]
    if (track !== undefined) {
      this.#writeSelection(advanceSelection(selection, list.length, 1))
      this.#set('begin', 0)
    }
    this.#invalidatePlan()
    return { track, songs: list.length }
  }

  trackAt(index: number): TrackId | undefined {
    const queued = this.#queue.length
    return index < queued ? this.#queue.songs[index] : this.#plan[index - queued]
  }

  /** Returns the song's index in queue and plan, −1 if it is in neither. */
  indexOf(track: TrackId): number {
    const queued = this.#queue.songs.indexOf(track)
    if (queued >= 0) return queued
    const planned = this.#plan.indexOf(track)
    return planned < 0 ? -1 : this.#queue.length + planned
  }

  readRequest(): PlanRequest {
    return {
      changes: this.#get('changes'),
      begin: this.#get('begin') === 1 ? { start: this.#get('start') } : undefined,
      current: this.#get('current'),
      modes: { shuffle: this.#get('shuffle') === 1, repeat: repeatModes[this.#get('repeat')] ?? 'off' },
      selection: this.#readSelection(),
      listVersion: this.#get('listVersion'),
    }
  }

  writePlan(selection: Selection, plan: Int32Array): void {
    this.#writeSelection(selection)
    this.#set('begin', 0)
    this.block.int32.set(plan.subarray(0, planCapacity), planStart)
    this.#setPlanLength(Math.min(plan.length, planCapacity))
    this.#set('planned', this.#get('changes'))
    this.condition.notifyAll()
  }

  /** Returns the selection that the selector would have written. */
  #currentSelection(): Selection {
    const { begin, current, modes, selection, changes } = this.readRequest()
    return begin === undefined
      ? changeModes(this.list, selection, current, modes, changes)
      : beginSelection(this.list, begin.start, modes, changes)
  }

  /** Makes the selector build the plan again. */
  #invalidatePlan(): void {
    this.#setPlanLength(0)
    this.#markChanged()
  }

  #markChanged(): void {
    this.#set('changes', (this.#get('changes') + 1) | 0)
    this.condition.notifyAll()
  }

  /**
   * Returns the queue and the plan for the window. Never blocks: undefined while another thread holds the
   * condition.
   */
  tryReadPlan(): { readonly queue: TrackId[]; readonly plan: TrackId[] } | undefined {
    if (!this.condition.acquire(false)) return undefined
    try {
      return { queue: Array.from(this.#queue.songs), plan: Array.from(this.#plan) }
    } finally {
      this.condition.release()
    }
  }

  get #plan(): Int32Array {
    return this.block.int32.subarray(planStart, planStart + this.#get('planLength'))
  }

  /**
   * The current song. While a song of the queue plays, the song of the list that was taken last. 0 for none.
   */
  get #currentInList(): TrackId {
    const { list } = this
    const current = this.#get('current')
    if (current === 0 || list.includes(current)) return current
    return list[new Planner(list).indexOf(this.#readSelection())] ?? current
  }

  #readSelection(): Selection {
    return {
      shuffle: this.#get('selectionShuffle') === 1,
      repeat: repeatModes[this.#get('selectionRepeat')] ?? 'off',
      seed: this.#get('seed'),
      anchor: this.#get('anchor'),
      round: this.#get('round'),
      position: this.#get('position'),
    }
  }

  #writeSelection(selection: Selection): void {
    this.#set('selectionShuffle', Number(selection.shuffle))
    this.#set('selectionRepeat', repeatModes.indexOf(selection.repeat))
    this.#set('seed', selection.seed)
    this.#set('anchor', selection.anchor)
    this.#set('round', selection.round)
    this.#set('position', selection.position)
  }

  #get(name: keyof typeof wordIndex): number {
    return this.block.int32[wordIndex[name]]!
  }

  #setPlanLength(length: number): void {
    this.#set('planLength', length)
    this.fill.value = length
  }

  #set(name: keyof typeof wordIndex, value: number): void {
    this.block.int32[wordIndex[name]] = value
  }
}
