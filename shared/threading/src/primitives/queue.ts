import { compareAndSet, load, store } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { Empty, Full, ShutDown, ValueError } from '../core/errors.ts'
import { enterGuard, leaveGuard } from '../core/guard.ts'
import { afterOperation, beforeOperation, isInstrumented, shouldRecord } from '../core/instrumentation.ts'
import {
  HandleRef,
  type PrimitiveKind,
  registerKind,
  registerRecovery,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { isLive, me, words } from '../core/memory.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { spinUntil } from '../core/spin.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { firstWaiter, grantAll, grantFirst, wakeGranted } from '../core/wait-list.ts'
import { decode, discard, type Encoded, encode } from '../heap/codec.ts'
import { free } from '../heap/heap.ts'
import { encodedWords, SlotRing } from './slot-ring.ts'

const getterList = 0
const putterList = 1
const joinerList = 2

/** Fields of the object: what producers write lies on its first cache line, what consumers write on the second. */
const producersRingField = 0
const maxSizeField = 1
const doneField = 2
const shutDownField = 3
const putsField = 4
const putGuardField = 5
const addedField = 6
const getGuardField = 7
const takenField = 8
const consumersRingField = 9

const initialCapacity = 16

export interface QueueOptions extends NameOptions {
  /** Items it holds at the most; 0 or less is unbounded. */
  readonly maxSize?: number
}

/**
 * A first-in, first-out queue for any number of producers and consumers (the two-lock queue of Michael and
 * Scott, 1996, over a ring). Producers and consumers have a guard each and meet only in two counters, which
 * only grow and wrap: an item is in the queue from the step that raises `added` until the one that raises
 * `taken`. The ring is replaced only while both guards are held.
 */
export class Queue<Item = unknown> extends Primitive {
  static {
    for (const kind of ['Queue', 'LifoQueue', 'PriorityQueue'] as const) {
      registerRecovery(kind, (queue: Queue, dead) => queue.recover(dead))
      registerSnapshot(kind, (queue: Queue) => ({
        depth: queue.qsize(),
        maxSize: queue.maxSize || undefined,
        unfinished: queue.unfinished,
      }))
    }
  }

  /** Where the items lie. */
  protected readonly ring: SlotRing
  /** The other side's counter as last seen: never ahead of it, so most calls need not look at its cache line. */
  #knownAdded = 0
  #knownTaken = 0

  constructor(options: QueueOptions | HandleRef = {}, kind: PrimitiveKind = 'Queue') {
    if (!(options instanceof HandleRef)) checkMaxSize(options.maxSize ?? 0)
    super(kind, options)
    this.ring = new SlotRing(this.field(producersRingField), this.field(consumersRingField), this.slotWords)
    if (options instanceof HandleRef) {
      this.#knownAdded = this.#knownTaken = this.taken
      return
    }
    words[this.field(maxSizeField)] = Math.max(0, options.maxSize ?? 0)
    this.initialize(() => this.ring.open(initialCapacity))
  }

  /** Items in it now; by the time the caller looks it may have changed. */
  qsize(): number {
    this.checkLive()
    // Taken first: it can never have overtaken an `added` that is read later.
    const taken = this.taken
    return (this.added - taken) | 0
  }

  /** Whether nothing is in it; by the time the caller looks it may have changed. */
  empty(): boolean {
    return this.qsize() === 0
  }

  /** Whether a bounded queue has no room; by the time the caller looks it may have changed. */
  full(): boolean {
    const maxSize = this.maxSize
    return maxSize > 0 && this.qsize() >= maxSize
  }

  /** The bound, 0 when unbounded. */
  get maxSize(): number {
    return words[this.field(maxSizeField)]!
  }

  /** Items that were put and not yet marked by `taskDone`. */
  get unfinished(): number {
    const done = load(this.field(doneField))
    return (this.puts - done) | 0
  }

  /**
   * Adds an item, waiting for room `timeout` milliseconds at the most. Throws Full when there was none,
   * ShutDown after `shutdown`, ValueError for a negative timeout of a bounded queue, TypeError or
   * MemoryError when the item cannot be stored; the queue is then as it was.
   */
  put(item: Item, block = true, timeout?: number): void {
    this.#checkPut(block, timeout)
    if (shouldRecord()) this.#instrumented('put', () => this.#put(item, block, timeout))
    else this.#put(item, block, timeout)
  }

  #put(item: Item, block: boolean, timeout: number | undefined): void {
    const encoded = encode(item)
    try {
      if (this.#tryPut(encoded, item)) return
      const deadline = now() + (block ? normalizeTimeout(timeout) : 0)
      while (!this.#tryPut(encoded, item)) {
        if (block && spinUntil(this.#canPut)) continue
        const hasRoom = this.waitUnless(this.#canPut, {
          list: putterList,
          operation: 'put',
          timeout: deadline - now(),
        })
        if (!hasRoom && !this.#canPut()) throw new Full(`${this.name} is full`)
      }
    } catch (error) {
      discard(encoded)
      throw error
    }
  }

  /** As `put`, for threads that must not block. */
  async putAsync(item: Item, timeout?: number): Promise<void> {
    this.#checkPut(true, timeout)
    await this.#putWithoutBlocking(item, timeout)
    if (isInstrumented()) afterOperation(this.id, 'put', this.qsize())
  }

  async #putWithoutBlocking(item: Item, timeout: number | undefined): Promise<void> {
    const encoded = encode(item)
    try {
      const deadline = now() + normalizeTimeout(timeout)
      while (!this.#tryPut(encoded, item)) {
        const hasRoom = await this.waitUnlessAsync(this.#canPut, {
          list: putterList,
          operation: 'put',
          timeout: deadline - now(),
        })
        if (!hasRoom && !this.#canPut()) throw new Full(`${this.name} is full`)
      }
    } catch (error) {
      discard(encoded)
      throw error
    }
  }

  /** As `put(item, false)`: throws Full when there is no room. */
  putNowait(item: Item): void {
    this.put(item, false)
  }

  /**
   * Takes the next item, waiting for one `timeout` milliseconds at the most. Throws Empty when there was
   * none, ShutDown when the queue was shut down and is empty, ValueError for a negative timeout.
   */
  get(block = true, timeout?: number): Item {
    this.#checkGet(block, timeout)
    if (shouldRecord()) return this.#instrumented('get', () => this.#get(block, timeout))
    return this.#get(block, timeout)
  }

  #get(block: boolean, timeout: number | undefined): Item {
    let encoded = this.#tryGet()
    if (encoded !== undefined) return decode(encoded) as Item
    const deadline = now() + (block ? normalizeTimeout(timeout) : 0)
    for (;;) {
      if (!block || !spinUntil(this.#canGet)) {
        const hasItem = this.waitUnless(this.#canGet, {
          list: getterList,
          operation: 'get',
          timeout: deadline - now(),
        })
        if (!hasItem && !this.#canGet()) throw new Empty(`${this.name} is empty`)
      }
      encoded = this.#tryGet()
      if (encoded !== undefined) return decode(encoded) as Item
    }
  }

  /** As `get`, for threads that must not block. */
  async getAsync(timeout?: number): Promise<Item> {
    this.#checkGet(true, timeout)
    const deadline = now() + normalizeTimeout(timeout)
    for (;;) {
      const encoded = this.#tryGet()
      if (encoded !== undefined) {
        if (isInstrumented()) afterOperation(this.id, 'get', this.qsize())
        return decode(encoded) as Item
      }
      const hasItem = await this.waitUnlessAsync(this.#canGet, {
        list: getterList,
        operation: 'get',
        timeout: deadline - now(),
      })
      if (!hasItem && !this.#canGet()) throw new Empty(`${this.name} is empty`)
    }
  }

  /** As `get(false)`: throws Empty when there is none. */
  getNowait(): Item {
    return this.get(false)
  }

  /** Says that an item that was got is dealt with. Throws ValueError when called more often than `put`. */
  taskDone(): void {
    if (shouldRecord()) this.#instrumented('taskDone', () => this.#markDone())
    else this.#markDone()
  }

  #markDone(): void {
    for (;;) {
      const done = load(this.field(doneField))
      if (this.puts === done) throw new ValueError(`taskDone was called more often than put on ${this.name}`)
      if (compareAndSet(this.field(doneField), done, (done + 1) | 0)) break
    }
    if (this.#isDone() && firstWaiter(this.id, joinerList) !== 0) this.#wakeAll(joinerList)
  }

  /** Waits until every item that was put is dealt with. */
  join(): void {
    beforeOperation(this.id, 'join')
    while (!this.#isDone())
      this.waitUnless(this.#isDone, { list: joinerList, operation: 'join', timeout: Infinity })
    afterOperation(this.id, 'join', 0)
  }

  /** As `join`, for threads that must not block. */
  async joinAsync(): Promise<void> {
    while (!this.#isDone())
      await this.waitUnlessAsync(this.#isDone, { list: joinerList, operation: 'join', timeout: Infinity })
  }

  /** From now on `put` throws ShutDown, and `get` too once it is empty: at once if `immediate`, which drops the items. */
  shutdown(immediate = false): void {
    const dropped: Encoded[] = []
    this.#enterBothGuards()
    store(this.field(shutDownField), 1)
    while (immediate && !this.empty()) dropped.push(this.remove())
    this.#leaveBothGuards()
    for (const encoded of dropped) {
      discard(encoded)
      if (!this.#isDone()) this.taskDone()
    }
    for (const list of [getterList, putterList]) this.#wakeAll(list)
  }

  /** Frees the guards that the dead thread was in, and wakes all waiters, which then check the queue again. */
  protected recover(dead: number): void {
    if (compareAndSet(this.putGuard, dead, me)) {
      this.ring.recover()
      this.recoverItems()
      leaveGuard(this.putGuard)
    }
    compareAndSet(this.getGuard, dead, 0)
    for (const list of [getterList, putterList, joinerList]) this.#wakeAll(list)
  }

  // What a kind of queue does in its own way.

  /** Words of a slot: the four of an encoded item, and what the kind needs beside them. */
  protected get slotWords(): number {
    return encodedWords
  }

  /** The word of the guard that consumers hold; the same as producers' where both change one end. */
  protected get getGuard(): number {
    return this.field(getGuardField)
  }

  /** Items ever put, wrapping. */
  protected get puts(): number {
    return this.added
  }

  /** Throws TypeError for an item that this kind cannot hold. */
  protected checkItem(_item: Item): void {}

  /** Puts items in order that a thread left half moved; the guards it held are held for it. */
  protected recoverItems(): void {}

  /** Stores an item; there is room, and the producers' guard is held. */
  protected insert(encoded: Encoded, _item: Item): void {
    const added = words[this.field(addedField)]!
    this.ring.writeItem(added, encoded)
    this.added = added + 1
  }

  /** Takes the next item; there is one, and the consumers' guard is held. */
  protected remove(): Encoded {
    const taken = words[this.field(takenField)]!
    const encoded = this.ring.readItem(taken)
    store(this.field(takenField), (taken + 1) | 0)
    return encoded
  }

  /** Whether there is an item to remove, while the consumers' guard is held. */
  protected hasItem(): boolean {
    const taken = words[this.field(takenField)]!
    if (((this.#knownAdded - taken) | 0) > 0) return true
    this.#knownAdded = this.added
    return ((this.#knownAdded - taken) | 0) > 0
  }

  protected get added(): number {
    return load(this.field(addedField))
  }

  protected set added(counter: number) {
    store(this.field(addedField), counter)
  }

  protected get taken(): number {
    return load(this.field(takenField))
  }

  protected get putGuard(): number {
    return this.field(putGuardField)
  }

  /** Counts an item of a kind whose `added` does not. The producers' guard is held. */
  protected countPut(): void {
    store(this.field(putsField), (words[this.field(putsField)]! + 1) | 0)
  }

  protected get putCount(): number {
    return load(this.field(putsField))
  }

  readonly #canPut = (): boolean => this.#isShutDown || !this.full()
  readonly #canGet = (): boolean => this.#isShutDown || !this.empty()
  readonly #isDone = (): boolean => this.unfinished === 0

  get #isShutDown(): boolean {
    return load(this.field(shutDownField)) === 1
  }

  #checkPut(block: boolean, timeout: number | undefined): void {
    if (this.#isShutDown) throw this.#shutDownError()
    if (block && timeout !== undefined && timeout < 0 && this.maxSize > 0) throw negativeTimeoutError()
    if (timeout !== undefined) normalizeTimeout(timeout)
  }

  #checkGet(block: boolean, timeout: number | undefined): void {
    if (timeout === undefined) return
    normalizeTimeout(timeout)
    if (block && timeout < 0 && !(this.#isShutDown && this.empty())) throw negativeTimeoutError()
  }

  /** Adds the item if there is room. Throws ShutDown, which comes before Full. */
  #tryPut(encoded: Encoded, item: Item): boolean {
    this.checkItem(item)
    for (;;) {
      this.#enterLive(this.putGuard)
      const isShutDown = this.#isShutDown
      const hasRoom = !isShutDown && this.#hasRoom(this.maxSize || Infinity)
      const hasSlot = hasRoom && this.#hasRoom(this.ring.capacity)
      if (hasSlot) this.insert(encoded, item)
      leaveGuard(this.putGuard)
      if (isShutDown) throw this.#shutDownError()
      if (hasSlot && firstWaiter(this.id, getterList) !== 0) this.#wakeFirst(getterList)
      if (hasSlot || !hasRoom) return hasSlot
      this.#grow()
    }
  }

  /** Takes the next item if there is one. Throws ShutDown when there will be none. */
  #tryGet(): Encoded | undefined {
    this.#enterLive(this.getGuard)
    const encoded = this.hasItem() ? this.remove() : undefined
    leaveGuard(this.getGuard)
    if (encoded === undefined && this.#isShutDown && this.empty()) {
      throw this.#shutDownError()
    }
    if (encoded !== undefined && firstWaiter(this.id, putterList) !== 0) this.#wakeFirst(putterList)
    return encoded
  }

  /** An operation with what those see who watch. */
  #instrumented<Result>(act: 'put' | 'get' | 'taskDone', operate: () => Result): Result {
    beforeOperation(this.id, act)
    let result: Result
    try {
      result = operate()
    } catch (error) {
      afterOperation(this.id, act, operationFailed)
      throw error
    }
    afterOperation(this.id, act, act === 'taskDone' ? this.unfinished : this.qsize())
    return result
  }

  #shutDownError(): ShutDown {
    return new ShutDown(`${this.name} is shut down`)
  }

  #hasRoom(limit: number): boolean {
    const added = words[this.field(addedField)]!
    if (((added - this.#knownTaken) | 0) < limit) return true
    this.#knownTaken = this.taken
    return ((added - this.#knownTaken) | 0) < limit
  }

  /**
   * Invariant: who waits queues first and looks at the counters afterwards; who changes a counter looks at the
   * list afterwards. So one of the two sees the other.
   */
  #wakeFirst(list: number): void {
    this.enter()
    const record = grantFirst(this.id, list)
    this.leave()
    wakeGranted(record)
  }

  #wakeAll(list: number): void {
    this.enter()
    grantAll(this.id, list)
    this.leave()
  }

  /** Enters a guard. Throws RuntimeError when the queue was disposed of: its ring is gone then. */
  #enterLive(guard: number): void {
    enterGuard(guard)
    if (isLive(this.id)) return
    leaveGuard(guard)
    this.checkLive()
  }

  /** The items, then the ring. A thread that comes to a guard later finds that the queue was retired. */
  protected override freeBlocks(): void {
    enterGuard(this.putGuard)
    if (this.getGuard !== this.putGuard) enterGuard(this.getGuard)
    const dropped: Encoded[] = []
    while (((this.added - this.taken) | 0) > 0) dropped.push(this.remove())
    this.#leaveBothGuards()
    for (const encoded of dropped) discard(encoded)
    this.ring.close()
  }

  #enterBothGuards(): void {
    this.#enterLive(this.putGuard)
    if (this.getGuard !== this.putGuard) enterGuard(this.getGuard)
  }

  #leaveBothGuards(): void {
    if (this.getGuard !== this.putGuard) leaveGuard(this.getGuard)
    leaveGuard(this.putGuard)
  }

  #grow(): void {
    const wider = this.ring.allocateWider()
    this.#enterBothGuards()
    const unused = this.ring.replace(wider, this.taken, this.added)
    this.#leaveBothGuards()
    free(unused)
  }
}
registerKind('Queue', Queue)

function checkMaxSize(maxSize: number): void {
  if (!Number.isInteger(maxSize)) throw new TypeError('maxSize is a whole number')
}

const negativeTimeoutError = () => new ValueError('a timeout must not be negative')
