import {
  type ActEvent,
  actNames,
  noSuccess,
  type ObjectKind,
  type ObjectView,
  type ProcessView,
  type ThreadView,
  type WakeEvent,
  wakingNames,
} from '../../../shared/threading/view.ts'
import { valueIn, valueNames } from '../recording/object-values.ts'
import { Ring } from './ring.ts'

/** How many acts, and how many wakes, are remembered of each thread. */
const remembered = 32_768

/** How many values are remembered of each object, and how many changes of control of each thread. */
const rememberedValues = 4096
const rememberedHolds = 512

/** Kinds of objects are remembered after the objects are gone, up to so many. */
const mostKinds = 1024

/** How a thread is held by control from outside. */
export const hold = { none: 0, slowed: 1, paused: 2, stands: 3 } as const

/**
 * What the threads of one process did, whom they woke, how they were held, and what the objects held meanwhile: rings
 * of bounded size. What a reader that began anew tells a second time is not taken again.
 */
export class Happenings {
  /** Grows with every act and wake. */
  version = 0
  /** By thread: code is a place in `actNames`, value what the object held afterwards. */
  readonly #acts = new Map<number, Ring>()
  /** By waker: code is a place in `wakingNames`, value who was woken. */
  readonly #wakes = new Map<number, Ring>()
  /** By thread: code is one of `hold`. */
  readonly #holds = new Map<number, Ring>()
  /** The number of each thread's newest act, and of its newest wake. */
  readonly #toldActs = new Map<number, number>()
  readonly #toldWakes = new Map<number, number>()
  /** By object. */
  readonly #series = new Map<number, Ring>()
  #kinds = new Map<number, ObjectKind>()
  #objects: readonly ObjectView[] | undefined
  #threads: readonly ThreadView[] | undefined

  /** About how much memory the rings take. */
  get bytes(): number {
    let bytes = 0
    for (const rings of [this.#acts, this.#wakes, this.#holds, this.#series])
      for (const ring of rings.values()) bytes += ring.bytes
    return bytes
  }

  /** Takes what happened since the last look. */
  accept(view: ProcessView): void {
    const acts = view.acts.filter((act) => isNew(this.#toldActs, act))
    const wakes = view.wakes.filter((wake) => isNew(this.#toldWakes, wake))
    this.version += acts.length + wakes.length
    if (view.objects !== this.#objects) {
      for (const { id, kind } of view.objects) this.#kinds.set(id, kind)
    }
    for (const act of acts) {
      const code = actNames.indexOf(act.act)
      ringOf(this.#acts, act.thread, remembered).push({ ...act, code })
    }
    for (const wake of wakes) {
      const code = wakingNames.indexOf(wake.through)
      ringOf(this.#wakes, wake.thread, remembered).push({ ...wake, code, value: wake.woken })
    }
    this.#acceptValues(view, acts)
    if (view.threads !== this.#threads) for (const thread of view.threads) this.#acceptHold(thread, view.at)
    this.#threads = view.threads
    this.#objects = view.objects
  }

  acts(thread: number): Ring | undefined {
    return this.#acts.get(thread)
  }

  /** Who woke others, and whom. */
  wakers(): ReadonlyMap<number, Ring> {
    return this.#wakes
  }

  holds(thread: number): Ring | undefined {
    return this.#holds.get(thread)
  }

  /** What an object held, each value from its time until the next. */
  series(object: number): Ring | undefined {
    return this.#series.get(object)
  }

  /** The kind of an object, also of one that is gone, for a while. */
  kindOf(object: number): ObjectKind | undefined {
    return this.#kinds.get(object)
  }

  /** Forgets what happened before a time, and what belongs to threads and objects that are gone. */
  forget(before: number): void {
    for (const rings of [this.#acts, this.#wakes]) {
      for (const [id, ring] of rings) {
        ring.forget(before)
        if (ring.first === ring.end) rings.delete(id)
      }
    }
    for (const rings of [this.#holds, this.#series]) {
      // The value before the time still holds at it.
      for (const ring of rings.values())
        ring.forget(ring.at(Math.max(ring.first, ring.firstFrom(before) - 1)))
    }
  }

  /** Forgets threads and objects that are no longer known. */
  keep(threads: (id: number) => boolean, objects: (id: number) => boolean): void {
    for (const byThread of [this.#acts, this.#wakes, this.#holds, this.#toldActs, this.#toldWakes]) {
      for (const id of byThread.keys()) if (!threads(id)) byThread.delete(id)
    }
    for (const id of this.#series.keys()) if (!objects(id)) this.#series.delete(id)
    if (this.#kinds.size <= mostKinds) return
    for (const id of this.#kinds.keys()) if (!objects(id)) this.#kinds.delete(id)
  }

  clone(): Happenings {
    const copy = new Happenings()
    copy.version = this.version
    copyRings(this.#acts, copy.#acts)
    copyRings(this.#wakes, copy.#wakes)
    copyRings(this.#holds, copy.#holds)
    copyRings(this.#series, copy.#series)
    copy.#kinds = new Map(this.#kinds)
    return copy
  }

  /** Acts tell what an object held to the microsecond, looks what no act told. */
  #acceptValues(view: ProcessView, acts: readonly ActEvent[]): void {
    const told = acts.filter((act) => tellsValue(act, this.#kinds.get(act.object)))
    for (const act of told.sort((a, b) => a.at - b.at)) this.#pushValue(act.object, act.at, act.value)
    if (view.objects === this.#objects) return
    for (const object of view.objects) {
      const value = drawnValue(object)
      if (value !== undefined) this.#pushValue(object.id, view.at, value)
    }
  }

  #pushValue(object: number, at: number, value: number): void {
    const ring = ringOf(this.#series, object, rememberedValues)
    if (ring.end > ring.first && ring.value(ring.end - 1) === value) return
    ring.push({ at, code: 0, object, value })
  }

  #acceptHold(thread: ThreadView, at: number): void {
    const code = holdOf(thread)
    const known = this.#holds.get(thread.id)
    const last = known && known.end > known.first ? known.code(known.end - 1) : hold.none
    if (code === last) return
    ringOf(this.#holds, thread.id, rememberedHolds).push({
      at,
      code,
      object: thread.gate?.object ?? 0,
      value: 0,
    })
  }
}

function holdOf(thread: ThreadView): number {
  if (thread.gate) return hold.stands
  if (thread.control === 'paused') return hold.paused
  return thread.slowness > 1 ? hold.slowed : hold.none
}

/** What is drawn of an object as a series, of a lock whether it is held; undefined where nothing could be counted. */
function drawnValue(object: ObjectView): number | undefined {
  const value = valueIn(object)
  return valueNames[object.kind] === 'holder' ? Math.min(1, value ?? 0) : value
}

/** Whether an act's value is what `drawnValue` tells of an object of its kind. */
function tellsValue({ act, value }: ActEvent, kind: ObjectKind | undefined): boolean {
  if (value === noSuccess) return false
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
function isNew(told: Map<number, number>, { thread, sequence }: ActEvent | WakeEvent): boolean {
  if (sequence <= (told.get(thread) ?? 0)) return false
  told.set(thread, sequence)
  return true
}

function ringOf(rings: Map<number, Ring>, id: number, capacity: number): Ring {
  const known = rings.get(id)
  if (known) return known
  const ring = new Ring(capacity)
  rings.set(id, ring)
  return ring
}

function copyRings(from: ReadonlyMap<number, Ring>, to: Map<number, Ring>): void {
  for (const [id, ring] of from) to.set(id, ring.clone())
}
