import { compareAndSet, load, store } from './atomic.ts'
import { now } from './clock.ts'
import { decode, discard, type Encoded, encode } from './codec.ts'
import { Empty, Full, ShutDown, ValueError } from './errors.ts'
import { enterGuard, leaveGuard } from './guard.ts'
import { allocate, free } from './heap.ts'
import { me, words } from './memory.ts'
import { Existing, type NameOptions, Primitive, type PrimitiveKind, receivable } from './primitive.ts'
import { spinUntil } from './spin.ts'
import { patience } from './timeout.ts'
import { noSuccess } from './view.ts'
import { firstWaiting, grantAll, grantFirst, wakeGranted } from './waiting.ts'
import { afterAct, beforeAct, isNoted, isWatched } from './watch.ts'

const getters = 0
const putters = 1
const joiners = 2

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

const firstCapacity = 16

export interface QueueOptions extends NameOptions {
  /** Items it holds at the most; 0 or less is unbounded. */
  readonly maxSize?: number
}

/**
 * A first-in, first-out queue for any number of producers and consumers (the two-lock queue of Michael and
 * Scott, 1996, over a ring). Producers and consumers have a guard each and meet only in two counters, which
 * only grow and wrap: an item is in the queue from the step that raises `added` until the one that raises
 * `taken`. Invariant: the ring is exchanged for a wider one only by who holds both guards, and consumers see
 * the new one first.
 */
export class Queue<Item = unknown> extends Primitive {
  /** The other side's counter as last seen: never ahead of it, so most calls need not look at its cache line. */
  #knownAdded = 0
  #knownTaken = 0

