import type {
  ObjectKind,
  ObjectView,
  OperationEvent,
  ProcessView,
  ThreadView,
} from '@skein/threading/inspect'
import { applyEvents } from './apply-events.ts'
import { ChangeLog, changeBytes } from './change-log.ts'
import {
  EventRing,
  eventTypeCode,
  isOperationEvent,
  isStateEvent,
  isWakeEvent,
  type RecordedEvent,
} from './event-ring.ts'
import { objectValue, objectValueAfter } from './object-values.ts'
import { SampleRing } from './sample-ring.ts'
import { maxPoints, PointBudget, pointBytes, type Series, ValueSeries } from './value-series.ts'

/** How far back a recording goes, in ms. */
export const recordedSpan = 60_000

/** Events that are looked through for each thread's last. */
const maxEventsSearched = 200_000

/** Objects whose numbers are kept over time. */
const maxSeries = 4096

const noSeries: Series = { times: new Float64Array(0), values: new Float64Array(0) }

interface RecordingLimits {
  /** Events kept at the most. */
  readonly events?: number
  /** Changes of threads, and changes of objects, kept at the most. */
  readonly changes?: number
}

/**
 * What a process did in the last 60 s, in bounded memory: every event that was told, and how threads and objects
 * looked. At its bounds (see `EventRing`, `Changes`, `ValueSeries`) it forgets the oldest.
 */
export class ProcessRecording {
  readonly process: string
  events: EventRing
  #threads: ChangeLog<ThreadView>
  #objects: ChangeLog<ObjectView>
  #samples = new SampleRing()
  #series = new Map<number, ValueSeries>()
  readonly #budget = new PointBudget()
  readonly #kinds = new Map<number, ObjectKind>()
  /** The number of each thread's newest event. */
  readonly #sequences = new Map<number, number>()
  #lastView: ProcessView | undefined

  constructor(process: string, { events, changes }: RecordingLimits = {}) {
    this.process = process
    this.events = new EventRing(events)
    this.#threads = new ChangeLog(changes)
    this.#objects = new ChangeLog(changes)
  }

