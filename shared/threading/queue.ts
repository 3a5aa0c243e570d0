import { load, store } from './atomic.ts'
import { now } from './clock.ts'
import { decode, discard, type Encoded, encode } from './codec.ts'
import { Empty, Full, ShutDown, ValueError } from './errors.ts'
import { allocate, free } from './heap.ts'
import { words } from './memory.ts'
import { Existing, type NameOptions, Primitive, type PrimitiveKind, receivable } from './primitive.ts'
import { patience } from './timeout.ts'
import { grantAll, grantFirst, wakeGranted } from './waiting.ts'

const getters = 0
const putters = 1
const joiners = 2

/** Fields of the object. The counters only grow, and wrap; a ring's place is a counter's lowest bits. */
const ringField = 0
const takenField = 1
const addedField = 2
const maxSizeField = 3
const unfinishedField = 4
const shutDownField = 5

const firstCapacity = 16

export interface QueueOptions extends NameOptions {
  /** Items it holds at the most; 0 or less is unbounded. */
  readonly maxSize?: number
}

/**
 * A first-in, first-out queue for any number of producers and consumers. Its items lie in a ring of slots
 * that doubles when it is full. Invariant: ring, counters and lists change only under the guard; an item is
 * in the queue from the step that raises `added`.
 */
export class Queue<Item = unknown> extends Primitive {
  constructor(options: QueueOptions | Existing = {}, kind: PrimitiveKind = 'Queue') {
    super(kind, options)
    if (options instanceof Existing) return
    words[this.field(maxSizeField)] = Math.max(0, options.maxSize ?? 0)
    words[this.field(ringField)] = this.newRing(firstCapacity)
  }

  /** Items in it now; by the time the caller looks it may have changed. */
  qsize(): number {
    return (load(this.field(addedField)) - load(this.field(takenField))) | 0
  }

