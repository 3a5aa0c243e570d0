import { compareAndSet, load, store } from '../core/atomic.ts'
import { MemoryError, RuntimeError, ShutDown } from '../core/errors.ts'
import { enterGuard, enterLive, leaveGuard } from '../core/guard.ts'
import { HandleRef, type PrimitiveKind } from '../core/kind-registry.ts'
import { slotOf } from '../core/layout.ts'
import { words } from '../core/memory.ts'
import { checkInteger } from '../core/numbers.ts'
import { Primitive } from '../core/primitive.ts'
import { discard, type Encoded } from '../heap/codec.ts'
import { claimBlock, free, giveBlock } from '../heap/heap.ts'
import { QueueCounters } from './queue-counters.ts'
import { type QueueOptions, queueField, shutDownState } from './queue-fields.ts'
import { encodedWords, SlotRing } from './slot-ring.ts'

/**
 * What a queue holds: items in a ring of slots, and two guards (the two-lock queue of Michael and Scott, 1996). Producers
 * and consumers meet only in two counters. The ring is replaced in both guards. Nothing here waits for room or for an
 * item: see queue.ts.
 *
 * A thread can die between any two steps. Its guards stay closed until recovery has decided what it did:
 *
 *   operation  steps                                                       decided by
 *   ---------  ----------------------------------------------------------  ---------------
 *   put        write the slot; `announced`; give the block; `added`        `announced`
 *   get        read the slot; claim the block; `taken`                     `taken`
 *   shutdown   `shutDown`; `dropped`; get all items; `shutDown`            `shutDown`
 *   replace    copy; `consumersRing`; give and claim the blocks of the     `consumersRing`
 *              rings; `producersRing`
 *
 * Recovery completes what was decided and undoes the rest: it gives the block of the next item back to the queue.
 */

const initialCapacity = 16
/** A ring that holds at most this part of its capacity is halved: it then has room for four times the items. */
const sparseness = 8

/** The highest number of threads that can mark an item as done while a shutdown drops it. */
const maxMarkedTwice = 2 ** 16

