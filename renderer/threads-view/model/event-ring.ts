import {
  type OperationEvent,
  operationNames,
  type StateEvent,
  type ThreadState,
  type WakeEvent,
  wakeOperationNames,
} from '@skein/threading/inspect'
import { operationCode, operationFromCode, type StateCode, stateCode, stateNames } from './state-codes.ts'

/** Anything that a thread did: it changed its state, woke another, or did something to an object. */
export type RecordedEvent = StateEvent | WakeEvent | OperationEvent

export const isWakeEvent = (event: RecordedEvent): event is WakeEvent => 'woken' in event
export const isOperationEvent = (event: RecordedEvent): event is OperationEvent => 'act' in event
export const isStateEvent = (event: RecordedEvent): event is StateEvent => 'state' in event

/** What an event of the ring is: a state that was entered (see `stateCode`), a wake or an act. */
export const eventTypeCode = { wake: 6, act: 7 } as const

const eventsPerChunk = 2 ** 14

/** Bytes of one event in memory. */
export const eventBytes = 28

/** 60 s of 50,000 events a second fit: 3,145,728 events, 88 MB. */
const maxChunks = 192

export const maxEvents = maxChunks * eventsPerChunk

/** In `marks`: events of the thread from right before this one were overwritten unread. */
const gapBit = 8

/** The fields of events, each in an array of its own. */
class Chunk {
  readonly at = new Float64Array(eventsPerChunk)
  readonly thread = new Int32Array(eventsPerChunk)
  readonly sequence = new Int32Array(eventsPerChunk)
  readonly object = new Int32Array(eventsPerChunk)
  /** Who woke the thread, whom it woke, or the value of the act. */
  readonly value = new Int32Array(eventsPerChunk)
  readonly holding = new Uint16Array(eventsPerChunk)
  readonly typeCodes = new Uint8Array(eventsPerChunk)
  readonly operations = new Uint8Array(eventsPerChunk)
  latest = Number.NEGATIVE_INFINITY
}

/**
 * Events in the order in which they came, in memory that grows by chunks up to a bound; then the oldest chunk goes.
 * Events are numbered from `first` to `end - 1`; the numbers grow for ever and stay with their events.
 * Invariant: what was written is never changed, so that a copy can share the chunks.
 */
export class EventRing {
  #chunks: Chunk[] = []
  readonly #maxChunks: number
  #first = 0
  #end = 0
  /** Events that had to go though they were still wanted. */
  dropped = 0

  constructor(most = maxEvents) {
    this.#maxChunks = Math.max(1, Math.ceil(most / eventsPerChunk))
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

  add(event: RecordedEvent): void {
    const chunk = this.#chunkForNext()
    const place = this.#end % eventsPerChunk
    chunk.at[place] = event.at
    chunk.thread[place] = event.thread
    chunk.sequence[place] = event.sequence
    chunk.object[place] = event.object
    chunk.latest = Math.max(chunk.latest, event.at)
    if (isWakeEvent(event)) {
      chunk.typeCodes[place] = eventTypeCode.wake
      chunk.operations[place] = wakeOperationNames.indexOf(event.through)
      chunk.value[place] = event.woken
    } else if (isOperationEvent(event)) {
      chunk.typeCodes[place] = eventTypeCode.act
      chunk.operations[place] = operationNames.indexOf(event.act)
      chunk.value[place] = event.value
      chunk.holding[place] = event.holding
    } else {
      chunk.typeCodes[place] = stateCode[event.state] + (event.afterGap ? gapBit : 0)
      chunk.operations[place] = operationCode(event.operation)
      chunk.value[place] = event.by
    }
    this.#end++
  }

  /** Milliseconds since 1970. */
  at(number: number): number {
    return this.#chunkOf(number)?.at[number % eventsPerChunk] ?? 0
  }

  /** `eventMark.wake`, `eventMark.act`, or the code of the state that was entered. */
  typeCode(number: number): number {
    return (this.#chunkOf(number)?.typeCodes[number % eventsPerChunk] ?? 0) & (gapBit - 1)
  }

  thread(number: number): number {
    return this.#chunkOf(number)?.thread[number % eventsPerChunk] ?? 0
  }

  object(number: number): number {
    return this.#chunkOf(number)?.object[number % eventsPerChunk] ?? 0
  }

  /** The event as it came. */
  read(number: number): RecordedEvent {
    const chunk = this.#chunkOf(number)
    if (chunk === undefined) throw new RangeError(`event ${number} is not recorded`)
    const place = number % eventsPerChunk
    const mark = chunk.typeCodes[place] ?? 0
    const operation = chunk.operations[place] ?? 0
    const value = chunk.value[place] ?? 0
    const common = {
      thread: chunk.thread[place] ?? 0,
      sequence: chunk.sequence[place] ?? 0,
      at: chunk.at[place] ?? 0,
      object: chunk.object[place] ?? 0,
    }
    if (mark === eventTypeCode.wake)
      return { ...common, woken: value, through: wakeOperationNames[operation] ?? 'put' }
    if (mark === eventTypeCode.act) {
      return {
        ...common,
        act: operationNames[operation] ?? 'begin',
        value,
        holding: chunk.holding[place] ?? 0,
      }
    }
    return {
      ...common,
      afterGap: (mark & gapBit) !== 0,
      state: stateNames[(mark & (gapBit - 1)) as StateCode] as ThreadState,
      operation: operationFromCode(operation),
      by: value,
    }
  }

  /** Forgets chunks of which all is older than a time. */
  forget(before: number): void {
    while (this.#chunks.length > 1 && (this.#chunks[0]?.latest ?? 0) < before) this.#dropOldest()
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): EventRing {
    const copy = new EventRing(this.#maxChunks * eventsPerChunk)
    copy.#chunks = [...this.#chunks]
    copy.#first = this.#first
    copy.#end = this.#end
    copy.dropped = this.dropped
    return copy
  }

  #chunkForNext(): Chunk {
    if (this.#end % eventsPerChunk === 0) {
      this.#chunks.push(new Chunk())
      if (this.#chunks.length > this.#maxChunks) this.dropped += this.#dropOldest()
    }
    return this.#chunks[this.#chunks.length - 1]!
  }

  #chunkOf(number: number): Chunk | undefined {
    return this.#chunks[Math.floor((number - this.#first) / eventsPerChunk)]
  }

  #dropOldest(): number {
    this.#chunks.shift()
    this.#first += eventsPerChunk
    return eventsPerChunk
  }
}
