import {
  type ActEvent,
  actNames,
  type ThreadState,
  type TraceEvent,
  type WakeEvent,
  wakingNames,
} from '../../../shared/threading/view.ts'
import { operationCode, operationOf, type StateCode, stateCode, stateNames } from '../states.ts'

/** Anything that a thread did: it changed its state, woke another, or did something to an object. */
export type RecordedEvent = TraceEvent | WakeEvent | ActEvent

export const isWake = (event: RecordedEvent): event is WakeEvent => 'woken' in event
export const isAct = (event: RecordedEvent): event is ActEvent => 'act' in event
export const isStateChange = (event: RecordedEvent): event is TraceEvent => 'state' in event

/** What an event of the ring is: a state that was entered (see `stateCode`), a wake or an act. */
export const eventMark = { wake: 6, act: 7 } as const

const chunkEvents = 2 ** 14

/** Bytes of one event in memory. */
export const eventBytes = 28

/** 60 s of 50,000 events a second fit: 3,145,728 events, 88 MB. */
const mostChunks = 192

export const maxEvents = mostChunks * chunkEvents

/** In `marks`: events of the thread from right before this one were overwritten unread. */
const gapBit = 8

/** The fields of events, each in an array of its own. */
class Chunk {
  readonly at = new Float64Array(chunkEvents)
  readonly thread = new Int32Array(chunkEvents)
  readonly sequence = new Int32Array(chunkEvents)
  readonly object = new Int32Array(chunkEvents)
  /** Who woke the thread, whom it woke, or the value of the act. */
  readonly value = new Int32Array(chunkEvents)
  readonly holding = new Uint16Array(chunkEvents)
  readonly marks = new Uint8Array(chunkEvents)
  readonly operations = new Uint8Array(chunkEvents)
  latest = Number.NEGATIVE_INFINITY
}

/**
 * Events in the order in which they came, in memory that grows by chunks up to a bound; then the oldest chunk goes.
 * Events are numbered from `first` to `end - 1`; the numbers grow for ever and stay with their events.
 * Invariant: what was written is never changed, so that a copy can share the chunks.
 */
export class EventRing {
  #chunks: Chunk[] = []
  readonly #mostChunks: number
  #first = 0
  #end = 0
  /** Events that had to go though they were still wanted. */
  dropped = 0

  constructor(most = maxEvents) {
    this.#mostChunks = Math.max(1, Math.ceil(most / chunkEvents))
  }

  get first(): number {
    return this.#first
  }

  get end(): number {
    return this.#end
  }

  get bytes(): number {
    return this.#chunks.length * chunkEvents * eventBytes
  }

  add(event: RecordedEvent): void {
    const chunk = this.#chunkForNext()
    const place = this.#end % chunkEvents
    chunk.at[place] = event.at
    chunk.thread[place] = event.thread
    chunk.sequence[place] = event.sequence
    chunk.object[place] = event.object
    chunk.latest = Math.max(chunk.latest, event.at)
    if (isWake(event)) {
      chunk.marks[place] = eventMark.wake
      chunk.operations[place] = wakingNames.indexOf(event.through)
      chunk.value[place] = event.woken
    } else if (isAct(event)) {
      chunk.marks[place] = eventMark.act
      chunk.operations[place] = actNames.indexOf(event.act)
      chunk.value[place] = event.value
      chunk.holding[place] = event.holding
    } else {
      chunk.marks[place] = stateCode[event.state] + (event.afterGap ? gapBit : 0)
      chunk.operations[place] = operationCode(event.operation)
      chunk.value[place] = event.by
    }
    this.#end++
  }

  /** Milliseconds since 1970. */
  at(number: number): number {
    return this.#chunkOf(number)?.at[number % chunkEvents] ?? 0
  }

  /** `eventMark.wake`, `eventMark.act`, or the code of the state that was entered. */
  mark(number: number): number {
    return (this.#chunkOf(number)?.marks[number % chunkEvents] ?? 0) & (gapBit - 1)
  }

  thread(number: number): number {
    return this.#chunkOf(number)?.thread[number % chunkEvents] ?? 0
  }

  object(number: number): number {
    return this.#chunkOf(number)?.object[number % chunkEvents] ?? 0
  }

  /** The event as it came. */
  read(number: number): RecordedEvent {
    const chunk = this.#chunkOf(number)
    if (chunk === undefined) throw new RangeError(`event ${number} is not recorded`)
    const place = number % chunkEvents
    const mark = chunk.marks[place] ?? 0
    const operation = chunk.operations[place] ?? 0
    const value = chunk.value[place] ?? 0
    const common = {
      thread: chunk.thread[place] ?? 0,
      sequence: chunk.sequence[place] ?? 0,
      at: chunk.at[place] ?? 0,
      object: chunk.object[place] ?? 0,
    }
    if (mark === eventMark.wake) return { ...common, woken: value, through: wakingNames[operation] ?? 'put' }
    if (mark === eventMark.act) {
      return { ...common, act: actNames[operation] ?? 'begin', value, holding: chunk.holding[place] ?? 0 }
    }
    return {
      ...common,
      afterGap: (mark & gapBit) !== 0,
      state: stateNames[(mark & (gapBit - 1)) as StateCode] as ThreadState,
      operation: operationOf(operation),
      by: value,
    }
  }

  /** Forgets chunks of which all is older than a time. */
  forget(before: number): void {
    while (this.#chunks.length > 1 && (this.#chunks[0]?.latest ?? 0) < before) this.#dropOldest()
  }

  /** What it holds now, for looking at while this one goes on. */
  clone(): EventRing {
    const copy = new EventRing(this.#mostChunks * chunkEvents)
    copy.#chunks = [...this.#chunks]
    copy.#first = this.#first
    copy.#end = this.#end
    copy.dropped = this.dropped
    return copy
  }

  #chunkForNext(): Chunk {
    if (this.#end % chunkEvents === 0) {
      this.#chunks.push(new Chunk())
      if (this.#chunks.length > this.#mostChunks) this.dropped += this.#dropOldest()
    }
    return this.#chunks[this.#chunks.length - 1]!
  }

  #chunkOf(number: number): Chunk | undefined {
    return this.#chunks[Math.floor((number - this.#first) / chunkEvents)]
  }

  #dropOldest(): number {
    this.#chunks.shift()
    this.#first += chunkEvents
    return chunkEvents
  }
}
