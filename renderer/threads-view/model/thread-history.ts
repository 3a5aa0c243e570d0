import type { StateEvent, ThreadView } from '@skein/threading/inspect'
import type { EventIndex } from './event-index.ts'
import { EventStore } from './event-store.ts'
import { operationCode, type StateCode, stateCode } from './state-codes.ts'
import { lowerBound } from './timed-entries.ts'

/** Times closer than this are the same moment, in ms. */
const timeTolerance = 0.001

/** The maximum number of segments of one thread. */
const maxSegments = 2 ** 17

/** States that samples showed and no event reported yet. */
const maxPending = 8

/**
 * The states that a thread went through, oldest first: a view of the event store. A segment lasts from its start to the
 * next one's start, the newest until now.
 *
 * Segments are numbered from `first` to `end - 1`; a number stays with its segment. Invariant: starts never decrease.
 *
 * A sample may show a state before the event arrives that reports it. Such a state waits in `#pending`, behind the
 * events of the store, until the next event replaces it or shows that its own was lost.
 */
export class ThreadHistory {
  readonly #events: EventStore
  readonly #index: EventIndex
  readonly #maxCount: number
  #pending: readonly StateEvent[] = []
  /** The last segment's number plus one; Infinity except in a history that was clipped. */
  #clippedEnd = Number.POSITIVE_INFINITY
  /** Sequence number of the newest event. */
  #sequence: number | undefined
  /** The thread was seen in its newest state at this time. */
  #lastSampledAt = 0
  #changedFrom = Number.POSITIVE_INFINITY

  constructor(
    maxCount = maxSegments,
    events = new EventStore(),
    index = events.createIndex({ maxCount, keepsLast: true }),
  ) {
    this.#maxCount = maxCount
    this.#events = events
    this.#index = index
  }

