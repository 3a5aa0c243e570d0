import type { ObjectView, OperationEvent, ProcessView, ThreadView } from '@skein/threading/inspect'
import { ActivityLog } from './activity-log.ts'
import { applyEvents } from './apply-events.ts'
import { ChangeLog, changeBytes } from './change-log.ts'
import {
  EventStore,
  eventTypeCode,
  isOperationEvent,
  isStateEvent,
  isWakeEvent,
  type RecordedEvent,
} from './event-store.ts'
import { RecordedSamples } from './recorded-samples.ts'
import { ThreadHistory } from './thread-history.ts'

/** How far back a recording goes, in ms. */
export const recordedSpan = 60_000

/** The maximum number of events that are searched for the last operations of threads. */
const maxEventsSearched = 200_000

interface RecordingLimits {
  /** The maximum number of events. */
  readonly events?: number
  /** The maximum number of changes of threads, and of objects. */
  readonly changes?: number
}

/**
 * What a process did in the last 60 s, in bounded memory: every event, and the threads and objects as samples showed
 * them. When a maximum is reached (see `EventStore`, `ChangeLog`, `RecordedSamples`) the oldest is dropped.
 */
export class ProcessRecording {
  readonly process: string
  /** All events; `activity` and the histories are views of it. */
  events: EventStore
  /** What its threads did besides changing their states. */
  activity: ActivityLog
  #histories = new Map<number, ThreadHistory>()
  #threads: ChangeLog<ThreadView>
  #objects: ChangeLog<ObjectView>
  #samples = new RecordedSamples()
  #lastView: ProcessView | undefined

  constructor(process: string, { events, changes }: RecordingLimits = {}) {
    this.process = process
    this.events = new EventStore(events)
    this.activity = new ActivityLog(this.events)
    this.#threads = new ChangeLog(changes)
    this.#objects = new ChangeLog(changes)
  }

