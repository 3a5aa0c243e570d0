import type { StateEvent, ThreadView } from '@skein/threading/inspect'
import { operationCode, type StateCode, stateCode } from './state-codes.ts'

/** Times closer than this are the same moment, in ms. */
const timeTolerance = 0.001

/** Segments of one thread at the most: 2.4 MB. */
const maxSegments = 2 ** 17

/** Segments that the histories of a process may have together beyond their smallest size: 38 MB. */
const sharedSegmentCapacity = 2 ** 21

const minCapacity = 256

/** Bytes of one segment. */
const segmentBytes = 18

/** How many segments the histories of one process may still grow by, all together. */
export class SegmentBudget {
  #remaining = sharedSegmentCapacity

  reserve(segments: number): boolean {
    if (segments > this.#remaining) return false
    this.#remaining -= segments
    return true
  }

  release(segments: number): void {
    this.#remaining += segments
  }
}

/**
 * The states a thread went through, oldest first, in a ring that grows by doubling up to its bound: when it is full
 * the oldest is forgotten. A segment lasts from its start to the next one's start, the newest until now.
 *
 * Segments are numbered from `first` to `end - 1`; the numbers grow for ever and stay with their segments.
 * Invariant: starts never decrease.
 */
export class ThreadHistory {
  #starts: Float64Array
  #states: Uint8Array
  #objects: Int32Array
  #operations: Uint8Array
  #wakers: Int32Array
  #capacity: number
  readonly #maxCapacity: number
  readonly #budget: SegmentBudget
  #first = 0
  #end = 0
  /** From here on segments come from snapshots; the events that tell the same may still follow. */
  #provisionalFrom = Number.POSITIVE_INFINITY
  /** Number of the newest event. */
  #sequence: number | undefined
  /** The thread was seen in its newest state at this time. */
  #lastSampledAt = 0
  #changedFrom = Number.POSITIVE_INFINITY

