import { compareAndSet, load, store } from '../core/atomic.ts'
import { ShutDown } from '../core/errors.ts'
import { enterGuard, enterLive, leaveGuard } from '../core/guard.ts'
import { HandleRef, type PrimitiveKind } from '../core/kind-registry.ts'
import { me, words } from '../core/memory.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { discard, type Encoded } from '../heap/codec.ts'
import { free } from '../heap/heap.ts'
import { QueueCounters } from './queue-counters.ts'
import { encodedWords, SlotRing } from './slot-ring.ts'

/**
 * What a queue holds: items in a ring of slots, and two guards (the two-lock queue of Michael and Scott, 1996). Producers
 * and consumers meet only in two counters. Nothing here waits for room or for an item: see queue.ts.
 *
 *   field          what it holds                        who writes it
 *   -------------  -----------------------------------  ---------------------------------------------------------
 *   producersRing  the ring's address, for producers    the thread that makes the queue or widens the ring
 *   maxSize        the bound, 0 for none                the thread that makes the queue
 *   done           calls of `taskDone`, wrapping        any thread, by compare-and-set
 *   isShutDown     1 after `shutdown`                   any thread, in both guards
 *   putGuard       ident of the thread inside, or 0     producers
 *   added          items ever put, wrapping             a producer in `putGuard`
 *   getGuard       ident of the thread inside, or 0     consumers
 *   taken          items ever got, wrapping             a consumer in `getGuard`
 *   consumersRing  the ring's address, for consumers    like producersRing
 *
 * Producers write to the object's first cache line, consumers to the second. The ring is replaced in both guards. A kind
 * that puts and gets at the same end uses `putGuard` for both.
 */

const producersRingField = 0
const maxSizeField = 1
const doneField = 2
const shutDownField = 3
const putGuardField = 5
const addedField = 6
const getGuardField = 7
const takenField = 8
const consumersRingField = 9

/** The fields with the guards of a queue. */
export const queueGuardFields = [putGuardField, getGuardField] as const

const initialCapacity = 16

export interface QueueOptions extends NameOptions {
  /** The maximum number of items; 0 or less is unbounded. */
  readonly maxSize?: number
}

/** How a kind of queue keeps its items. */
export interface ItemLayout {
  /** Words of a slot: those of an encoded item, and what the kind needs beside them. */
  readonly slotWords: number
  /** Whether `putItem` and `getItem` change the same slots, and so exclude each other. */
  readonly sharesGuard: boolean
}

/** An item to put, as it is and as it lies in shared memory. */
export interface NewItem {
  readonly item: unknown
  readonly encoded: Encoded
}

export abstract class QueueStorage extends Primitive {
  protected readonly ring: SlotRing
  protected readonly counters: QueueCounters
  readonly #putGuard: number
  readonly #getGuard: number

  constructor(options: QueueOptions | HandleRef, kind: PrimitiveKind) {
    if (!(options instanceof HandleRef)) checkMaxSize(options.maxSize ?? 0)
    super(kind, options)
    const { slotWords, sharesGuard } = this.initItems()
    this.ring = new SlotRing(this.field(producersRingField), this.field(consumersRingField), slotWords)
    this.counters = new QueueCounters(this.field(addedField), this.field(takenField))
    this.#putGuard = this.field(putGuardField)
    this.#getGuard = sharesGuard ? this.#putGuard : this.field(getGuardField)
    if (options instanceof HandleRef) return
    words[this.field(maxSizeField)] = Math.max(0, options.maxSize ?? 0)
    this.initialize(() => this.ring.open(initialCapacity))
  }

  /** The bound, 0 when unbounded. */
  protected get bound(): number {
    return words[this.field(maxSizeField)]!
  }

  /** CPython's `unfinished_tasks`. */
  protected get unfinishedTasks(): number {
    const done = load(this.field(doneField))
    return (this.counters.added - done) | 0
  }

  protected get isShutDown(): boolean {
    return load(this.field(shutDownField)) === 1
  }

  // The four methods in which kinds of queue differ, and one for recovery.

  /** Says how the items lie. (CPython's `_init`.) */
  protected initItems(): ItemLayout {
    return { slotWords: encodedWords, sharesGuard: false }
  }

