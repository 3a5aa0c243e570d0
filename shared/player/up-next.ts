import { Cell, Condition, SharedMemory } from '@skein/threading'
import type { TrackId } from '../library/track.ts'
import { ListenerQueue, queueWords } from './listener-queue.ts'
import { type Modes, repeatModes } from './modes.ts'
import {
  advanceSelection,
  beginSelection,
  changeModes,
  Planner,
  planCapacity,
  type Selection,
} from './selection.ts'

/** The longest order that can be played. Pages of memory that no order reaches cost nothing. */
const maxOrderLength = 1_000_000

const wordAt = {
  /** Whether a song is current: while none is, the selector has nothing to plan for. */
  open: 0,
  /** Grows with everything that makes the plan incomplete or wrong. */
  changes: 1,
  /** The value of `changes` that the plan was made for. */
  planned: 2,
  /** 1 when the order is to be begun anew, at `start` (0: any song). */
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
  orderVersion: 14,
  orderLength: 15,
  planLength: 16,
} as const
const planAt = 32
const orderAt = planAt + 64
const queueAt = orderAt + maxOrderLength

/** A song that was taken: undefined at the end of the list. */
export interface TakenSong {
  readonly track: TrackId | undefined
  /** Songs in the order. */
  readonly songs: number
}

/** What the selector needs to plan. */
export interface PlanRequest {
  readonly changes: number
  readonly begin: { readonly start: TrackId } | undefined
  readonly current: TrackId
  readonly modes: Modes
  readonly selection: Selection
  readonly orderVersion: number
}

/**
 * The order in which songs are played, the bounded buffer of those that come next in it, and before them the songs
 * that the listener queued, in shared memory under the Condition `upNext`. `input` writes order and queue, `selector`
 * fills the buffer, `playback` takes from queue and buffer. All but `hold` and `tryReadPlan` need it to be held.
 */
export class UpNext {
  readonly condition: Condition
  readonly block: SharedMemory
  /** How many songs the buffer holds, for those who watch. */
  readonly fill: Cell
  /** What the listener queued: played before the plan, and no part of the order. */
  readonly #queue: ListenerQueue

  /** Made by main without arguments; other threads get its parts. */
  constructor(
    parts: { condition: Condition; block: SharedMemory; fill: Cell } = {
      condition: new Condition({ name: 'upNext' }),
      fill: new Cell({ name: 'upNext fill' }),
      block: new SharedMemory({ name: 'upNext', bytes: (queueAt + queueWords) * 4 }),
    },
  ) {
    this.condition = parts.condition
    this.block = parts.block
    this.fill = parts.fill
    this.#queue = new ListenerQueue(this.block.int32.subarray(queueAt))
  }

  /** `using _ = upNext.hold()`: acquires it, puts right what a dead thread left, and releases it at the end. */
  hold(): Disposable {
    const held = this.condition.hold()
    if (this.condition.lock.ownerDied) {
      this.condition.lock.markConsistent()
      this.#invalidatePlan()
    }
    return held
  }

