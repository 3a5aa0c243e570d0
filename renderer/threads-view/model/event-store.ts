import {
  type OperationEvent,
  operationNames,
  type StateEvent,
  type ThreadState,
  type WakeEvent,
  wakeOperationNames,
} from '@skein/threading/inspect'
import { EventIndex } from './event-index.ts'
import { operationCode, operationFromCode, type StateCode, stateCode, stateNames } from './state-codes.ts'

/** A thread changed its state, woke another thread, or called an operation of an object. */
export type RecordedEvent = StateEvent | WakeEvent | OperationEvent

export const isWakeEvent = (event: RecordedEvent): event is WakeEvent => 'woken' in event
export const isOperationEvent = (event: RecordedEvent): event is OperationEvent => 'act' in event
export const isStateEvent = (event: RecordedEvent): event is StateEvent => 'state' in event

/** What an event of the store is: a wake-up, an operation, or a state that was entered (see `stateCode`). */
export const eventTypeCode = { wake: 7, operation: 8 } as const

const eventsPerChunk = 2 ** 14

/** Bytes of one event in memory. */
export const eventBytes = 28

/** 60 s of 50,000 events a second fit: 3,145,728 events, 88 MB. */
const maxChunks = 192

export const maxEvents = maxChunks * eventsPerChunk

/** In `typeCodes`: the thread's events right before this one were overwritten unread. */
const gapBit = 16

/** In `typeCodes`: the thread did not report this event; it was inferred from what a sample showed. */
const inferredBit = 32

const typeMask = gapBit - 1

/** The fields of events, each in an array of its own. */
class Chunk {
  readonly at = new Float64Array(eventsPerChunk)
  readonly thread = new Int32Array(eventsPerChunk)
  readonly sequence = new Int32Array(eventsPerChunk)
  readonly object = new Int32Array(eventsPerChunk)
  /** The thread that woke this one, the thread that was woken, or the value of the operation. */
  readonly value = new Int32Array(eventsPerChunk)
  readonly holding = new Uint16Array(eventsPerChunk)
  readonly typeCodes = new Uint8Array(eventsPerChunk)
  readonly operations = new Uint8Array(eventsPerChunk)
  latest = Number.NEGATIVE_INFINITY
  inferredCount = 0
}

/**
 * Everything that the threads of a process did, in the order in which it was read, in memory that grows by chunks up to
 * a maximum; then the oldest chunk is dropped. Events are numbered from `first` to `end - 1`; a number stays with its
 * event. The views of the store (`EventIndex`) hold numbers of events.
 * Invariant: what was written never changes, so that a copy can share the chunks.
 */
export class EventStore {
  #chunks: Chunk[] = []
  readonly #maxChunks: number
  readonly #indexes = new Set<EventIndex>()
  #first = 0
  #end = 0
  /** The number of events that were dropped because there were too many, though they were not too old. */
  dropped = 0

  constructor(maxCount = maxEvents) {
    this.#maxChunks = Math.max(1, Math.ceil(maxCount / eventsPerChunk))
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#chunks.length * eventsPerChunk * eventBytes
  }

  /** Makes a view that the store keeps free of events that it drops. */
  createIndex(options: ConstructorParameters<typeof EventIndex>[1]): EventIndex {
    const index = new EventIndex(this, options)
    this.#indexes.add(index)
    return index
  }

  removeIndex(index: EventIndex): void {
    this.#indexes.delete(index)
  }

  /** Returns the event's number. */
  add(event: RecordedEvent, isInferred: boolean): number {
    const chunk = this.#chunkForNext()
    const index = this.#end % eventsPerChunk
    chunk.at[index] = event.at
    chunk.thread[index] = event.thread
    chunk.sequence[index] = event.sequence
    chunk.object[index] = event.object
    chunk.latest = Math.max(chunk.latest, event.at)
    if (isWakeEvent(event)) {
      chunk.typeCodes[index] = eventTypeCode.wake
      chunk.operations[index] = wakeOperationNames.indexOf(event.through)
      chunk.value[index] = event.woken
    } else if (isOperationEvent(event)) {
      chunk.typeCodes[index] = eventTypeCode.operation
      chunk.operations[index] = operationNames.indexOf(event.act)
      chunk.value[index] = event.value
      chunk.holding[index] = event.holding
    } else {
      chunk.typeCodes[index] = stateCode[event.state] | (event.afterGap ? gapBit : 0)
      chunk.operations[index] = operationCode(event.operation)
      chunk.value[index] = event.by
    }
    if (isInferred) markInferred(chunk, index)
    return this.#end++
  }

