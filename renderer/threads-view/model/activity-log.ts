import {
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  operationFailed,
  operationNames,
  type ProcessView,
  type ThreadView,
  type WakeEvent,
  wakeOperationNames,
} from '@skein/threading/inspect'
import { EntryRing } from './entry-ring.ts'
import { objectValue, valueUnits } from './object-values.ts'

/** How many acts, and how many wakes, are remembered of each thread. */
const maxOperations = 32_768

/** How many values are remembered of each object, and how many changes of control of each thread. */
const maxValues = 4096
const maxControlChanges = 512

/** Kinds of objects are remembered after the objects are gone, up to so many. */
const maxKinds = 1024

/** How a thread is held by control from outside. */
export const controlCode = { none: 0, slowed: 1, paused: 2, stands: 3 } as const

/**
 * What the threads of one process did, whom they woke, how they were held, and what the objects held meanwhile: rings
 * of bounded size. What a reader that began anew tells a second time is not taken again.
 */
export class ActivityLog {
  /** Grows with every act and wake. */
  version = 0
  /** By thread: code is a place in `actNames`, value what the object held afterwards. */
  readonly #operations = new Map<number, EntryRing>()
  /** By waker: code is a place in `wakingNames`, value who was woken. */
  readonly #wakes = new Map<number, EntryRing>()
  /** By thread: code is one of `hold`. */
  readonly #controlChanges = new Map<number, EntryRing>()
  /** The number of each thread's newest act, and of its newest wake. */
  readonly #operationSequences = new Map<number, number>()
  readonly #wakeSequences = new Map<number, number>()
  /** By object. */
  readonly #series = new Map<number, EntryRing>()
  #kinds = new Map<number, ObjectKind>()
  #objects: readonly ObjectView[] | undefined
  #threads: readonly ThreadView[] | undefined