  /** Counts the items. (CPython's `_qsize`.) */
  protected countItems(): number {
    return this.counters.size
  }

  /** Stores an item. There is room, and the producers' guard is held. (CPython's `_put`.) */
  protected putItem({ encoded }: NewItem): void {
    this.ring.writeItem(this.counters.added, encoded)
    this.counters.countPut()
  }

  /** Takes the next item. There is one, and the consumers' guard is held. (CPython's `_get`.) */
  protected getItem(): Encoded {
    const encoded = this.ring.readItem(this.counters.taken)
    this.counters.countGet()
    return encoded
  }

  /** Repairs items that a dead thread left half moved. The guard that it was in is held. */
  protected repairItems(): void {}

  /** Puts the item if there is room, and returns whether it did. Throws ShutDown, whether there is room or not. */
  protected tryPut(item: NewItem): boolean {
    for (;;) {
      enterLive(this.#putGuard, this.id)
      const isShutDown = this.isShutDown
      const hasRoom = !isShutDown && this.counters.isBelow(this.bound || Infinity)
      const hasSlot = hasRoom && this.counters.isBelow(this.ring.capacity)
      if (hasSlot) this.putItem(item)
      leaveGuard(this.#putGuard)
      if (isShutDown) throw this.shutDownError()
      if (hasSlot || !hasRoom) return hasSlot
      this.#widenRing()
    }
  }

  /** Takes the next item if there is one. Throws ShutDown when there will be none. */
  protected tryGet(): Encoded | undefined {
    enterLive(this.#getGuard, this.id)
    const encoded = this.counters.hasItem() ? this.getItem() : undefined
    leaveGuard(this.#getGuard)
    if (encoded === undefined && this.isShutDown && this.countItems() === 0) throw this.shutDownError()
    return encoded
  }

  /** Counts one item as done, unless all are. Returns whether it did. */
  protected tryMarkDone(): boolean {
    for (;;) {
      const done = load(this.field(doneField))
      if (this.counters.added === done) return false
      if (compareAndSet(this.field(doneField), done, (done + 1) | 0)) return true
    }
  }

  /** Shuts the queue down. Returns the items that it dropped, which the caller discards. */
  protected shutDownStorage(immediate: boolean): Encoded[] {
    this.#enterBothGuards()
    store(this.field(shutDownField), 1)
    const dropped = immediate ? this.#getAllItems() : []
    this.#leaveBothGuards()
    return dropped
  }

  protected shutDownError(): ShutDown {
    return new ShutDown(`${this.name} is shut down`)
  }

  /** Ends what a dead thread did in a guard, and frees the guard. */
  protected recoverStorage(dead: number): void {
    if (compareAndSet(this.#putGuard, dead, me)) {
      this.ring.recover()
      this.repairItems()
      leaveGuard(this.#putGuard)
    }
    compareAndSet(this.#getGuard, dead, 0)
  }

  /** Frees the items, then the ring. A thread that enters a guard later finds that the queue was retired. */
  protected override freeBlocks(): void {
    enterGuard(this.#putGuard)
    this.#enterOtherGuard()
    const dropped = this.#getAllItems()
    this.#leaveBothGuards()
    for (const encoded of dropped) discard(encoded)
    this.ring.close()
  }

  #getAllItems(): Encoded[] {
    const items: Encoded[] = []
    while (this.counters.hasItem()) items.push(this.getItem())
    return items
  }

  #widenRing(): void {
    const wider = this.ring.allocateWider()
    this.#enterBothGuards()
    const unused = this.ring.replace(wider)
    this.#leaveBothGuards()
    free(unused)
  }

  #enterBothGuards(): void {
    enterLive(this.#putGuard, this.id)
    this.#enterOtherGuard()
  }

  #enterOtherGuard(): void {
    if (this.#getGuard !== this.#putGuard) enterGuard(this.#getGuard)
  }

  #leaveBothGuards(): void {
    if (this.#getGuard !== this.#putGuard) leaveGuard(this.#getGuard)
    leaveGuard(this.#putGuard)
  }
}

function checkMaxSize(maxSize: number): void {
  if (!Number.isInteger(maxSize)) throw new TypeError('maxSize is a whole number')
}