  get first(): number {
    // A full index makes room for the pending states too.
    return Math.max(this.#index.first, this.end - this.#maxCount)
  }

  get end(): number {
    return Math.min(this.#index.end + this.#pending.length, this.#clippedEnd)
  }

  /** Milliseconds since 1970. */
  start(segment: number): number {
    return segment < this.#index.end ? this.#index.at(segment) : (this.#pendingAt(segment)?.at ?? 0)
  }

  /** When the segment ended; `now` for the newest. */
  endTime(segment: number, now: number): number {
    return segment + 1 < this.end ? this.start(segment + 1) : Math.max(now, this.start(segment))
  }

  state(segment: number): StateCode {
    if (segment < this.#index.end) return this.#index.typeCode(segment) as StateCode
    return stateCode[this.#pendingAt(segment)?.state ?? 'unknown']
  }

  /** The object that the thread waited for, or was woken through; 0 for none. */
  object(segment: number): number {
    return segment < this.#index.end ? this.#index.object(segment) : (this.#pendingAt(segment)?.object ?? 0)
  }

  /** For `operationFromCode`. */
  operation(segment: number): number {
    if (segment < this.#index.end) return this.#index.code(segment)
    return operationCode(this.#pendingAt(segment)?.operation)
  }

  /** The thread that woke it into this state; 0 for none. */
  waker(segment: number): number {
    return segment < this.#index.end ? this.#index.value(segment) : (this.#pendingAt(segment)?.by ?? 0)
  }

  /** When the thread ended; undefined if its newest state is another. */
  endedAt(): number | undefined {
    const newest = this.end - 1
    return newest >= this.first && this.state(newest) === stateCode.Terminated
      ? this.start(newest)
      : undefined
  }

  /** The segment that holds at a time; `first - 1` before the oldest. */
  segmentAt(time: number): number {
    return lowerBound(this.first, this.end, (segment) => this.start(segment) > time) - 1
  }

  /** Adds the thread's next event to the store. A gap before it leaves a time that is marked as not recorded. */
  record(event: StateEvent, isInferred = false): void {
    if (this.#sequence !== undefined && event.sequence <= this.#sequence) return
    const isMissing = this.#sequence !== undefined && event.afterGap
    this.#sequence = event.sequence
    this.#resolvePending(event.at - timeTolerance)
    if (isMissing && this.#lastSampledAt < event.at - timeTolerance) {
      this.#index.addUnknownState(event.thread, this.#lastSampledAt)
      this.#markChanged()
    }
    this.#index.add(event, isInferred)
    this.#markChanged()
    this.#lastSampledAt = Math.max(this.#lastSampledAt, event.at)
  }

  /** Compares with a sample. If it is newer than the events, events were lost or are still to come. */
  confirm(thread: ThreadView, at: number): void {
    const newest = this.end - 1
    const age = newest < this.first ? Number.POSITIVE_INFINITY : thread.since - this.start(newest)
    const isSame = Math.abs(age) <= timeTolerance && this.state(newest) === stateCode[thread.state]
    if (age > timeTolerance || (age >= -timeTolerance && !isSame)) {
      if (this.#pending.length === maxPending) this.#commitPending()
      const since = newest < this.first ? thread.since : Math.max(thread.since, this.start(newest))
      this.#pending = [...this.#pending, observedState(thread, since)]
      this.#markChanged()
    }
    this.#lastSampledAt = Math.max(this.#lastSampledAt, at)
  }

  /** Forgets what ended before a time. */
  forget(before: number): void {
    this.#index.forget(this.#pending[0] === undefined ? before : Math.min(before, this.#pending[0].at))
  }

  /** Returns the earliest time from which the history changed since the last call; Infinity if it did not. */
  takeChangedFrom(): number {
    const from = this.#changedFrom
    this.#changedFrom = Number.POSITIVE_INFINITY
    return from
  }

  /** Bytes in memory besides the store's. */
  get bytes(): number {
    return this.#index.bytes
  }

  /** Returns a copy, to be read while this one goes on; `events` is a copy of the store. */
  clone(events = this.#events.clone()): ThreadHistory {
    const copy = new ThreadHistory(this.#maxCount, events, this.#index.cloneFor(events))
    copy.#pending = this.#pending
    return copy
  }

  /** Returns the history up to a time. It shares this one's memory, so call it only when no more events come. */
  clippedTo(time: number): ThreadHistory {
    const copy = new ThreadHistory(this.#maxCount, this.#events, this.#index)
    copy.#pending = this.#pending
    copy.#clippedEnd = Math.max(this.first, this.segmentAt(time) + 1)
    return copy
  }

  /** Removes its index from the store. */
  release(): void {
    this.#events.removeIndex(this.#index)
  }

  #pendingAt(segment: number): StateEvent | undefined {
    return this.#pending[segment - this.#index.end]
  }

  /** Drops pending states that begin at `from` or later: events report the same. The events of the others were lost. */
  #resolvePending(from: number): void {
    if (this.#pending.length === 0) return
    const replaced = this.#pending.filter(({ at }) => at >= from)
    this.#pending = this.#pending.filter(({ at }) => at < from)
    this.#changedFrom = replaced.reduce((earliest, { at }) => Math.min(earliest, at), this.#changedFrom)
    this.#commitPending()
  }

  /** Stores pending states as events that were inferred. */
  #commitPending(): void {
    for (const event of this.#pending) this.#index.add(event, true)
    this.#pending = []
  }

  #markChanged(): void {
    this.#changedFrom = Math.min(this.#changedFrom, this.start(this.end - 1))
  }
}

function observedState({ id, state, waiting, wokenBy }: ThreadView, at: number): StateEvent {
  return {
    thread: id,
    sequence: 0,
    at,
    afterGap: false,
    state,
    object: waiting?.object ?? wokenBy?.object ?? 0,
    operation: waiting?.operation,
    by: waiting === undefined ? (wokenBy?.thread ?? 0) : 0,
  }
}