  get order(): Int32Array {
    return this.block.int32.subarray(orderAt, orderAt + this.#get('orderLength'))
  }

  get isOpen(): boolean {
    return this.#get('open') === 1
  }

  /** True once the plan is as long as it can be: the buffer is full, or holds all that is left. */
  get isPlanned(): boolean {
    return this.#get('planned') === this.#get('changes')
  }

  get hasSong(): boolean {
    return this.firstSong !== undefined
  }

  get firstSong(): TrackId | undefined {
    return this.trackAt(0)
  }

  /** Adds to the end of the listener's queue, as far as there is room. */
  enqueue(tracks: Int32Array): void {
    this.#queue.add(tracks)
    this.condition.notifyAll()
  }

  /** A song became current, or none is any more. */
  setOpen(isOpen: boolean): void {
    if (this.isOpen === isOpen) return
    this.#set('open', Number(isOpen))
    this.condition.notifyAll()
  }

  /** A list to play from `start` on (0: from its beginning, in shuffle from any). */
  writeOrder(rows: Int32Array, start: TrackId): void {
    const length = Math.min(rows.length, maxOrderLength)
    // Should this thread die meanwhile, an empty order is better than half of each.
    this.#set('orderLength', 0)
    this.block.int32.set(rows.subarray(0, length), orderAt)
    this.#set('orderLength', length)
    this.#set('orderVersion', this.#get('orderVersion') + 1)
    if (start !== 0) this.#set('current', start)
    this.restartOrder(start)
  }

  /** The list that is played has grown: goes on in it from the current song, or begins it as was asked. */
  growOrder(rows: Int32Array): void {
    this.writeOrder(rows, this.#get('begin') === 1 ? this.#get('start') : this.#currentInOrder)
  }

  restartOrder(start: TrackId): void {
    this.#set('begin', 1)
    this.#set('start', start)
    this.#invalidatePlan()
  }

  writeModes({ shuffle, repeat }: Modes): void {
    this.#set('shuffle', Number(shuffle))
    this.#set('repeat', repeatModes.indexOf(repeat))
    this.#invalidatePlan()
  }

  /** Which song plays now: a change of shuffle goes on from there. */
  writeCurrent(track: TrackId): void {
    this.#set('current', track)
  }

  /** Takes the song at `index` of queue and plan and drops those before it. There must be one. */
  take(index: number): TakenSong {
    const queued = this.#queue.length
    // A queue comes to its end: that its songs cannot be played is no sign that nothing can.
    if (index < queued) return { track: this.#queue.take(index), songs: Number.POSITIVE_INFINITY }
    this.#queue.clear()
    return this.#takePlanned(index - queued)
  }

  #takePlanned(index: number): TakenSong {
    const length = this.#get('planLength')
    const songs = this.#get('orderLength')
    if (index >= length) return { track: undefined, songs }
    const track = this.block.int32[planAt + index]!
    this.block.int32.copyWithin(planAt, planAt + index + 1, planAt + length)
    this.#setPlanLength(length - index - 1)
    this.#writeSelection(advanceSelection(this.#readSelection(), songs, index + 1))
    this.#markChanged()
    return { track, songs }
  }

  /** Goes on without the selector: takes the song that its plan would begin with. */
  takeUnplanned(): TakenSong {
    if (this.#queue.length > 0) return this.take(0)
    const { order } = this
    const selection = this.#currentSelection()
    const track = new Planner(order).upcoming(selection, 1)[0]
    if (track !== undefined) {
      this.#writeSelection(advanceSelection(selection, order.length, 1))
      this.#set('begin', 0)
    }
    this.#invalidatePlan()
    return { track, songs: order.length }
  }

  trackAt(index: number): TrackId | undefined {
    const queued = this.#queue.length
    return index < queued ? this.#queue.songs[index] : this.#plan[index - queued]
  }

  /** The song's index in queue and plan, -1 where it is in neither. */
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
      orderVersion: this.#get('orderVersion'),
    }
  }

  writePlan(selection: Selection, plan: Int32Array): void {
    this.#writeSelection(selection)
    this.#set('begin', 0)
    this.block.int32.set(plan.subarray(0, planCapacity), planAt)
    this.#setPlanLength(Math.min(plan.length, planCapacity))
    this.#set('planned', this.#get('changes'))
    this.condition.notifyAll()
  }

  /** The selection as the selector would have it, had it come to it. */
  #currentSelection(): Selection {
    const { begin: anew, current, modes, selection, changes } = this.readRequest()
    return anew === undefined
      ? changeModes(this.order, selection, current, modes, changes)
      : beginSelection(this.order, anew.start, modes, changes)
  }

  /** Has the selector make the whole plan again. */
  #invalidatePlan(): void {
    this.#setPlanLength(0)
    this.#markChanged()
  }

  #markChanged(): void {
    this.#set('changes', (this.#get('changes') + 1) | 0)
    this.condition.notifyAll()
  }

  /** What comes, for the window: the queue and then the plan. Never blocks: undefined when it is just being changed. */
  tryReadPlan(): { readonly queue: TrackId[]; readonly plan: TrackId[] } | undefined {
    if (!this.condition.acquire(false)) return undefined
    try {
      return { queue: Array.from(this.#queue.songs), plan: Array.from(this.#plan) }
    } finally {
      this.condition.release()
    }
  }

  get #plan(): Int32Array {
    return this.block.int32.subarray(planAt, planAt + this.#get('planLength'))
  }

  /** The current song; while one from the queue plays, the song of the order that was taken last. 0 for none. */
  get #currentInOrder(): TrackId {
    const { order } = this
    const current = this.#get('current')
    if (current === 0 || order.includes(current)) return current
    return order[new Planner(order).indexOf(this.#readSelection())] ?? current
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

  #get(name: keyof typeof wordAt): number {
    return this.block.int32[wordAt[name]]!
  }

  #setPlanLength(length: number): void {
    this.#set('planLength', length)
    this.fill.value = length
  }

  #set(name: keyof typeof wordAt, value: number): void {
    this.block.int32[wordAt[name]] = value
  }
}