  /** About how much memory the rings take. */
  get bytes(): number {
    let bytes = 0
    for (const rings of [this.#operations, this.#wakes, this.#controlChanges, this.#series])
      for (const ring of rings.values()) bytes += ring.bytes
    return bytes
  }

  /** Takes what happened since the last look. */
  accept(view: ProcessView): void {
    const acts = view.operations.filter((act) => advanceSequence(this.#operationSequences, act))
    const wakes = view.wakes.filter((wake) => advanceSequence(this.#wakeSequences, wake))
    this.version += acts.length + wakes.length
    if (view.objects !== this.#objects) {
      for (const { id, kind } of view.objects) this.#kinds.set(id, kind)
    }
    for (const act of acts) {
      const code = operationNames.indexOf(act.act)
      ringFor(this.#operations, act.thread, maxOperations).push({ ...act, code })
    }
    for (const wake of wakes) {
      const code = wakeOperationNames.indexOf(wake.through)
      ringFor(this.#wakes, wake.thread, maxOperations).push({ ...wake, code, value: wake.woken })
    }
    this.#acceptValues(view, acts)
    if (view.threads !== this.#threads)
      for (const thread of view.threads) this.#acceptControl(thread, view.at)
    this.#threads = view.threads
    this.#objects = view.objects
  }

  operations(thread: number): EntryRing | undefined {
    return this.#operations.get(thread)
  }

  /** Who woke others, and whom. */
  wakesByThread(): ReadonlyMap<number, EntryRing> {
    return this.#wakes
  }

  controlChanges(thread: number): EntryRing | undefined {
    return this.#controlChanges.get(thread)
  }

  /** What an object held, each value from its time until the next. */
  series(object: number): EntryRing | undefined {
    return this.#series.get(object)
  }

  /** The kind of an object, also of one that is gone, for a while. */
  kindOf(object: number): ObjectKind | undefined {
    return this.#kinds.get(object)
  }

  /** Forgets what happened before a time, and what belongs to threads and objects that are gone. */
  forget(before: number): void {
    for (const rings of [this.#operations, this.#wakes]) {
      for (const [id, ring] of rings) {
        ring.forget(before)
        if (ring.first === ring.end) rings.delete(id)
      }
    }
    for (const rings of [this.#controlChanges, this.#series]) {
      // The value before the time still holds at it.
      for (const ring of rings.values())
        ring.forget(ring.at(Math.max(ring.first, ring.firstAtOrAfter(before) - 1)))
    }
  }

  /** Forgets threads and objects that are no longer known. */
  retain(threads: (id: number) => boolean, objects: (id: number) => boolean): void {
    for (const byThread of [
      this.#operations,
      this.#wakes,
      this.#controlChanges,
      this.#operationSequences,
      this.#wakeSequences,
    ]) {
      for (const id of byThread.keys()) if (!threads(id)) byThread.delete(id)
    }
    for (const id of this.#series.keys()) if (!objects(id)) this.#series.delete(id)
    if (this.#kinds.size <= maxKinds) return
    for (const id of this.#kinds.keys()) if (!objects(id)) this.#kinds.delete(id)
  }

  clone(): ActivityLog {
    const copy = new ActivityLog()
    copy.version = this.version
    copyRings(this.#operations, copy.#operations)
    copyRings(this.#wakes, copy.#wakes)
    copyRings(this.#controlChanges, copy.#controlChanges)
    copyRings(this.#series, copy.#series)
    copy.#kinds = new Map(this.#kinds)
    return copy
  }

  /** Acts tell what an object held to the microsecond, looks what no act told. */
  #acceptValues(view: ProcessView, acts: readonly OperationEvent[]): void {
    const told = acts.filter((act) => hasSeriesValue(act, this.#kinds.get(act.object)))
    for (const act of told.sort((a, b) => a.at - b.at)) this.#pushValue(act.object, act.at, act.value)
    if (view.objects === this.#objects) return
    for (const object of view.objects) {
      const value = seriesValue(object)
      if (value !== undefined) this.#pushValue(object.id, view.at, value)
    }
  }

  #pushValue(object: number, at: number, value: number): void {
    const ring = ringFor(this.#series, object, maxValues)
    if (ring.end > ring.first && ring.value(ring.end - 1) === value) return
    ring.push({ at, code: 0, object, value })
  }

  #acceptControl(thread: ThreadView, at: number): void {
    const code = controlCodeOf(thread)
    const known = this.#controlChanges.get(thread.id)
    const last = known && known.end > known.first ? known.code(known.end - 1) : controlCode.none
    if (code === last) return
    ringFor(this.#controlChanges, thread.id, maxControlChanges).push({
      at,
      code,
      object: thread.gate?.object ?? 0,
      value: 0,
    })
  }
}

function controlCodeOf(thread: ThreadView): number {
  if (thread.gate) return controlCode.stands
  if (thread.control === 'paused') return controlCode.paused
  return thread.slowness > 1 ? controlCode.slowed : controlCode.none
}

/** What is drawn of an object as a series, of a lock whether it is held; undefined where nothing could be counted. */
function seriesValue(object: ObjectView): number | undefined {
  const value = objectValue(object)
  return valueUnits[object.kind] === 'holder' ? Math.min(1, value ?? 0) : value
}

/** Whether an act's value is what `drawnValue` tells of an object of its kind. */
function hasSeriesValue({ act, value }: OperationEvent, kind: ObjectKind | undefined): boolean {
  if (value === operationFailed) return false
  switch (kind) {
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      return act === 'put' || act === 'get'
    case 'Semaphore':
    case 'BoundedSemaphore':
      return act === 'acquire' || act === 'release'
    case 'Lock':
      return act === 'acquire' || act === 'release'
    case 'Event':
      return act === 'set' || act === 'clear'
    case 'Cell':
      return act === 'write'
    default:
      return false
  }
}

/** Whether a thread's event was not told before. */
function advanceSequence(
  told: Map<number, number>,
  { thread, sequence }: OperationEvent | WakeEvent,
): boolean {
  if (sequence <= (told.get(thread) ?? 0)) return false
  told.set(thread, sequence)
  return true
}

function ringFor(rings: Map<number, EntryRing>, id: number, capacity: number): EntryRing {
  const known = rings.get(id)
  if (known) return known
  const ring = new EntryRing(capacity)
  rings.set(id, ring)
  return ring
}

function copyRings(from: ReadonlyMap<number, EntryRing>, to: Map<number, EntryRing>): void {
  for (const [id, ring] of from) to.set(id, ring.clone())
}