  empty(): boolean {
    return this.qsize() === 0
  }

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
    return load(this.field(unfinishedField))
  }

  /**
   * Adds an item, waiting for room `timeout` milliseconds at the most. Throws Full when there was none,
   * ShutDown after `shutdown`, ValueError for a negative timeout of a bounded queue, TypeError or
   * MemoryError when the item cannot be stored; the queue is then as it was.
   */
  put(item: Item, block = true, timeout?: number): void {
    const deadline = this.putDeadline(block, timeout)
    this.check(item)
    const encoded = encode(item)
    try {
      while (!this.tryPut(encoded, item)) {
        const hasRoom = this.waitUnless(() => this.canPut(), putters, 'put', deadline - now())
        if (!hasRoom && !this.canPut()) throw new Full(`${this.name} is full`)
      }
    } catch (error) {
      discard(encoded)
      throw error
    }
  }

  /** As `put`, for threads that must not block. */
  async putAsync(item: Item, timeout?: number): Promise<void> {
    const deadline = this.putDeadline(true, timeout)
    this.check(item)
    const encoded = encode(item)
    try {
      while (!this.tryPut(encoded, item)) {
        const hasRoom = await this.waitUnlessAsync(() => this.canPut(), putters, 'put', deadline - now())
        if (!hasRoom && !this.canPut()) throw new Full(`${this.name} is full`)
      }
    } catch (error) {
      discard(encoded)
      throw error
    }
  }

  putNowait(item: Item): void {
    this.put(item, false)
  }

  /**
   * Takes the oldest item, waiting for one `timeout` milliseconds at the most. Throws Empty when there was
   * none, ShutDown when the queue was shut down and is empty, ValueError for a negative timeout.
   */
  get(block = true, timeout?: number): Item {
    const deadline = getDeadline(block, timeout)
    for (;;) {
      const encoded = this.tryGet()
      if (encoded !== undefined) return decode(encoded) as Item
      const hasItem = this.waitUnless(() => this.canGet(), getters, 'get', deadline - now())
      if (!hasItem && !this.canGet()) throw new Empty(`${this.name} is empty`)
    }
  }

  /** As `get`, for threads that must not block. */
  async getAsync(timeout?: number): Promise<Item> {
    const deadline = getDeadline(true, timeout)
    for (;;) {
      const encoded = this.tryGet()
      if (encoded !== undefined) return decode(encoded) as Item
      const hasItem = await this.waitUnlessAsync(() => this.canGet(), getters, 'get', deadline - now())
      if (!hasItem && !this.canGet()) throw new Empty(`${this.name} is empty`)
    }
  }

  getNowait(): Item {
    return this.get(false)
  }

  /** Says that an item that was got is dealt with. Throws ValueError when called more often than `put`. */
  taskDone(): void {
    this.enter()
    const unfinished = words[this.field(unfinishedField)]!
    if (unfinished > 0) words[this.field(unfinishedField)] = unfinished - 1
    if (unfinished === 1) grantAll(this.id, joiners)
    this.leave()
    if (unfinished <= 0) throw new ValueError(`taskDone was called more often than put on ${this.name}`)
  }

  /** Waits until every item that was put is dealt with. */
  join(): void {
    while (this.unfinished > 0) this.waitUnless(() => this.unfinished === 0, joiners, 'join', Infinity)
  }

  async joinAsync(): Promise<void> {
    while (this.unfinished > 0) {
      await this.waitUnlessAsync(() => this.unfinished === 0, joiners, 'join', Infinity)
    }
  }

  /** From now on `put` throws ShutDown, and `get` too once it is empty: at once if `immediate`, which drops the items. */
  shutdown(immediate = false): void {
    this.enter()
    words[this.field(shutDownField)] = 1
    const dropped = immediate ? this.dropItems() : []
    grantAll(this.id, getters)
    grantAll(this.id, putters)
    if (words[this.field(unfinishedField)] === 0) grantAll(this.id, joiners)
    this.leave()
    for (const encoded of dropped) discard(encoded)
  }

  private get isShutDown(): boolean {
    return words[this.field(shutDownField)] === 1
  }

  private canPut(): boolean {
    return this.isShutDown || !this.full()
  }

  private canGet(): boolean {
    return this.isShutDown || !this.empty()
  }

  private putDeadline(block: boolean, timeout: number | undefined): number {
    const bounded = this.maxSize > 0
    if (bounded && block && timeout !== undefined && timeout < 0) throw negativeTimeout()
    return now() + (block ? patience(timeout) : 0)
  }

  /** Adds the item if there is room. Throws ShutDown, which comes before Full. */
  private tryPut(encoded: Encoded, item: Item): boolean {
    this.growIfNeeded()
    this.enter()
    const isShutDown = this.isShutDown
    const hasRoom = !isShutDown && !this.full() && !this.ringIsFull()
    const getter = hasRoom ? this.add(encoded, item) : 0
    this.leave()
    wakeGranted(getter)
    if (isShutDown) throw new ShutDown(`${this.name} is shut down`)
    return hasRoom || (!this.full() && this.tryPut(encoded, item))
  }

  private add(encoded: Encoded, item: Item): number {
    this.insert(encoded, item)
    words[this.field(unfinishedField)] = words[this.field(unfinishedField)]! + 1
    return grantFirst(this.id, getters)
  }

  /** Takes the next item if there is one. Throws ShutDown when there will be none. */
  private tryGet(): Encoded | undefined {
    this.enter()
    const isOver = this.isShutDown && this.empty()
    const encoded = this.empty() ? undefined : this.remove()
    const putter = encoded === undefined ? 0 : grantFirst(this.id, putters)
    this.leave()
    wakeGranted(putter)
    if (isOver) throw new ShutDown(`${this.name} is shut down`)
    return encoded
  }

  private dropItems(): Encoded[] {
    const dropped: Encoded[] = []
    while (!this.empty()) dropped.push(this.remove())
    words[this.field(unfinishedField)] = 0
    return dropped
  }

  // What a kind of queue may do otherwise. The guard is held, and there is room, or an item.

  /** Words of a slot: the four of an encoded item, and what the kind needs beside them. */
  protected get slotWords(): number {
    return 4
  }

  /** Checks an item before it is encoded. */
  protected check(_item: Item): void {}

  protected insert(encoded: Encoded, _item: Item): void {
    const added = this.added
    this.writeSlot(added, encoded)
    this.added = added + 1
  }

  protected remove(): Encoded {
    const encoded = this.readSlot(this.taken)
    this.taken++
    return encoded
  }

  protected get taken(): number {
    return words[this.field(takenField)]!
  }

  protected set taken(counter: number) {
    words[this.field(takenField)] = counter
  }

  protected get added(): number {
    return words[this.field(addedField)]!
  }

  protected set added(counter: number) {
    store(this.field(addedField), counter)
  }

  /** The word at which the slot of the item with this number begins. */
  protected slot(counter: number): number {
    const ring = words[this.field(ringField)]! * 4
    return ring + 4 + (counter & (words[ring]! - 1)) * this.slotWords
  }

  protected writeSlot(counter: number, encoded: Encoded): void {
    const slot = this.slot(counter)
    words[slot] = encoded.tag
    words[slot + 1] = encoded.first
    words[slot + 2] = encoded.second
    words[slot + 3] = encoded.block
  }

  protected readSlot(counter: number): Encoded {
    const slot = this.slot(counter)
    return { tag: words[slot]!, first: words[slot + 1]!, second: words[slot + 2]!, block: words[slot + 3]! }
  }

  /** A ring's first unit holds its capacity; the slots follow. */
  private newRing(capacity: number): number {
    const ring = allocate(16 + capacity * this.slotWords * 4)
    words[ring * 4] = capacity
    return ring
  }

  private ringIsFull(): boolean {
    return this.qsize() >= words[words[this.field(ringField)]! * 4]!
  }

  /** Makes a ring of twice the size outside the guard, where running out of memory harms nothing. */
  private growIfNeeded(): void {
    if (!this.ringIsFull()) return
    const wider = this.newRing(words[words[this.field(ringField)]! * 4]! * 2)
    this.enter()
    const former = words[this.field(ringField)]!
    const isNeeded = words[former * 4]! * 2 === words[wider * 4]!
    if (isNeeded) this.moveTo(wider)
    this.leave()
    free(isNeeded ? former : wider)
  }

  private moveTo(ring: number): void {
    const mask = words[ring * 4]! - 1
    const { added, slotWords } = this
    for (let counter = this.taken; counter !== added; counter = (counter + 1) | 0) {
      const from = this.slot(counter)
      words.copyWithin(ring * 4 + 4 + (counter & mask) * slotWords, from, from + slotWords)
    }
    words[this.field(ringField)] = ring
  }
}
receivable('Queue', Queue)

function getDeadline(block: boolean, timeout: number | undefined): number {
  if (block && timeout !== undefined && timeout < 0) throw negativeTimeout()
  return now() + (block ? patience(timeout) : 0)
}

const negativeTimeout = () => new ValueError('a timeout must not be negative')