  /** The earliest moment that can be shown; undefined before the first sample. */
  get from(): number | undefined {
    if (this.#lastView === undefined) return undefined
    const oldest = Math.max(this.#samples.at(this.#samples.first), this.#threads.from, this.#objects.from)
    return Math.min(this.to, Math.max(oldest, this.to - recordedSpan))
  }

  /** The time of the earliest event or sample; undefined before the first sample. */
  get earliest(): number | undefined {
    let earliest: number | undefined
    for (let sample = this.#samples.first; sample < this.#samples.end; sample++) {
      earliest = Math.min(earliest ?? this.#samples.at(sample), this.#samples.get('earliestEventAt', sample))
    }
    return earliest
  }

  /** The time of the newest sample. */
  get to(): number {
    return this.#lastView?.at ?? 0
  }

  /** An estimate of the memory that it takes. */
  get bytes(): number {
    const changes = this.#threads.count + this.#objects.count
    let bytes = this.events.bytes + this.activity.bytes + this.#samples.bytes + changes * changeBytes
    for (const history of this.#histories.values()) bytes += history.bytes
    return bytes
  }

  /** Adds a sample. Events that a restarted reader delivers again are skipped. */
  accept(view: ProcessView): void {
    const last = this.#lastView
    this.#lastView = view
    const firstEvent = this.events.end
    this.#acceptEvents(view)
    const isUnchanged = view.threads === last?.threads && view.objects === last.objects
    if (isUnchanged && this.events.end === firstEvent) return
    if (!isUnchanged) {
      this.#threads.accept(view.at, view.threads)
      this.#objects.accept(view.at, view.objects)
    }
    const times = this.#timesOf(firstEvent)
    this.#samples.push({
      at: view.at,
      firstEvent,
      earliestEventAt: minOf(times, view.at),
      latestEventAt: maxOf(times, view.at),
      unrecordedCount: view.unrecordedCount,
      droppedCount: view.dropped,
    })
    this.#forget(view.at)
  }

  history(thread: number): ThreadHistory | undefined {
    return this.#histories.get(thread)
  }

  get histories(): Iterable<[number, ThreadHistory]> {
    return this.#histories
  }

  historyOf(thread: number): ThreadHistory {
    const known = this.#histories.get(thread)
    if (known) return known
    const history = new ThreadHistory(undefined, this.events)
    this.#histories.set(thread, history)
    return history
  }

  /** Forgets the histories of threads that ended before a time, except those to be kept. */
  forgetHistories(before: number, isKept: (thread: number) => boolean): void {
    for (const [id, history] of this.#histories) {
      history.forget(before)
      if (isKept(id) || (history.endedAt() ?? 0) >= before) continue
      history.release()
      this.#histories.delete(id)
    }
  }

  /** Returns the process as it was at a time, exact to the event. Its lists of events are empty: see `between`. */
  at(time: number): ProcessView {
    const sample = Math.max(this.#samples.lastAtOrBefore(time), this.#samples.first)
    const sampledAt = this.#samples.at(sample)
    const observed = { threads: this.#threads.at(sampledAt), objects: byId(this.#objects.at(sampledAt)) }
    const since = sampledAt < time ? this.between(sampledAt, time).filter(({ at }) => at > sampledAt) : []
    return {
      process: this.process,
      at: time,
      ...applyEvents(observed, since),
      events: [],
      wakes: [],
      operations: [],
      unrecordedCount: this.#samples.get('unrecordedCount', sample),
      dropped: this.#samples.get('droppedCount', sample),
    }
  }

  /** Returns the events from one time to another, both included, by time. */
  between(from: number, to: number): RecordedEvent[] {
    const found: RecordedEvent[] = []
    for (let sample = this.#samples.first; sample < this.#samples.end; sample++) {
      if (
        this.#samples.get('latestEventAt', sample) < from ||
        this.#samples.get('earliestEventAt', sample) > to
      )
        continue
      for (const number of this.#eventsOf(sample)) {
        const at = this.events.at(number)
        if (at >= from && at <= to) found.push(this.events.read(number))
      }
    }
    return found.sort((one, other) => one.at - other.at)
  }

  /** Returns the last operations of each thread up to a time, the newest first. Searches only the newest events. */
  lastOperations(count: number, until: number): Map<number, OperationEvent[]> {
    const found = new Map<number, OperationEvent[]>()
    let remaining = maxEventsSearched
    for (let number = this.events.end - 1; number >= this.events.first && remaining > 0; number--) {
      if (this.events.at(number) > until || this.events.isInferred(number)) continue
      remaining--
      if (this.events.typeCode(number) !== eventTypeCode.operation) continue
      const thread = this.events.thread(number)
      const own = found.get(thread) ?? []
      found.set(thread, own)
      if (own.length === count) continue
      const event = this.events.read(number)
      if (isOperationEvent(event)) own.push(event)
    }
    return found
  }

  /** The number of operations within the recorded time that were counted but not recorded. */
  get unrecordedCount(): number {
    return Math.max(
      0,
      (this.#lastView?.unrecordedCount ?? 0) - this.#samples.get('unrecordedCount', this.#samples.first),
    )
  }

  /** Returns the recorded samples. Another recording that accepts them becomes the same. */
  *views(): Generator<ProcessView> {
    const threads = this.#threads.cursor()
    const objects = this.#objects.cursor()
    let observed: Pick<ProcessView, 'threads' | 'objects'> | undefined
    let applied = -1
    for (let sample = this.#samples.first; sample < this.#samples.end; sample++) {
      const at = this.#samples.at(sample)
      const [threadsThen, objectsThen] = [threads.advanceTo(at), objects.advanceTo(at)]
      if (observed === undefined || applied !== threads.appliedCount + objects.appliedCount) {
        observed = { threads: [...threadsThen.values()], objects: byId([...objectsThen.values()]) }
        applied = threads.appliedCount + objects.appliedCount
      }
      const events = this.#eventsOf(sample).map((number) => this.events.read(number))
      yield {
        process: this.process,
        at,
        ...observed,
        events: events.filter(isStateEvent),
        wakes: events.filter(isWakeEvent),
        operations: events.filter(isOperationEvent),
        unrecordedCount: this.#samples.get('unrecordedCount', sample),
        dropped: this.#samples.get('droppedCount', sample),
      }
    }
  }

  /** Returns a copy of the present state, to be read while this one goes on. */
  clone(): ProcessRecording {
    const copy = new ProcessRecording(this.process)
    copy.events = this.events.clone()
    copy.activity = this.activity.clone(copy.events)
    for (const [id, history] of this.#histories) copy.#histories.set(id, history.clone(copy.events))
    copy.#threads = this.#threads.clone()
    copy.#objects = this.#objects.clone()
    copy.#samples = this.#samples.clone()
    copy.#lastView = this.#lastView
    return copy
  }

  /** Numbers of the events that a sample brought and that are still kept. */
  #eventsOf(sample: number): number[] {
    const end = sample + 1 < this.#samples.end ? this.#samples.get('firstEvent', sample + 1) : this.events.end
    const numbers: number[] = []
    for (
      let number = Math.max(this.#samples.get('firstEvent', sample), this.events.first);
      number < end;
      number++
    ) {
      if (!this.events.isInferred(number)) numbers.push(number)
    }
    return numbers
  }

  #timesOf(firstEvent: number): number[] {
    const times: number[] = []
    for (let number = Math.max(firstEvent, this.events.first); number < this.events.end; number++)
      if (!this.events.isInferred(number)) times.push(this.events.at(number))
    return times
  }

  /** Of events that are older than the recording, only those that began a thread's present state are needed. */
  #acceptEvents(view: ProcessView): void {
    const oldest = view.at - recordedSpan
    const isRecent = ({ at }: RecordedEvent) => at >= oldest
    for (const event of view.events) this.historyOf(event.thread).record(event, !isRecent(event))
    const isAllRecent = view.wakes.every(isRecent) && view.operations.every(isRecent)
    this.activity.accept(
      isAllRecent
        ? view
        : { ...view, wakes: view.wakes.filter(isRecent), operations: view.operations.filter(isRecent) },
    )
  }

  #forget(at: number): void {
    const before = at - recordedSpan
    this.events.forget(before)
    this.#samples.forget(before)
    this.#threads.forget(before)
    this.#objects.forget(before)
  }
}

const byId = (objects: ObjectView[]): ObjectView[] => objects.sort((one, other) => one.id - other.id)

const minOf = (numbers: readonly number[], defaultValue: number): number =>
  numbers.reduce((one, other) => Math.min(one, other), defaultValue)
const maxOf = (numbers: readonly number[], defaultValue: number): number =>
  numbers.reduce((one, other) => Math.max(one, other), defaultValue)
