import { add, load } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import {
  control,
  header,
  instrumentationFlags,
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  objectKindCodes,
  operationCodes,
  operationEventCode,
  slotState,
  thread,
  threadAt,
  threadStates,
  traceEvent,
  traceEventAt,
  traceRingCapacity,
  waitOperationCodes,
  waitRecord,
  waitRecordAt,
  wakeEventCode,
} from '../core/layout.ts'
import { doubles, isLive, processName, readName, words } from '../core/memory.ts'
import { objectIds } from '../core/object-table.ts'
import { attachHandle } from '../core/primitive.ts'
import {
  emptyObjectFields,
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  type ProcessView,
  type StateEvent,
  type ThreadView,
  type WaitOperation,
  type WakeEvent,
  type WakeOperation,
  wakeOperationFor,
} from '../core/process-view.ts'
import { readError } from '../core/thread-slots.ts'
import { traceEventCountOf } from '../core/trace-ring.ts'
import { isDecided } from '../core/wait-list.ts'
import { Barrier } from '../primitives/barrier.ts'
import { Cell } from '../primitives/cell.ts'
import { Condition } from '../primitives/condition.ts'
import { Event } from '../primitives/event.ts'
import { OwnedLock } from '../primitives/owned-lock.ts'
import { Queue } from '../primitives/queue.ts'
import { Semaphore } from '../primitives/semaphore.ts'
import { RecordCopy } from './record-copy.ts'

interface Wait {
  readonly ident: number
  readonly object: number
  readonly operation: WaitOperation
  readonly isAsync: boolean
  readonly since: number
}

/**
 * A word may change and change back while it is read, which nothing tells afterwards: what was read is believed
 * no longer than this, in ms.
 */
const maxViewAge = 250

/**
 * Reads the process's memory as it is, without asking or stopping a thread. Each reader has its own place
 * in the trace rings: `events` of a look are those since the look before. While nothing happens, `threads` and
 * `objects` are the same arrays from look to look, so that looking often costs little.
 */
export class Inspector {
  /** The last event seen of each slot. */
  readonly #lastSequences: number[] = Array.from({ length: maxThreads }, () => 0)
  #dropped = 0
  readonly #records = new RecordCopy()
  #lastView: ProcessView | undefined
  #readAt = 0

  sample(): ProcessView {
    const at = now()
    if ((words[header.instrumentation]! & instrumentationFlags.operations) !== 0) add(header.sampleCount, 1)
    // Copied before they are read: what changes in the meantime is a change for the next look.
    const changed = this.#records.refresh()
    if (this.#lastView && !changed && Math.abs(at - this.#readAt) < maxViewAge) {
      return { ...this.#lastView, at, events: [], wakes: [], operations: [] }
    }
    this.#readAt = at
    this.#lastView = { ...snapshot(), ...this.#readRings(), dropped: this.#dropped }
    return this.#lastView
  }

  #readRings(): Pick<ProcessView, 'events' | 'wakes' | 'operations'> {
    const events: StateEvent[] = []
    const wakes: WakeEvent[] = []
    const performed: OperationEvent[] = []
    for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) {
      const newest = traceEventCountOf(slotNumber)
      const oldest = Math.max(this.#lastSequences[slotNumber]! + 1, newest - traceRingCapacity + 2)
      this.#dropped += oldest - this.#lastSequences[slotNumber]! - 1
      let afterGap = oldest > this.#lastSequences[slotNumber]! + 1
      for (let sequence = oldest; sequence <= newest; sequence++) {
        const read = readEvent(slotNumber, sequence, afterGap)
        if (read === undefined) this.#dropped++
        else if ('woken' in read) wakes.push(read)
        else if ('act' in read) performed.push(read)
        else events.push(read)
        afterGap = read === undefined || (afterGap && !('state' in read))
      }
      this.#lastSequences[slotNumber] = newest
    }
    return { events, wakes, operations: performed }
  }
}

/** The process as it is now, without its history. */
export function snapshot(): ProcessView {
  const waits = readWaits()
  return {
    process: processName(),
    at: now(),
    threads: startedSlots().map((slotNumber) => readThread(slotNumber, waits)),
    objects: readObjects(waits),
    events: [],
    wakes: [],
    operations: [],
    unrecordedCount: countUnrecorded(),
    dropped: 0,
  }
}

/** Undefined when the ring's writer came round in the meantime. */
function readEvent(
  slotNumber: number,
  sequence: number,
  afterGap: boolean,
): StateEvent | WakeEvent | OperationEvent | undefined {
  const record = traceEventAt(slotNumber, sequence)
  const mark = words[record + traceEvent.state]
  const read =
    mark === wakeEventCode
      ? readWakeEvent(record, sequence)
      : mark === operationEventCode
        ? readOperationEvent(record, sequence)
        : readStateEvent(record, sequence, afterGap)
  return traceEventCountOf(slotNumber) < sequence + traceRingCapacity - 1 ? read : undefined
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

/** Acts of all threads that were counted and not recorded. */
function countUnrecorded(): number {
  let count = 0
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    count += doubles[(threadAt(slotNumber) + thread.unrecordedCount) >> 1]!
  return count
}

/** What waiters of each list of a queue wait in. */
const queueWaitOperations = ['get', 'put', 'join'] as const

/** What ended a wait in a list of an object. */
function wakeOperationOf(id: number, list: number): WakeOperation {
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
  return kind === undefined || kind === 'SharedMemory'
    ? 'release'
    : wakeOperationFor(kind, queueWaitOperations[list] ?? 'get')
}

/** Slots that run a thread, or show one that has ended, in the order of their start. */
function startedSlots(): number[] {
  const slots: number[] = []
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) {
    const state = load(threadAt(slotNumber) + thread.slotState)
    const isThread =
      state === slotState.main ||
      state === slotState.taken ||
      state === slotState.ended ||
      state === slotState.dead
    if (isThread && load(threadAt(slotNumber) + thread.ident) !== 0) slots.push(slotNumber)
  }
  const order = (slotNumber: number) => words[threadAt(slotNumber) + thread.startSequence]!
  return slots.sort((one, other) => order(one) - order(other))
}

