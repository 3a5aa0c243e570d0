import {
  maxThreads,
  object,
  objectAt,
  objectKindCodes,
  operationCodes,
  operationEventCode,
  threadStates,
  traceEvent,
  traceEventAt,
  traceRingCapacity,
  waitOperationCodes,
  wakeEventCode,
} from '../core/layout.ts'
import { doubles, words } from '../core/memory.ts'
import { compareWrapping } from '../core/numbers.ts'
import { traceEventCountOf } from '../core/trace-ring.ts'
import { type WakeOperation, wakeOperationFor } from '../core/vocabulary.ts'
import type { OperationEvent, StateEvent, WakeEvent } from './process-view.ts'

type TraceEvent = StateEvent | WakeEvent | OperationEvent

/** The events of all threads since the previous read, and how many were lost so far. */
export interface TraceEvents {
  readonly events: readonly StateEvent[]
  readonly wakes: readonly WakeEvent[]
  readonly operations: readonly OperationEvent[]
  readonly dropped: number
}

/**
 * Reads the trace rings from where it stopped the last time. Its position is its own: readers do not affect each other.
 */
export class TraceReader {
  /** The sequence number of the last event read from each slot. It does not wrap like the count in the ring. */
  readonly #lastSequences: number[] = Array.from({ length: maxThreads }, () => 0)
  #dropped = 0

  readNew(): TraceEvents {
    const events: StateEvent[] = []
    const wakes: WakeEvent[] = []
    const operations: OperationEvent[] = []
    for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) {
      for (const event of this.#readRing(slotNumber)) {
        if ('woken' in event) wakes.push(event)
        else if ('act' in event) operations.push(event)
        else events.push(event)
      }
    }
    return { events, wakes, operations, dropped: this.#dropped }
  }

  #readRing(slotNumber: number): TraceEvent[] {
    const found: TraceEvent[] = []
    const last = this.#lastSequences[slotNumber]!
    const newest = last + ((traceEventCountOf(slotNumber) - last) >>> 0)
    const oldest = Math.max(last + 1, newest - traceRingCapacity + 2)
    this.#dropped += oldest - last - 1
    let afterGap = oldest > last + 1
    for (let sequence = oldest; sequence <= newest; sequence++) {
      const event = readEvent(slotNumber, sequence, afterGap)
      if (event === undefined) this.#dropped++
      else found.push(event)
      afterGap = event === undefined || (afterGap && !('state' in event))
    }
    this.#lastSequences[slotNumber] = newest
    return found
  }
}

/** Undefined when the event may have been overwritten while it was read. */
function readEvent(slotNumber: number, sequence: number, afterGap: boolean): TraceEvent | undefined {
  const record = traceEventAt(slotNumber, sequence)
  const code = words[record + traceEvent.state]
  const event =
    code === wakeEventCode
      ? readWakeEvent(record, sequence)
      : code === operationEventCode
        ? readOperationEvent(record, sequence)
        : readStateEvent(record, sequence, afterGap)
  const laterEvents = compareWrapping(traceEventCountOf(slotNumber), sequence)
  return laterEvents < traceRingCapacity - 1 ? event : undefined
}

function readStateEvent(record: number, sequence: number, afterGap: boolean): StateEvent {
  return {
    thread: words[record + traceEvent.ident]!,
    sequence,
    afterGap,
    at: doubles[(record + traceEvent.at) >> 1]!,
    state: threadStates[words[record + traceEvent.state]!] ?? 'Runnable',
    object: words[record + traceEvent.object]!,
    operation: waitOperationCodes[words[record + traceEvent.operation]!],
    by: words[record + traceEvent.by]!,
  }
}

function readWakeEvent(record: number, sequence: number): WakeEvent {
  const id = words[record + traceEvent.object]!
  return {
    thread: words[record + traceEvent.ident]!,
    sequence,
    at: doubles[(record + traceEvent.at) >> 1]!,
    woken: words[record + traceEvent.by]!,
    object: id,
    through: wakeOperationOf(id, words[record + traceEvent.operation]!),
  }
}

function readOperationEvent(record: number, sequence: number): OperationEvent {
  return {
    thread: words[record + traceEvent.ident]!,
    sequence,
    at: doubles[(record + traceEvent.at) >> 1]!,
    object: words[record + traceEvent.object]!,
    act: operationCodes[words[record + traceEvent.operation]!] ?? 'begin',
    value: words[record + traceEvent.by]!,
    holding: words[record + traceEvent.holding]!,
  }
}

/** The operation that the waiters of each list of a queue wait in. */
const queueWaitOperations = ['get', 'put', 'join'] as const

/** The operation that ended a wait in a list of an object. */
function wakeOperationOf(id: number, list: number): WakeOperation {
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
  return kind === undefined || kind === 'SharedMemory'
    ? 'release'
    : wakeOperationFor(kind, queueWaitOperations[list] ?? 'get')
}