  /** From when on what happened can be shown; undefined before the first look. */
  get from(): number | undefined {
    if (this.#lastView === undefined) return undefined
    const oldest = Math.max(this.#samples.at(this.#samples.first), this.#threads.from, this.#objects.from)
    return Math.min(this.to, Math.max(oldest, this.to - recordedSpan))
  }

  /** The earliest time that anything recorded tells of; undefined before the first look. */
  get earliest(): number | undefined {
    let earliest: number | undefined
    for (let look = this.#samples.first; look < this.#samples.end; look++) {
      earliest = Math.min(earliest ?? this.#samples.at(look), this.#samples.earliestEventAt(look))
    }
    return earliest
  }

  /** The time of the newest look. */
  get to(): number {
    return this.#lastView?.at ?? 0
  }

  /** About how much memory it takes. */
  get bytes(): number {
    const changes = this.#threads.count + this.#objects.count
    const points = maxPoints - this.#budget.remaining
    return this.events.bytes + this.#samples.bytes + changes * changeBytes + points * pointBytes
  }

  /** Takes what a look saw. What a reader that began anew tells a second time is not taken again. */
  accept(view: ProcessView): void {
    const last = this.#lastView
    this.#lastView = view
    const firstEvent = this.events.end
    const isNew = (event: RecordedEvent) => this.#isNew(event, view.at)
    const events = [
      ...view.events.filter(isNew),
      ...view.wakes.filter(isNew),
      ...view.operations.filter(isNew),
    ]
    const isAsBefore = view.threads === last?.threads && view.objects === last.objects
    if (isAsBefore && events.length === 0) return
    for (const event of events) this.#addEvent(event)
    if (!isAsBefore) {
      this.#threads.accept(view.at, view.threads)
      this.#objects.accept(view.at, view.objects)
      for (const { id, kind } of view.objects) this.#kinds.set(id, kind)
    }
    this.#addValues(view, events.filter(isOperationEvent))
    const times = events.map(({ at }) => at)
    this.#samples.add({
      at: view.at,
      firstEvent: firstEvent,
      earliestEventAt: minOf(times, view.at),
      latestEventAt: maxOf(times, view.at),
      unrecordedCount: view.unrecordedCount,
      droppedCount: view.dropped,
    })
    this.#forget(view)
  }

  /** The process as it was at a time, to the event. Its lists of events are empty: see `between`. */
  at(time: number): ProcessView {
    const look = Math.max(this.#samples.indexAt(time), this.#samples.first)
    const seenAt = this.#samples.at(look)
    const seen = { threads: this.#threads.at(seenAt), objects: byId(this.#objects.at(seenAt)) }
    const since = seenAt < time ? this.between(seenAt, time).filter(({ at }) => at > seenAt) : []
    return {
      process: this.process,
      at: time,
      ...applyEvents(seen, since),
      events: [],
      wakes: [],
      operations: [],
      unrecordedCount: this.#samples.unrecordedCount(look),
      dropped: this.#samples.droppedCount(look),
    }
  }

  /** Everything that happened from one time to another, both included, by time. */
  between(from: number, to: number): RecordedEvent[] {
    const found: RecordedEvent[] = []
    for (let look = this.#samples.first; look < this.#samples.end; look++) {
      if (this.#samples.latestEventAt(look) < from || this.#samples.earliestEventAt(look) > to) continue
      for (const number of this.#eventsOf(look)) {
        const at = this.events.at(number)
        if (at >= from && at <= to) found.push(this.events.read(number))
      }
    }
    return found.sort((one, other) => one.at - other.at)
  }

  /** The last acts of each thread up to a time, the newest first, as far as not too much else happened since. */
  lastOperations(count: number, until: number): Map<number, OperationEvent[]> {
    const found = new Map<number, OperationEvent[]>()
    let left = maxEventsSearched
    for (let number = this.events.end - 1; number >= this.events.first && left > 0; number--) {
      if (this.events.at(number) > until) continue
      left--
      if (this.events.typeCode(number) !== eventTypeCode.act) continue
      const thread = this.events.thread(number)
      const own = found.get(thread) ?? []
      found.set(thread, own)
      if (own.length === count) continue
      const event = this.events.read(number)
      if (isOperationEvent(event)) own.push(event)
    }
    return found
  }

  /** Acts of the time that is kept that were counted and not recorded. */
  get unrecordedCount(): number {
    return Math.max(
      0,
      (this.#lastView?.unrecordedCount ?? 0) - this.#samples.unrecordedCount(this.#samples.first),
    )
  }

  /** The number that tells an object's state (see `valueIn`) from one time to another. */
  seriesOf(object: number, from: number, to: number): Series {
    return this.#series.get(object)?.between(from, to) ?? noSeries
  }

  /** The looks that were recorded, as they were: taken by another recording they make the same. */
  *views(): Generator<ProcessView> {
    const threads = this.#threads.cursor()
    const objects = this.#objects.cursor()
    let seen: Pick<ProcessView, 'threads' | 'objects'> | undefined
    let applied = -1
    for (let look = this.#samples.first; look < this.#samples.end; look++) {
      const at = this.#samples.at(look)
      const [threadsThen, objectsThen] = [threads.advanceTo(at), objects.advanceTo(at)]
      if (seen === undefined || applied !== threads.appliedCount + objects.appliedCount) {
        seen = { threads: [...threadsThen.values()], objects: byId([...objectsThen.values()]) }
        applied = threads.appliedCount + objects.appliedCount
      }
      const events = this.#eventsOf(look).map((number) => this.events.read(number))
      yield {
        process: this.process,
        at,
        ...seen,
        events: events.filter(isStateEvent),
        wakes: events.filter(isWakeEvent),
        operations: events.filter(isOperationEvent),
        unrecordedCount: this.#samples.unrecordedCount(look),
        dropped: this.#samples.droppedCount(look),
      }
    }
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): ProcessRecording {
    const copy = new ProcessRecording(this.process)
    copy.events = this.events.clone()
    copy.#threads = this.#threads.clone()
    copy.#objects = this.#objects.clone()
    copy.#samples = this.#samples.clone()
    copy.#series = new Map([...this.#series].map(([id, series]) => [id, series.clone()]))
    copy.#lastView = this.#lastView
    return copy
  }

  /** Numbers of the events that a look brought and that are still there. */
  #eventsOf(look: number): number[] {
    const end = look + 1 < this.#samples.end ? this.#samples.firstEvent(look + 1) : this.events.end
    const first = Math.max(this.#samples.firstEvent(look), this.events.first)
    return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index)
  }

  /** Whether an event was not told before, and is not older than all that is kept. */
  #isNew({ thread, sequence, at }: RecordedEvent, now: number): boolean {
    return sequence > (this.#sequences.get(thread) ?? 0) && at >= now - recordedSpan
  }

  #addEvent(event: RecordedEvent): void {
    this.events.add(event)
    const newest = this.#sequences.get(event.thread) ?? 0
    this.#sequences.set(event.thread, Math.max(newest, event.sequence))
  }

  /** What acts tell of objects' numbers, and what was seen of them. */
  #addValues({ at: seenAt, objects }: ProcessView, acts: readonly OperationEvent[]): void {
    const told = acts.flatMap((act) => {
      const kind = this.#kinds.get(act.object)
      return [{ at: act.at, object: act.object, value: kind && objectValueAfter(kind, act) }]
    })
    const seen = objects.map((object) => ({ at: seenAt, object: object.id, value: objectValue(object) }))
    for (const { at, object, value } of [...told, ...seen].sort((one, other) => one.at - other.at)) {
      if (value !== undefined) this.#seriesFor(object)?.add(at, value)
    }
  }

  #seriesFor(object: number): ValueSeries | undefined {
    const known = this.#series.get(object)
    if (known !== undefined || this.#series.size >= maxSeries) return known
    const series = new ValueSeries(this.#budget)
    this.#series.set(object, series)
    return series
  }

  #forget({ at, threads, objects }: ProcessView): void {
    const before = at - recordedSpan
    this.events.forget(before)
    this.#samples.forget(before)
    this.#threads.forget(before)
    this.#objects.forget(before)
    for (const series of this.#series.values()) series.forget(before)
    if (this.#sequences.size > 2 * threads.length + 64) retainOnly(this.#sequences, threads)
    if (this.#kinds.size > 2 * objects.length + 64) this.#forgetGone(objects)
  }

  #forgetGone(objects: readonly ObjectView[]): void {
    retainOnly(this.#kinds, objects)
    for (const [id, series] of this.#series) {
      if (this.#kinds.has(id)) continue
      series.release()
      this.#series.delete(id)
    }
  }
}

const byId = (objects: ObjectView[]): ObjectView[] => objects.sort((one, other) => one.id - other.id)

function retainOnly(map: Map<number, unknown>, present: readonly { readonly id: number }[]): void {
  const ids = new Set(present.map(({ id }) => id))
  for (const id of map.keys()) if (!ids.has(id)) map.delete(id)
}

const minOf = (numbers: readonly number[], none: number): number =>
  numbers.reduce((one, other) => Math.min(one, other), none)
const maxOf = (numbers: readonly number[], none: number): number =>
  numbers.reduce((one, other) => Math.max(one, other), none)