function readThread(slotNumber: number, waits: readonly Wait[]): ThreadView {
  const record = threadAt(slotNumber)
  const id = load(record + thread.ident)
  const state = readState(record)
  return {
    id,
    name: readName(record + thread.name),
    daemon: words[record + thread.daemon] === 1,
    ...state,
    awaiting: waits
      .filter((wait) => wait.isAsync && wait.ident === id)
      .map(({ object: waitedFor, operation }) => ({ object: waitedFor, operation })),
    ...readControl(record),
    error: readError(slotNumber),
  }
}

function readControl(record: number): Pick<ThreadView, 'control' | 'slowness' | 'gate'> {
  const act = operationCodes[load(record + thread.gateOperation)]
  return {
    control: load(record + thread.control) === control.free ? 'free' : 'paused',
    slowness: Math.max(1, words[record + thread.slowness]!),
    gate: act && { object: words[record + thread.gateObject]!, act },
  }
}

/** The fields that must be read together: again while their writer is at it. */
function readState(record: number): Pick<ThreadView, 'state' | 'since' | 'waiting' | 'until' | 'wokenBy'> {
  for (let tries = 0; ; tries++) {
    const version = load(record + thread.version)
    const operation = waitOperationCodes[words[record + thread.operation]!]
    const waitedFor = words[record + thread.object]!
    const until = doubles[(record + thread.deadline) >> 1]!
    const wokenBy = words[record + thread.wokenBy]!
    const read = {
      state: threadStates[words[record + thread.state]!] ?? 'Runnable',
      since: doubles[(record + thread.since) >> 1]!,
      waiting: operation === undefined ? undefined : { object: waitedFor, operation },
      until: until === 0 ? undefined : until,
      wokenBy: wokenBy === 0 ? undefined : { thread: wokenBy, object: words[record + thread.wokenThrough]! },
    }
    const isWhole = version % 2 === 0 && load(record + thread.version) === version
    if (isWhole || tries >= 100) return read
  }
}

/** All waits at this moment, the oldest first. */
function readWaits(): Wait[] {
  const waits: Wait[] = []
  for (let index = 0; index < maxWaitRecords; index++) {
    const record = waitRecordAt(index)
    const waitedFor = load(record + waitRecord.object)
    const operation = waitOperationCodes[words[record + waitRecord.operation]!]
    if (waitedFor === 0 || operation === undefined || isDecided(record)) continue
    const since = doubles[(record + waitRecord.since) >> 1]!
    const ident = words[record + waitRecord.ident]!
    waits.push({ ident, object: waitedFor, operation, isAsync: index >= maxThreads, since })
  }
  return waits.sort((one, other) => one.since - other.since)
}

function readObjects(waits: readonly Wait[]): ObjectView[] {
  const views: ObjectView[] = []
  const joinedThreads = Array.from({ length: maxThreads - 1 }, (_, index) => index + 1)
  for (const id of [...joinedThreads, ...objectIds()]) {
    const view = readObject(id, waits)
    if (view !== undefined) views.push(view)
  }
  return views
}

/** Undefined for what no thread waits for: plain memory, threads that nobody joins, objects that were just disposed of. */
function readObject(id: number, waits: readonly Wait[]): ObjectView | undefined {
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!]
  if (kind === undefined || kind === 'SharedMemory') return undefined
  const waiters = waits.filter((wait) => wait.object === id).map((wait) => wait.ident)
  if (kind === 'Thread' && waiters.length === 0) return undefined
  const common = { id, kind, name: readObjectName(id, kind), waiters }
  const fields = kind === 'Thread' ? {} : readFieldsIfLive(id)
  return fields && { ...common, ...emptyObjectFields, ...fields }
}

function readObjectName(id: number, kind: ObjectKind): string {
  return readName(kind === 'Thread' ? threadAt(id) + thread.name : objectAt(id) + object.name)
}

function readFieldsIfLive(id: number): Partial<ObjectView> | undefined {
  try {
    return readObjectFields(id)
  } catch (error) {
    if (!isLive(id)) return undefined
    throw error
  }
}

function readObjectFields(id: number): Partial<ObjectView> {
  const handle = attachHandle(id)
  if (handle instanceof OwnedLock) return { holder: handle.owner || undefined }
  if (handle instanceof Condition) return { holder: handle.lock.owner || undefined }
  if (handle instanceof Event) return { flag: handle.isSet() }
  if (handle instanceof Semaphore) return { permits: handle.value }
  if (handle instanceof Queue)
    return {
      depth: handle.qsize(),
      maxSize: handle.maxSize || undefined,
      unfinished: handle.unfinished,
    }
  if (handle instanceof Barrier) return { arrived: handle.waiting, parties: handle.parties }
  if (handle instanceof Cell) return { value: handle.peek(), lost: handle.lost }
  return {}
}