  constructor(most = maxSegments, budget = new SegmentBudget(), capacity = Math.min(most, minCapacity)) {
    this.#maxCapacity = most
    this.#budget = budget
    this.#capacity = capacity
    this.#starts = new Float64Array(capacity)
    this.#states = new Uint8Array(capacity)
    this.#objects = new Int32Array(capacity)
    this.#operations = new Uint8Array(capacity)
    this.#wakers = new Int32Array(capacity)
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  /** Milliseconds since 1970. */
  start(segment: number): number {
    return this.#starts[segment % this.#capacity] ?? 0
  }

  /** When the segment ended; `now` for the newest. */
  endTime(segment: number, now: number): number {
    return segment + 1 < this.#end ? this.start(segment + 1) : Math.max(now, this.start(segment))
  }

  state(segment: number): StateCode {
    return (this.#states[segment % this.#capacity] ?? stateCode.unknown) as StateCode
  }

  /** The object it waited for, or was woken through; 0 for none. */
  object(segment: number): number {
    return this.#objects[segment % this.#capacity] ?? 0
  }

  /** For `operationOf`. */
  operation(segment: number): number {
    return this.#operations[segment % this.#capacity] ?? 0
  }

  /** The thread that woke it into this state; 0 for none. */
  waker(segment: number): number {
    return this.#wakers[segment % this.#capacity] ?? 0
  }

  /** When the thread ended; undefined when nothing tells that it did. */
  endedAt(): number | undefined {
    const newest = this.#end - 1
    return newest >= this.#first && this.state(newest) === stateCode.Terminated
      ? this.start(newest)
      : undefined
  }

  /** The segment that holds at a time; `first - 1` before the oldest. */
  segmentAt(time: number): number {
    let low = this.#first
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.start(middle) <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Takes the thread's next event. A gap before it leaves a time that is marked as not recorded. */
  record(event: StateEvent): void {
    if (this.#sequence !== undefined && event.sequence <= this.#sequence) return
    const missed = this.#sequence !== undefined && event.afterGap
    this.#sequence = event.sequence
    this.#dropProvisional(event.at - timeTolerance)
    if (missed && this.#lastSampledAt < event.at - timeTolerance)
      this.#push(this.#lastSampledAt, stateCode.unknown, 0, 0, 0)
    this.#push(event.at, stateCode[event.state], event.object, operationCode(event.operation), event.by)
    this.#lastSampledAt = Math.max(this.#lastSampledAt, event.at)
  }

  /** Takes a snapshot made at `at`: where it is newer than the events, events were lost or are still to come. */
  confirm(thread: ThreadView, at: number): void {
    const newest = this.#end - 1
    const state = stateCode[thread.state]
    const age = newest < this.#first ? Number.POSITIVE_INFINITY : thread.since - this.start(newest)
    const same = Math.abs(age) <= timeTolerance && this.state(newest) === state
    if (age > timeTolerance || (age >= -timeTolerance && !same)) {
      this.#provisionalFrom = Math.min(this.#provisionalFrom, this.#end)
      const waiting = thread.waiting
      const object = waiting?.object ?? thread.wokenBy?.object ?? 0
      const waker = waiting === undefined ? (thread.wokenBy?.thread ?? 0) : 0
      this.#push(thread.since, state, object, operationCode(waiting?.operation), waker)
    }
    this.#lastSampledAt = Math.max(this.#lastSampledAt, at)
  }

  /** Forgets what ended before a time. */
  forget(before: number): void {
    while (this.#first + 1 < this.#end && this.start(this.#first + 1) < before) this.#first++
  }

  /** The earliest time whose picture changed since the last call; Infinity when none did. */
  takeChangedFrom(): number {
    const from = this.#changedFrom
    this.#changedFrom = Number.POSITIVE_INFINITY
    return from
  }

  /** Bytes in memory. */
  get bytes(): number {
    return this.#capacity * segmentBytes
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): ThreadHistory {
    const copy = new ThreadHistory(this.#capacity, this.#budget, this.#capacity)
    copy.#starts.set(this.#starts)
    copy.#states.set(this.#states)
    copy.#objects.set(this.#objects)
    copy.#operations.set(this.#operations)
    copy.#wakers.set(this.#wakers)
    copy.#first = this.#first
    copy.#end = this.#end
    return copy
  }

  /** What it held at a time. It shares this one's memory: for one that takes no more events. */
  clippedTo(time: number): ThreadHistory {
    const copy = new ThreadHistory(this.#capacity, this.#budget, 0)
    copy.#capacity = this.#capacity
    copy.#starts = this.#starts
    copy.#states = this.#states
    copy.#objects = this.#objects
    copy.#operations = this.#operations
    copy.#wakers = this.#wakers
    copy.#first = this.#first
    copy.#end = Math.max(this.#first, this.segmentAt(time) + 1)
    return copy
  }

  /** Ends its use of the shared budget. */
  release(): void {
    this.#budget.release(this.#capacity - Math.min(this.#maxCapacity, minCapacity))
  }

  /** Drops segments known from snapshots that start at `from` or later: the events tell the same. */
  #dropProvisional(from: number): void {
    while (this.#end > this.#provisionalFrom && this.start(this.#end - 1) >= from) {
      this.#end--
      this.#changedFrom = Math.min(this.#changedFrom, this.start(this.#end))
    }
    this.#provisionalFrom = Number.POSITIVE_INFINITY
    // A ring that was full may have forgotten what stood before them.
    this.#first = Math.min(this.#first, this.#end)
  }

  #push(at: number, state: StateCode, object: number, operation: number, waker: number): void {
    // Holds the invariant when a clock is set back.
    const start = this.#end > this.#first ? Math.max(at, this.start(this.#end - 1)) : at
    if (this.#end - this.#first === this.#capacity) this.#grow()
    const place = this.#end % this.#capacity
    this.#starts[place] = start
    this.#states[place] = state
    this.#objects[place] = object
    this.#operations[place] = operation
    this.#wakers[place] = waker
    this.#end++
    if (this.#end - this.#first > this.#capacity) this.#first++
    this.#changedFrom = Math.min(this.#changedFrom, start)
  }

  #grow(): void {
    const old = this.#capacity
    const wanted = Math.min(old * 2, this.#maxCapacity)
    if (wanted === old || !this.#budget.reserve(wanted - old)) return
    const [starts, states, objects] = [this.#starts, this.#states, this.#objects]
    const [operations, wakers] = [this.#operations, this.#wakers]
    this.#starts = new Float64Array(wanted)
    this.#states = new Uint8Array(wanted)
    this.#objects = new Int32Array(wanted)
    this.#operations = new Uint8Array(wanted)
    this.#wakers = new Int32Array(wanted)
    this.#capacity = wanted
    for (let segment = this.#first; segment < this.#end; segment++) {
      const [from, to] = [segment % old, segment % wanted]
      this.#starts[to] = starts[from] ?? 0
      this.#states[to] = states[from] ?? 0
      this.#objects[to] = objects[from] ?? 0
      this.#operations[to] = operations[from] ?? 0
      this.#wakers[to] = wakers[from] ?? 0
    }
  }
}
