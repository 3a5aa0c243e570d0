import { ColumnRing } from './column-ring.ts'
import type { EventStore, RecordedEvent } from './event-store.ts'
import { lowerBound, type TimedEntries } from './timed-entries.ts'

/**
 * A view of the event store: some of its events (a thread's states, operations or wake-ups), by their numbers in the
 * store. Invariant: times never decrease, even when the clock is set back.
 */
export class EventIndex implements TimedEntries {
  readonly #store: EventStore
  readonly #numbers: ColumnRing<'number'>
  readonly #keepsLast: boolean

  /** `keepsLast`: the newest event before the oldest time kept stays, since its state lasts into that time. */
  constructor(
    store: EventStore,
    { maxCount, keepsLast = false }: { readonly maxCount: number; readonly keepsLast?: boolean },
    numbers = new ColumnRing<'number'>({ number: Float64Array }, maxCount),
  ) {
    this.#store = store
    this.#numbers = numbers
    this.#keepsLast = keepsLast
  }

  get first(): number {
    return this.#numbers.first
  }

  get end(): number {
    return this.#numbers.end
  }

  get bytes(): number {
    return this.#numbers.bytes
  }

  /** Adds an event to the store and to this view. An inferred event was not reported by the thread. */
  add(event: RecordedEvent, isInferred = false): void {
    const at = this.#notBeforeLast(event.at)
    this.#numbers.push({ number: this.#store.add(at === event.at ? event : { ...event, at }, isInferred) })
  }

  /** Adds that the thread's state is unknown from a time on. */
  addUnknownState(thread: number, at: number): void {
    this.#numbers.push({ number: this.#store.addUnknownState(thread, this.#notBeforeLast(at)) })
  }

  at(entry: number): number {
    return this.#store.at(this.#numbers.get('number', entry))
  }

  /** The code of the operation or of the wake-up's operation. */
  code(entry: number): number {
    return this.#store.operationCode(this.#numbers.get('number', entry))
  }

  object(entry: number): number {
    return this.#store.object(this.#numbers.get('number', entry))
  }

  value(entry: number): number {
    return this.#store.value(this.#numbers.get('number', entry))
  }

  typeCode(entry: number): number {
    return this.#store.typeCode(this.#numbers.get('number', entry))
  }

  firstAtOrAfter(time: number): number {
    return lowerBound(this.first, this.end, (entry) => this.at(entry) >= time)
  }

  /** Drops the events from before a time. */
  forget(before: number): void {
    const kept = this.#keepsLast ? this.firstAtOrAfter(before) - 1 : this.firstAtOrAfter(before)
    this.#numbers.dropBefore(Math.min(kept, this.#keepsLast ? this.end - 1 : this.end))
  }

  /** Drops the events that the store is about to drop: those numbered below `firstKept`. */
  dropBelow(firstKept: number): void {
    const isKept = (entry: number) => this.#numbers.get('number', entry) >= firstKept
    const kept = lowerBound(this.first, this.end, isKept)
    this.#numbers.dropBefore(this.#keepsLast ? kept - 1 : kept)
    if (this.first < this.end && !isKept(this.first)) {
      const copied = this.#store.copyToEnd(this.#numbers.get('number', this.first))
      this.#numbers.set('number', this.first, copied)
    }
  }

  /** Returns the same view of a copy of the store. */
  cloneFor(store: EventStore): EventIndex {
    return new EventIndex(store, { maxCount: 0, keepsLast: this.#keepsLast }, this.#numbers.clone())
  }

  #notBeforeLast(at: number): number {
    return this.end > this.first ? Math.max(at, this.at(this.end - 1)) : at
  }
}