/** How a kind of queue keeps its items. */
export interface ItemLayout {
  /** Words of a slot: those of an encoded item, and what the kind needs beside them. */
  readonly slotWords: number
  /** Whether items are put and got at the same end: `putItem` and `getItem` then exclude each other. */
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
    if (!(options instanceof HandleRef)) checkInteger(options.maxSize ?? 0, 'maxSize')
    super(kind, options)
    const { slotWords, sharesGuard } = this.initItems()
    this.ring = new SlotRing(
      this.field(queueField.producersRing),
      this.field(queueField.consumersRing),
      slotWords,
    )
    this.counters = new QueueCounters({
      added: this.field(queueField.added),
      taken: this.field(queueField.taken),
      knownAdded: this.field(queueField.knownAdded),
      knownTaken: this.field(queueField.knownTaken),
    })
    this.#putGuard = this.field(queueField.putGuard)
    this.#getGuard = sharesGuard ? this.#putGuard : this.field(queueField.getGuard)
    if (options instanceof HandleRef) return
    words[this.field(queueField.maxSize)] = Math.max(0, options.maxSize ?? 0)
    this.initialize(() => this.ring.open(initialCapacity))
  }

  /** The bound, 0 when unbounded. */
  protected get bound(): number {
    return words[this.field(queueField.maxSize)]!
  }

  /** CPython's `unfinished_tasks`. */
  protected get unfinishedTasks(): number {
    return this.#unfinishedAfter(load(this.field(queueField.done)))
  }

  protected get wasShutDown(): boolean {
    return load(this.field(queueField.shutDown)) !== shutDownState.open
  }

  // The methods in which kinds of queue differ. A guard is held when those below `countItems` are called.

  /** Says how the items lie. (CPython's `_init`.) */
  protected initItems(): ItemLayout {
    return { slotWords: encodedWords, sharesGuard: false }
  }

  /** Counts the items. (CPython's `_qsize`.) */
  protected countItems(): number {
    return this.counters.size
  }

  /** The first word of the slot that the next item is written to. */
  protected newSlot(): number {
    return this.ring.slotAt(words[this.field(queueField.added)]!)
  }

  /** Moves the item that was written to `newSlot` to its position among the others. */
  protected placeItem(_item: NewItem): void {}

  /** The counter of the slot from which the next item is read. */
  protected nextCounter(): number {
    return words[this.field(queueField.taken)]!
  }

  /** Closes the gap that the next item leaves. */
  protected removeNext(): void {}

  /** The counter of the first slot in use. */
  protected firstCounter(): number {
    return this.nextCounter()
  }

  /** For recovery: undoes or completes a get. A put was completed before. */
  protected repairItems(): void {
    if (this.counters.hasItem()) this.ring.keepItem(this.nextCounter())
  }

  /** Puts the item if there is room, and returns whether it did. Throws ShutDown, whether there is room or not. */
  protected tryPut(item: NewItem): boolean {
    for (;;) {
      enterLive(this.#putGuard, this.id)
      const isShutDown = this.wasShutDown
      const hasRoom = !isShutDown && this.counters.isBelow(this.bound || Infinity)
      const capacity = this.ring.capacity
      const hasSlot = hasRoom && this.counters.isBelow(capacity)
      if (hasSlot) this.#putItem(item)
      leaveGuard(this.#putGuard)
      if (isShutDown) throw this.shutDownError()
      if (hasSlot || !hasRoom) return hasSlot
      this.#resizeRing(capacity, capacity * 2)
    }
  }

  /** Takes the next item if there is one. Throws ShutDown when there will be none. */
  protected tryGet(): Encoded | undefined {
    enterLive(this.#getGuard, this.id)
    const encoded = this.counters.hasItem() ? this.#getItem() : undefined
    const capacity = this.ring.consumersCapacity
    const isSparse = capacity > initialCapacity && !this.counters.hasMoreThan(capacity / sparseness)
    leaveGuard(this.#getGuard)
    if (isSparse) this.#narrowRing(capacity, capacity / 2)
    if (encoded === undefined && this.wasShutDown && this.countItems() === 0) throw this.shutDownError()
    return encoded
  }

  /** Counts one item as done, unless all are. Returns whether it did. */
  protected tryMarkDone(): boolean {
    for (;;) {
      const done = load(this.field(queueField.done))
      if (this.#unfinishedAfter(done) === 0) return false
      if (compareAndSet(this.field(queueField.done), done, (done + 1) | 0)) return true
    }
  }

  /** Shuts the queue down. Returns the items that it dropped, which the caller discards. They count as done. */
  protected shutDownStorage(immediate: boolean): Encoded[] {
    this.#enterBothGuards()
    store(this.field(queueField.shutDown), immediate ? shutDownState.dropping : shutDownState.shutDown)
    const dropped = immediate ? this.#dropItems() : []
    const capacity = this.ring.capacity
    this.#leaveBothGuards()
    if (immediate && capacity > initialCapacity) this.#narrowRing(capacity, initialCapacity)
    return dropped
  }

  protected shutDownError(): ShutDown {
    return new ShutDown(`${this.name} is shut down`)
  }

  /**
   * Decides what a dead thread did in the guards, and frees these. Returns the items that it was about to drop, which the
   * caller discards.
   */
  protected recoverStorage(dead: number): Encoded[] {
    const holdsPutGuard = load(this.#putGuard) === dead
    const holdsGetGuard = load(this.#getGuard) === dead
    if (holdsPutGuard) this.ring.recover(slotOf(dead))
    if (holdsPutGuard) this.#completePut()
    if (holdsGetGuard) this.repairItems()
    const isDropping = holdsPutGuard && load(this.field(queueField.shutDown)) === shutDownState.dropping
    const dropped = isDropping ? this.#dropItems() : []
    if (holdsGetGuard && this.#getGuard !== this.#putGuard) leaveGuard(this.#getGuard)
    if (holdsPutGuard) leaveGuard(this.#putGuard)
    return dropped
  }

  /** Frees the items, then the ring. A thread that enters a guard later finds that the queue was retired. */
  protected override freeBlocks(): void {
    enterGuard(this.#putGuard)
    this.#enterOtherGuard()
    // A thread may have died in here.
    if (!this.ring.isClosed) this.repairItems()
    const dropped = this.#getAllItems()
    this.#leaveBothGuards()
    for (const encoded of dropped) discard(encoded)
    this.ring.close()
  }

  #putItem(item: NewItem): void {
    this.ring.write(this.newSlot(), item.encoded)
    this.placeItem(item)
    words[this.field(queueField.announced)] = (words[this.field(queueField.added)]! + 1) | 0
    if (item.encoded.block !== 0) giveBlock(item.encoded.block)
    this.counters.countPut()
  }

  #completePut(): void {
    const added = words[this.field(queueField.added)]!
    if (words[this.field(queueField.announced)] !== ((added + 1) | 0)) return
    const block = this.ring.blockIn(this.newSlot())
    if (block !== 0) giveBlock(block)
    this.counters.countPut()
  }

  #getItem(): Encoded {
    const encoded = this.ring.readItem(this.nextCounter())
    if (encoded.block !== 0) claimBlock(encoded.block)
    this.removeNext()
    this.counters.countGet()
    return encoded
  }

  #getAllItems(): Encoded[] {
    const items: Encoded[] = []
    while (this.counters.hasItem()) items.push(this.#getItem())
    return items
  }

  /** Both guards must be held. After a shutdown nothing is put: items are dropped once. */
  #dropItems(): Encoded[] {
    if (words[this.field(queueField.dropped)] === 0)
      words[this.field(queueField.dropped)] = this.counters.guardedSize
    const dropped = this.#getAllItems()
    store(this.field(queueField.shutDown), shutDownState.shutDown)
    return dropped
  }

  /** The number wraps at 2³² items. A thread may mark an item as done while a shutdown drops it. */
  #unfinishedAfter(done: number): number {
    const unfinished = (this.counters.added - done - words[this.field(queueField.dropped)]!) >>> 0
    return unfinished > 2 ** 32 - maxMarkedTwice ? 0 : unfinished
  }

  /** The items were taken already: a failure only means that the ring stays as it is. */
  #narrowRing(from: number, to: number): void {
    try {
      this.#resizeRing(from, to)
    } catch (error) {
      if (!(error instanceof MemoryError || error instanceof RuntimeError)) throw error
    }
  }

  /** Replaces the ring, unless another thread did so before or it would be more than half full. */
  #resizeRing(from: number, to: number): void {
    let unused = this.ring.allocate(to)
    try {
      this.#enterBothGuards()
      const count = this.counters.guardedSize
      if (this.ring.capacity === from && count <= to / 2)
        unused = this.ring.replace(unused, this.firstCounter(), count)
      this.#leaveBothGuards()
    } finally {
      free(unused)
    }
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
