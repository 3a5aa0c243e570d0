import {
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  operationFailed,
  type ProcessView,
  type ThreadView,
  type WakeEvent,
} from '@skein/threading/inspect'
import type { EventIndex } from './event-index.ts'
import { EventStore, type RecordedEvent } from './event-store.ts'
import { kindDescriptions } from './object-kinds/object-kinds.ts'
import { SampledValues } from './sampled-values.ts'
import type { TimedEntries } from './timed-entries.ts'

/** The maximum number of operations, and of wakes, of each thread. */
const maxOperations = 32_768

/** The maximum number of values of each object, and of changes of control of each thread. */
const maxValues = 4096
const maxControlChanges = 512

/** The maximum number of objects with a known kind, including those that are gone. */
const maxKinds = 1024

/** How a thread is controlled. `held`: before its next operation. */
export const controlCode = { none: 0, slowed: 1, paused: 2, held: 3 } as const

/**
 * What the threads of one process did, which threads they woke, how they were controlled, and the values of objects.
 * Operations and wake-ups are views of the event store. An event that a restarted reader delivers again is skipped.
 */
export class ActivityLog {
  /** Grows with every operation and wake-up. */
  version = 0
  readonly #events: EventStore
  /** By thread; code is an index in `operationNames`. */
  readonly #operations = new Map<number, EventIndex>()
  /** By waker; code is an index in `wakeOperationNames`, value the thread that was woken. */
  readonly #wakes = new Map<number, EventIndex>()
  /** By thread; code is one of `controlCode`. */
  readonly #controlChanges = new Map<number, SampledValues>()
  /** The number of each thread's newest operation, and of its newest wake-up. */
  readonly #operationSequences = new Map<number, number>()
  readonly #wakeSequences = new Map<number, number>()
  /** By object. */
  readonly #series = new Map<number, SampledValues>()
  #kinds = new Map<number, ObjectKind>()
  #objects: readonly ObjectView[] | undefined
  #threads: readonly ThreadView[] | undefined

  constructor(events = new EventStore()) {
    this.#events = events
  }

