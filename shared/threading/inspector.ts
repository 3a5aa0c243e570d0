import { add, load } from './atomic.ts'
import { Barrier } from './barrier.ts'
import { Cell } from './cell.ts'
import { now } from './clock.ts'
import { Condition } from './condition.ts'
import { Event } from './event.ts'
import {
  actMark,
  acts,
  control,
  event,
  eventAt,
  header,
  maxNodes,
  maxThreads,
  node,
  nodeAt,
  object,
  objectAt,
  objectKinds,
  operations,
  ringEvents,
  slot,
  thread,
  threadAt,
  threadStates,
  wakeMark,
  watching,
} from './layout.ts'
import { OwnedLock } from './lock.ts'
import { doubles, processName, readName, words } from './memory.ts'
import { receive } from './primitive.ts'
import { Queue } from './queue.ts'
import { RecordCopy } from './record-copy.ts'
import { Semaphore } from './semaphore.ts'
import { readError } from './slots.ts'
import { tracedBy } from './trace.ts'
import {
  type ActEvent,
  endedThrough,
  noFields,
  type ObjectKind,
  type ObjectView,
  type Operation,
  type ProcessView,
  type ThreadView,
  type TraceEvent,
  type WakeEvent,
  type WakingOperation,
} from './view.ts'
import { isDecided } from './waiting.ts'

interface Wait {
  readonly ident: number
  readonly object: number
  readonly operation: Operation
  readonly isAsync: boolean
  readonly since: number
}

/**
 * A word may change and change back while it is read, which nothing tells afterwards: what was read is believed
 * no longer than this, in ms.
 */
const longestBelief = 250

/**
 * Reads the process's memory as it is, without asking or stopping a thread. Each reader has its own place
 * in the trace rings: `events` of a look are those since the look before. While nothing happens, `threads` and
 * `objects` are the same arrays from look to look, so that looking often costs little.
 */
export class Inspector {
  /** The last event seen of each slot. */
  readonly #seen: number[] = Array.from({ length: maxThreads }, () => 0)
  #dropped = 0
  readonly #records = new RecordCopy()
  #last: ProcessView | undefined
  #readAt = 0

  look(): ProcessView {
    const at = now()
    if ((words[header.watched]! & watching.acts) !== 0) add(header.looks, 1)
    // Copied before they are read: what changes in the meantime is a change for the next look.
    const changed = this.#records.take()
    if (this.#last && !changed && Math.abs(at - this.#readAt) < longestBelief) {
      return { ...this.#last, at, events: [], wakes: [], acts: [] }
    }
    this.#readAt = at
    this.#last = { ...snapshot(), ...this.#readRings(), dropped: this.#dropped }
    return this.#last
  }

  #readRings(): Pick<ProcessView, 'events' | 'wakes' | 'acts'> {
    const events: TraceEvent[] = []
    const wakes: WakeEvent[] = []
    const performed: ActEvent[] = []
    for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) {
      const newest = tracedBy(slotNumber)
      const oldest = Math.max(this.#seen[slotNumber]! + 1, newest - ringEvents + 2)
      this.#dropped += oldest - this.#seen[slotNumber]! - 1
      let afterGap = oldest > this.#seen[slotNumber]! + 1
      for (let sequence = oldest; sequence <= newest; sequence++) {
        const read = readEvent(slotNumber, sequence, afterGap)
        if (read === undefined) this.#dropped++
        else if ('woken' in read) wakes.push(read)
        else if ('act' in read) performed.push(read)
        else events.push(read)
        afterGap = read === undefined || (afterGap && !('state' in read))
      }
      this.#seen[slotNumber] = newest
    }
    return { events, wakes, acts: performed }
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
    acts: [],
    unmarked: countUnmarked(),
    dropped: 0,
  }
}

/** Undefined when the ring's writer came round in the meantime. */
function readEvent(
  slotNumber: number,
  sequence: number,
  afterGap: boolean,
): TraceEvent | WakeEvent | ActEvent | undefined {
  const record = eventAt(slotNumber, sequence)
  const mark = words[record + event.state]
  const read =
    mark === wakeMark
      ? readWake(record, sequence)
      : mark === actMark
        ? readAct(record, sequence)
        : readChange(record, sequence, afterGap)
  return tracedBy(slotNumber) < sequence + ringEvents - 1 ? read : undefined
}