  constructor(options: QueueOptions | Existing = {}, kind: PrimitiveKind = 'Queue') {
    if (!(options instanceof Existing)) checkMaxSize(options.maxSize ?? 0)
    super(kind, options)
    if (options instanceof Existing) {
      this.#knownAdded = this.#knownTaken = this.taken
      return
    }
    words[this.field(maxSizeField)] = Math.max(0, options.maxSize ?? 0)
    this.furnish(() => this.#setRing(this.#newRing(firstCapacity)))
  }

  /** Items in it now; by the time the caller looks it may have changed. */
  qsize(): number {
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
    if (isNoted()) this.#watched('put', () => this.#put(item, block, timeout))
    else this.#put(item, block, timeout)
  }

  #put(item: Item, block: boolean, timeout: number | undefined): void {
    const encoded = encode(item)
    try {
      if (this.#tryPut(encoded, item)) return
      const deadline = now() + (block ? patience(timeout) : 0)
      while (!this.#tryPut(encoded, item)) {
        if (block && spinUntil(this.#canPut)) continue
        const hasRoom = this.waitUnless(this.#canPut, putters, 'put', deadline - now())
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
    await this.#putLater(item, timeout)
    if (isWatched()) afterAct(this.id, 'put', this.qsize())
  }

  async #putLater(item: Item, timeout: number | undefined): Promise<void> {
    const encoded = encode(item)
    try {
      const deadline = now() + patience(timeout)
      while (!this.#tryPut(encoded, item)) {
        const hasRoom = await this.waitUnlessAsync(this.#canPut, putters, 'put', deadline - now())
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
    if (isNoted()) return this.#watched('get', () => this.#get(block, timeout))
    return this.#get(block, timeout)
  }

  #get(block: boolean, timeout: number | undefined): Item {
    let encoded = this.#tryGet()
    if (encoded !== undefined) return decode(encoded) as Item
    const deadline = now() + (block ? patience(timeout) : 0)
    for (;;) {
      if (!block || !spinUntil(this.#canGet)) {
        const hasItem = this.waitUnless(this.#canGet, getters, 'get', deadline - now())
        if (!hasItem && !this.#canGet()) throw new Empty(`${this.name} is empty`)
      }
      encoded = this.#tryGet()
      if (encoded !== undefined) return decode(encoded) as Item
    }
  }

  /** As `get`, for threads that must not block. */
  async getAsync(timeout?: number): Promise<Item> {
    this.#checkGet(true, timeout)
    const deadline = now() + patience(timeout)
    for (;;) {
      const encoded = this.#tryGet()
      if (encoded !== undefined) {
        if (isWatched()) afterAct(this.id, 'get', this.qsize())
        return decode(encoded) as Item
      }
      const hasItem = await this.waitUnlessAsync(this.#canGet, getters, 'get', deadline - now())
      if (!hasItem && !this.#canGet()) throw new Empty(`${this.name} is empty`)
    }
  }

  /** As `get(false)`: throws Empty when there is none. */
  getNowait(): Item {
    return this.get(false)
  }

  /** Says that an item that was got is dealt with. Throws ValueError when called more often than `put`. */
  taskDone(): void {
    if (isNoted()) this.#watched('taskDone', () => this.#markDone())
    else this.#markDone()
  }

  #markDone(): void {
    for (;;) {
      const done = load(this.field(doneField))
      if (this.puts === done) throw new ValueError(`taskDone was called more often than put on ${this.name}`)
      if (compareAndSet(this.field(doneField), done, (done + 1) | 0)) break
    }
    if (this.#isDone() && firstWaiting(this.id, joiners) !== 0) this.#wakeAll(joiners)
  }

  /** Waits until every item that was put is dealt with. */
  join(): void {
    if (isWatched()) beforeAct(this.id, 'join')
    while (!this.#isDone()) this.waitUnless(this.#isDone, joiners, 'join', Infinity)
    if (isWatched()) afterAct(this.id, 'join', 0)
  }

  /** As `join`, for threads that must not block. */
  async joinAsync(): Promise<void> {
    while (!this.#isDone()) await this.waitUnlessAsync(this.#isDone, joiners, 'join', Infinity)
  }

  /** From now on `put` throws ShutDown, and `get` too once it is empty: at once if `immediate`, which drops the items. */
  shutdown(immediate = false): void {
    const dropped: Encoded[] = []
    this.#enterBoth()
    store(this.field(shutDownField), 1)
    while (immediate && !this.empty()) dropped.push(this.remove())
    this.#leaveBoth()
    for (const encoded of dropped) {
      discard(encoded)
      if (!this.#isDone()) this.taskDone()
    }
    for (const list of [getters, putters]) this.#wakeAll(list)
  }

  /** Frees what a thread that died inside held. Called where a thread is buried, and nowhere else. */
  repair(dead: number): void {
    if (compareAndSet(this.putGuard, dead, me)) {
      // It may have died while it exchanged the ring: consumers have the new one as soon as it is whole.
      words[this.field(producersRingField)] = words[this.field(consumersRingField)]!
      this.repairItems()
      leaveGuard(this.putGuard)
    }
    compareAndSet(this.getGuard, dead, 0)
  }

  // What a kind of queue does in its own way.

  /** Words of a slot: the four of an encoded item, and what the kind needs beside them. */
  protected get slotWords(): number {
    return 4
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
  protected check(_item: Item): void {}

  /** Puts items in order that a thread left half moved; the guards it held are held for it. */
  protected repairItems(): void {}

  /** Stores an item; there is room, and the producers' guard is held. */
  protected insert(encoded: Encoded, _item: Item): void {
    const added = words[this.field(addedField)]!
    this.writeSlot(added, encoded)
    this.added = added + 1
  }

  /** Takes the next item; there is one, and the consumers' guard is held. */
  protected remove(): Encoded {
    const taken = words[this.field(takenField)]!
    const encoded = this.readSlot(taken)
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

  /** The word at which the slot of the item with this number begins, as producers see the ring. */
  protected slot(counter: number): number {
    return this.#slotIn(words[this.field(producersRingField)]!, counter)
  }

  protected writeSlot(counter: number, encoded: Encoded): void {
    const slot = this.slot(counter)
    words[slot] = encoded.tag
    words[slot + 1] = encoded.first
    words[slot + 2] = encoded.second
    words[slot + 3] = encoded.block
  }

  protected readSlot(counter: number): Encoded {
    const slot = this.#slotIn(words[this.field(consumersRingField)]!, counter)
    return { tag: words[slot]!, first: words[slot + 1]!, second: words[slot + 2]!, block: words[slot + 3]! }
  }

  readonly #canPut = (): boolean => this.#isShutDown || !this.full()
  readonly #canGet = (): boolean => this.#isShutDown || !this.empty()
  readonly #isDone = (): boolean => this.unfinished === 0

  get #isShutDown(): boolean {
    return load(this.field(shutDownField)) === 1
  }

  #checkPut(block: boolean, timeout: number | undefined): void {
    if (this.#isShutDown) throw this.#shutDownError()
    if (block && timeout !== undefined && timeout < 0 && this.maxSize > 0) throw negativeTimeout()
    if (timeout !== undefined) patience(timeout)
  }

  #checkGet(block: boolean, timeout: number | undefined): void {
    if (timeout === undefined) return
    patience(timeout)
    if (block && timeout < 0 && !(this.#isShutDown && this.empty())) throw negativeTimeout()
  }

  /** Adds the item if there is room. Throws ShutDown, which comes before Full. */
  #tryPut(encoded: Encoded, item: Item): boolean {
    this.check(item)
    for (;;) {
      enterGuard(this.putGuard)
      const isShutDown = this.#isShutDown
      const hasRoom = !isShutDown && this.#hasRoom(this.maxSize || Infinity)
      const hasSlot = hasRoom && this.#hasRoom(this.#capacity)
      if (hasSlot) this.insert(encoded, item)
      leaveGuard(this.putGuard)
      if (isShutDown) throw this.#shutDownError()
      if (hasSlot && firstWaiting(this.id, getters) !== 0) this.#wakeFirst(getters)
      if (hasSlot || !hasRoom) return hasSlot
      this.#grow()
    }
  }

  /** Takes the next item if there is one. Throws ShutDown when there will be none. */
  #tryGet(): Encoded | undefined {
    enterGuard(this.getGuard)
    const encoded = this.hasItem() ? this.remove() : undefined
    leaveGuard(this.getGuard)
    if (encoded === undefined && this.#isShutDown && this.empty()) {
      throw this.#shutDownError()
    }
    if (encoded !== undefined && firstWaiting(this.id, putters) !== 0) this.#wakeFirst(putters)
    return encoded
  }

  /** An operation with what those see who watch. */
  #watched<Result>(act: 'put' | 'get' | 'taskDone', operate: () => Result): Result {
    beforeAct(this.id, act)
    let result: Result
    try {
      result = operate()
    } catch (error) {
      afterAct(this.id, act, noSuccess)
      throw error
    }
    afterAct(this.id, act, act === 'taskDone' ? this.unfinished : this.qsize())
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

  #enterBoth(): void {
    enterGuard(this.putGuard)
    if (this.getGuard !== this.putGuard) enterGuard(this.getGuard)
  }

  #leaveBoth(): void {
    if (this.getGuard !== this.putGuard) leaveGuard(this.getGuard)
    leaveGuard(this.putGuard)
  }

  get #capacity(): number {
    return words[words[this.field(producersRingField)]! * 4]!
  }

  /** A ring's first unit holds its capacity; the slots follow. */
  #newRing(capacity: number): number {
    const ring = allocate(16 + capacity * this.slotWords * 4)
    words[ring * 4] = capacity
    return ring
  }

  #setRing(ring: number): void {
    words[this.field(consumersRingField)] = ring
    words[this.field(producersRingField)] = ring
  }

  #slotIn(ring: number, counter: number): number {
    return ring * 4 + 4 + (counter & (words[ring * 4]! - 1)) * this.slotWords
  }

  /** Makes a ring of twice the size outside the guards, where running out of memory harms nothing. */
  #grow(): void {
    const wider = this.#newRing(this.#capacity * 2)
    this.#enterBoth()
    const former = words[this.field(producersRingField)]!
    const isNeeded = words[former * 4]! * 2 === words[wider * 4]!
    if (isNeeded) this.#moveTo(wider)
    this.#leaveBoth()
    free(isNeeded ? former : wider)
  }

  #moveTo(ring: number): void {
    const { added, slotWords } = this
    for (let counter = this.taken; counter !== added; counter = (counter + 1) | 0) {
      const from = this.slot(counter)
      words.copyWithin(this.#slotIn(ring, counter), from, from + slotWords)
    }
    this.#setRing(ring)
  }
}
receivable('Queue', Queue)

function checkMaxSize(maxSize: number): void {
  if (!Number.isInteger(maxSize)) throw new TypeError('maxSize is a whole number')
}

const negativeTimeout = () => new ValueError('a timeout must not be negative')