  /** An estimate of the memory that it takes besides the store. */
  get bytes(): number {
    let bytes = 0
    for (const entries of [this.#operations, this.#wakes, this.#controlChanges, this.#series])
      for (const { bytes: own } of entries.values()) bytes += own
    return bytes
  }

  /** Adds the events and values of a sample. */
  accept(view: ProcessView): void {
    const wakes = view.wakes.filter((wake) => advanceSequence(this.#wakeSequences, wake))
    const operations = view.operations.filter((event) => advanceSequence(this.#operationSequences, event))
    this.version += operations.length + wakes.length
    if (view.objects !== this.#objects) {
      for (const { id, kind } of view.objects) this.#kinds.set(id, kind)
    }
    for (const wake of wakes) this.#add(this.#wakes, wake)
    for (const operation of operations) this.#add(this.#operations, operation)
    this.#acceptValues(view, operations)
    if (view.threads !== this.#threads)
      for (const thread of view.threads) this.#acceptControl(thread, view.at)
    this.#threads = view.threads
    this.#objects = view.objects
  }

  operations(thread: number): TimedEntries | undefined {
    return this.#operations.get(thread)
  }

  /** Returns the wake-ups by waker. */
  wakesByThread(): ReadonlyMap<number, TimedEntries> {
    return this.#wakes
  }

  controlChanges(thread: number): TimedEntries | undefined {
    return this.#controlChanges.get(thread)
  }

  /** Returns the values of an object, each from its time until the next. */
  series(object: number): TimedEntries | undefined {
    return this.#series.get(object)
  }

  /** The kind of an object, for a while also of one that is gone. */
  kindOf(object: number): ObjectKind | undefined {
    return this.#kinds.get(object)
  }

  /** Forgets what happened before a time. */
  forget(before: number): void {
    for (const indexes of [this.#operations, this.#wakes]) {
      for (const [id, index] of indexes) {
        index.forget(before)
        if (index.first === index.end) this.#removeIndex(indexes, id)
      }
    }
    for (const series of [this.#controlChanges, this.#series])
      for (const values of series.values()) values.forget(before)
  }

  /** Forgets threads and objects that are no longer known. */
  retain(isThread: (id: number) => boolean, isObject: (id: number) => boolean): void {
    for (const indexes of [this.#operations, this.#wakes])
      for (const id of indexes.keys()) if (!isThread(id)) this.#removeIndex(indexes, id)
    for (const byThread of [this.#controlChanges, this.#operationSequences, this.#wakeSequences])
      for (const id of byThread.keys()) if (!isThread(id)) byThread.delete(id)
    for (const id of this.#series.keys()) if (!isObject(id)) this.#series.delete(id)
    if (this.#kinds.size <= maxKinds) return
    for (const id of this.#kinds.keys()) if (!isObject(id)) this.#kinds.delete(id)
  }

  /** Returns a copy; `events` is a copy of the store. */
  clone(events = this.#events.clone()): ActivityLog {
    const copy = new ActivityLog(events)
    copy.version = this.version
    for (const [id, index] of this.#operations) copy.#operations.set(id, index.cloneFor(events))
    for (const [id, index] of this.#wakes) copy.#wakes.set(id, index.cloneFor(events))
    for (const [id, values] of this.#controlChanges) copy.#controlChanges.set(id, values.clone())
    for (const [id, values] of this.#series) copy.#series.set(id, values.clone())
    copy.#kinds = new Map(this.#kinds)
    return copy
  }

  #add(indexes: Map<number, EventIndex>, event: RecordedEvent): void {
    const index = indexes.get(event.thread) ?? this.#events.createIndex({ maxCount: maxOperations })
    indexes.set(event.thread, index)
    index.add(event)
  }

  #removeIndex(indexes: Map<number, EventIndex>, id: number): void {
    const index = indexes.get(id)
    if (index !== undefined) this.#events.removeIndex(index)
    indexes.delete(id)
  }

  /** Operations report values to the microsecond; samples show the changes that no operation reports. */
  #acceptValues(view: ProcessView, operations: readonly OperationEvent[]): void {
    const reports = operations.filter((operation) => this.#isSeriesValue(operation))
    for (const { object, at, value } of reports.sort((a, b) => a.at - b.at))
      this.#pushValue(object, at, value)
    if (view.objects === this.#objects) return
    for (const object of view.objects) {
      const value = kindDescriptions[object.kind].series?.of(object)
      if (value !== undefined) this.#pushValue(object.id, view.at, value)
    }
  }

  #isSeriesValue({ object, act, value }: OperationEvent): boolean {
    const kind = this.#kinds.get(object)
    if (kind === undefined || value === operationFailed) return false
    return kindDescriptions[kind].series?.isReportedBy(act) ?? false
  }

  #pushValue(object: number, at: number, value: number): void {
    const ring = valuesFor(this.#series, object, maxValues)
    if (ring.end > ring.first && ring.value(ring.end - 1) === value) return
    ring.push({ at, code: 0, object, value })
  }

  #acceptControl(thread: ThreadView, at: number): void {
    const code = controlCodeOf(thread)
    const known = this.#controlChanges.get(thread.id)
    const last = known && known.end > known.first ? known.code(known.end - 1) : controlCode.none
    if (code === last) return
    valuesFor(this.#controlChanges, thread.id, maxControlChanges).push({
      at,
      code,
      object: thread.gate?.object ?? 0,
      value: 0,
    })
  }
}

function controlCodeOf(thread: ThreadView): number {
  if (thread.gate) return controlCode.held
  if (thread.control === 'paused') return controlCode.paused
  return thread.slowness > 1 ? controlCode.slowed : controlCode.none
}

/** Whether a thread's event was not accepted before. */
function advanceSequence(
  sequences: Map<number, number>,
  { thread, sequence }: OperationEvent | WakeEvent,
): boolean {
  if (sequence <= (sequences.get(thread) ?? 0)) return false
  sequences.set(thread, sequence)
  return true
}

function valuesFor(byId: Map<number, SampledValues>, id: number, maxCount: number): SampledValues {
  const known = byId.get(id)
  if (known) return known
  const values = new SampledValues(maxCount)
  byId.set(id, values)
  return values
}