function readChange(record: number, sequence: number, afterGap: boolean): TraceEvent {
  return {
    thread: words[record + event.ident]!,
    sequence,
    afterGap,
    at: doubles[(record + event.at) >> 1]!,
    state: threadStates[words[record + event.state]!] ?? 'Runnable',
    object: words[record + event.object]!,
    operation: operations[words[record + event.operation]!],
    by: words[record + event.by]!,
  }
}

function readWake(record: number, sequence: number): WakeEvent {
  const id = words[record + event.object]!
  return {
    thread: words[record + event.ident]!,
    sequence,
    at: doubles[(record + event.at) >> 1]!,
    woken: words[record + event.by]!,
    object: id,
    through: wakingOperation(id, words[record + event.operation]!),
  }
}

function readAct(record: number, sequence: number): ActEvent {
  return {
    thread: words[record + event.ident]!,
    sequence,
    at: doubles[(record + event.at) >> 1]!,
    object: words[record + event.object]!,
    act: acts[words[record + event.operation]!] ?? 'begin',
    value: words[record + event.by]!,
    holding: words[record + event.holding]!,
  }
}

/** Acts of all threads that were counted and not recorded. */
function countUnmarked(): number {
  let count = 0
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    count += doubles[(threadAt(slotNumber) + thread.unmarked) >> 1]!
  return count
}

/** What waiters of each list of a queue wait in. */
const queueLists = ['get', 'put', 'join'] as const

/** What ended a wait in a list of an object. */
function wakingOperation(id: number, list: number): WakingOperation {
  const kind = objectKinds[words[objectAt(id) + object.kind]!]
  return kind === undefined || kind === 'SharedMemory'
    ? 'release'
    : endedThrough(kind, queueLists[list] ?? 'get')
}

/** Slots that run a thread, or show one that has ended, in the order of their start. */
function startedSlots(): number[] {
  const slots: number[] = []
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++) {
    const state = load(threadAt(slotNumber) + thread.slot)
    const isThread =
      state === slot.main || state === slot.taken || state === slot.ended || state === slot.dead
    if (isThread && load(threadAt(slotNumber) + thread.ident) !== 0) slots.push(slotNumber)
  }
  const order = (slotNumber: number) => words[threadAt(slotNumber) + thread.order]!
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
  const act = acts[load(record + thread.gateAct)]
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
    const operation = operations[words[record + thread.operation]!]
    const waitedFor = words[record + thread.object]!
    const until = doubles[(record + thread.until) >> 1]!
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
  for (let index = 0; index < maxNodes; index++) {
    const record = nodeAt(index)
    const waitedFor = load(record + node.object)
    const operation = operations[words[record + node.operation]!]
    if (waitedFor === 0 || operation === undefined || isDecided(record)) continue
    const since = doubles[(record + node.since) >> 1]!
    const ident = words[record + node.ident]!
    waits.push({ ident, object: waitedFor, operation, isAsync: index >= maxThreads, since })
  }
  return waits.sort((one, other) => one.since - other.since)
}

function readObjects(waits: readonly Wait[]): ObjectView[] {
  const views: ObjectView[] = []
  const count = load(header.nextObject)
  for (let id = 1; id < count; id++) {
    const view = readObject(id, waits)
    if (view !== undefined) views.push(view)
  }
  return views
}

/** Undefined for what is nothing to wait for: unused records, plain memory, threads that nobody joins. */
function readObject(id: number, waits: readonly Wait[]): ObjectView | undefined {
  const kind = objectKinds[words[objectAt(id) + object.kind]!]
  if (kind === undefined || kind === 'SharedMemory') return undefined
  const waiters = waits.filter((wait) => wait.object === id).map((wait) => wait.ident)
  if (kind === 'Thread' && waiters.length === 0) return undefined
  const common = { id, kind, name: readObjectName(id, kind), waiters }
  return { ...common, ...noFields, ...(kind === 'Thread' ? {} : readFields(id)) }
}

function readObjectName(id: number, kind: ObjectKind): string {
  return readName(kind === 'Thread' ? threadAt(id) + thread.name : objectAt(id) + object.name)
}

function readFields(id: number): Partial<ObjectView> {
  const handle = receive(id)
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