  /** Adds an inferred event: the thread's state is unknown from a time on. Returns its number. */
  addUnknownState(thread: number, at: number): number {
    const event = { thread, at, sequence: 0, object: 0, operation: undefined, by: 0, afterGap: false }
    const number = this.add({ ...event, state: 'New' }, true)
    this.#setTypeCode(number, stateCode.unknown | inferredBit)
    return number
  }

  /** Copies an event that is about to be dropped, so that it stays. Returns the copy's number. */
  copyToEnd(number: number): number {
    const typeCode = this.#typeBits(number)
    const copied = this.add(this.read(number), true)
    this.#setTypeCode(copied, typeCode | inferredBit)
    return copied
  }

  /** Milliseconds since 1970. */
  at(number: number): number {
    return this.#chunkOf(number)?.at[number % eventsPerChunk] ?? 0
  }

  /** One of `eventTypeCode`, or the code of the state that was entered. */
  typeCode(number: number): number {
    return this.#typeBits(number) & typeMask
  }

  isInferred(number: number): boolean {
    return (this.#typeBits(number) & inferredBit) !== 0
  }

  thread(number: number): number {
    return this.#chunkOf(number)?.thread[number % eventsPerChunk] ?? 0
  }

  object(number: number): number {
    return this.#chunkOf(number)?.object[number % eventsPerChunk] ?? 0
  }

  operationCode(number: number): number {
    return this.#chunkOf(number)?.operations[number % eventsPerChunk] ?? 0
  }

  value(number: number): number {
    return this.#chunkOf(number)?.value[number % eventsPerChunk] ?? 0
  }

  /** The event as the thread reported it. */
  read(number: number): RecordedEvent {
    const chunk = this.#chunkOf(number)
    if (chunk === undefined) throw new RangeError(`event ${number} is not recorded`)
    const index = number % eventsPerChunk
    const typeCode = (chunk.typeCodes[index] ?? 0) & typeMask
    const operation = chunk.operations[index] ?? 0
    const value = chunk.value[index] ?? 0
    const common = {
      thread: chunk.thread[index] ?? 0,
      sequence: chunk.sequence[index] ?? 0,
      at: chunk.at[index] ?? 0,
      object: chunk.object[index] ?? 0,
    }
    if (typeCode === eventTypeCode.wake)
      return { ...common, woken: value, through: wakeOperationNames[operation] ?? 'put' }
    if (typeCode === eventTypeCode.operation) {
      const act = operationNames[operation] ?? 'begin'
      return { ...common, act, value, holding: chunk.holding[index] ?? 0 }
    }
    return {
      ...common,
      afterGap: ((chunk.typeCodes[index] ?? 0) & gapBit) !== 0,
      state: stateNames[typeCode as StateCode] as ThreadState,
      operation: operationFromCode(operation),
      by: value,
    }
  }

  /** Drops the chunks whose events are all older than a time. */
  forget(before: number): void {
    while (this.#chunks.length > 1 && (this.#chunks[0]?.latest ?? 0) < before) this.#dropOldest()
  }

  /** Returns a copy of the present state, to be read while this one goes on. */
  clone(): EventStore {
    const copy = new EventStore(this.#maxChunks * eventsPerChunk)
    copy.#chunks = [...this.#chunks]
    copy.#first = this.#first
    copy.#end = this.#end
    copy.dropped = this.dropped
    return copy
  }

  #chunkForNext(): Chunk {
    // Dropping the oldest chunk may add copies of its events: they go into the new chunk.
    if (this.#end === this.#first + this.#chunks.length * eventsPerChunk) {
      this.#chunks.push(new Chunk())
      if (this.#chunks.length > this.#maxChunks) this.dropped += this.#dropOldest()
    }
    return this.#chunks[this.#chunks.length - 1]!
  }

  #chunkOf(number: number): Chunk | undefined {
    return this.#chunks[Math.floor((number - this.#first) / eventsPerChunk)]
  }

  #typeBits(number: number): number {
    return this.#chunkOf(number)?.typeCodes[number % eventsPerChunk] ?? 0
  }

  #setTypeCode(number: number, typeCode: number): void {
    const chunk = this.#chunkOf(number)
    if (chunk !== undefined) chunk.typeCodes[number % eventsPerChunk] = typeCode
  }

  /** Returns how many reported events were dropped. */
  #dropOldest(): number {
    const firstKept = this.#first + eventsPerChunk
    for (const index of this.#indexes) index.dropBelow(firstKept)
    const dropped = this.#chunks.shift()
    this.#first = firstKept
    return eventsPerChunk - (dropped?.inferredCount ?? 0)
  }
}

function markInferred(chunk: Chunk, index: number): void {
  chunk.typeCodes[index] = (chunk.typeCodes[index] ?? 0) | inferredBit
  chunk.inferredCount++
}
