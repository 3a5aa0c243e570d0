import { Empty, Full, ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  type HandleRef,
  type PrimitiveKind,
  registerGuards,
  registerKind,
  registerRecovery,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { decode, discard, type Encoded, encode } from '../heap/codec.ts'
import { type QueueOptions, queueGuardFields } from './queue-fields.ts'
import { QueueSide } from './queue-side.ts'
import { type NewItem, QueueStorage } from './queue-storage.ts'

export type { QueueOptions } from './queue-fields.ts'

/**
 * The queue of CPython's `queue.py`. It has no words of its own: what it holds is in its storage (queue-storage.ts with
 * queue-fields.ts), and the threads that wait are on its three sides (queue-side.ts), which are CPython's conditions:
 *
 *   side            waits in     until                              notified by
 *   --------------  -----------  ---------------------------------  ---------------------------
 *   #notEmpty       getterList   there is an item                   `put`, `shutdown`, recovery
 *   #notFull        putterList   there is room                      `get`, `shutdown`, recovery
 *   #allTasksDone   joinerList   every item is done                 `taskDone`, `shutdown`, recovery
 */

const getterList = 0
const putterList = 1
const joinerList = 2

/** A first-in, first-out queue for any number of producers and consumers. */
export class Queue<Item = unknown> extends QueueStorage {
  static {
    for (const kind of ['Queue', 'LifoQueue', 'PriorityQueue'] as const) {
      registerGuards(kind, queueGuardFields)
      registerRecovery(kind, (queue: Queue, dead) => queue.#recover(dead))
      registerSnapshot(kind, (queue: Queue) => ({
        depth: queue.qsize(),
        maxSize: queue.maxSize || undefined,
        unfinished: queue.unfinished,
      }))
    }
  }

  readonly #notEmpty = new QueueSide<undefined, Encoded>(
    this.id,
    { list: getterList, operation: 'get', attempt: () => this.wasShutDown || !this.empty() },
    {
      attempt: () => this.#get(),
      abandon: () => afterOperation(this.id, 'get', operationFailed),
      timeoutError: () => new Empty(`${this.name} is empty`),
    },
  )
  readonly #notFull = new QueueSide<NewItem, true>(
    this.id,
    { list: putterList, operation: 'put', attempt: () => this.wasShutDown || !this.full() },
    {
      attempt: (item) => this.#put(item),
      abandon: (item) => this.#abandonPut(item),
      timeoutError: () => new Full(`${this.name} is full`),
    },
  )
  readonly #allTasksDone = new QueueSide<undefined, true>(
    this.id,
    { list: joinerList, operation: 'join', attempt: () => this.unfinished === 0 },
    {
      attempt: () => this.#join(),
      abandon: () => afterOperation(this.id, 'join', operationFailed),
      timeoutError: () => new Error('a join has no timeout'),
    },
  )

  /**
   * Throws TypeError for a `maxSize` that is not an integer, ValueError for one that does not fit 32 bits, MemoryError
   * when there is no room.
   */
  constructor(options: QueueOptions | HandleRef = {}, kind: PrimitiveKind = 'Queue') {
    super(options, kind)
  }

  /** The number of items. Another thread may change it before the caller reads it. */
  qsize(): number {
    this.checkLive()
    return this.countItems()
  }

  /** Whether there is no item. Another thread may change that before the caller reads it. */
  empty(): boolean {
    return this.qsize() === 0
  }

  /** Whether a bounded queue has no room. Another thread may change that before the caller reads it. */
  full(): boolean {
    const maxSize = this.maxSize
    return maxSize > 0 && this.qsize() >= maxSize
  }

  /** The bound, 0 when unbounded. */
  get maxSize(): number {
    this.checkLive()
    return this.bound
  }

  /** Whether `shutdown` was called. */
  get isShutdown(): boolean {
    this.checkLive()
    return this.wasShutDown
  }

  /** Items that were put and not yet marked by `taskDone`. */
  get unfinished(): number {
    this.checkLive()
    return this.unfinishedTasks
  }

  /**
   * Puts an item, waiting at most `timeout` milliseconds for room (undefined: without limit; `block` false: not at all).
   * Throws Full when there was none, ShutDown after `shutdown`, ValueError for a negative timeout of a bounded queue,
   * TypeError or MemoryError when the item cannot be stored. The queue is then unchanged.
   */
  put(item: Item, block = true, timeout?: number): void {
    const limit = this.#checkPut(block, timeout)
    beforeOperation(this.id, 'put')
    this.#notFull.perform({ item: this.orderOf(item), encoded: encode(item) }, limit)
  }

  /** Like `put`, for threads that must not block. */
  async putAsync(item: Item, timeout?: number): Promise<void> {
    const limit = this.#checkPut(true, timeout)
    await this.#notFull.performAsync({ item: this.orderOf(item), encoded: encode(item) }, limit)
  }

  /** Like `put(item, false)`: throws Full when there is no room. */
  putNowait(item: Item): void {
    this.put(item, false)
  }

  /**
   * Takes the next item, waiting at most `timeout` milliseconds for one (undefined: without limit; `block` false: not at
   * all). Throws Empty when there was none, ShutDown when the queue was shut down and is empty, ValueError for a negative
   * timeout.
   */
  get(block = true, timeout?: number): Item {
    const limit = this.#checkGet(block, timeout)
    beforeOperation(this.id, 'get')
    return decode(this.#notEmpty.perform(undefined, limit)) as Item
  }

  /** Like `get`, for threads that must not block. */
  async getAsync(timeout?: number): Promise<Item> {
    const limit = this.#checkGet(true, timeout)
    return decode(await this.#notEmpty.performAsync(undefined, limit)) as Item
  }

  /** Like `get(false)`: throws Empty when there is no item. */
  getNowait(): Item {
    return this.get(false)
  }

  /** Marks an item that was got as done. Throws ValueError when it is called more often than `put`. */
  taskDone(): void {
    this.checkLive()
    beforeOperation(this.id, 'taskDone')
    const isMarked = this.tryMarkDone()
    if (isMarked && this.unfinished === 0) this.#allTasksDone.notifyAll()
    afterOperation(this.id, 'taskDone', isMarked ? this.#readUnfinished : operationFailed)
    if (!isMarked) throw new ValueError(`taskDone was called more often than put on ${this.name}`)
  }

  /** Waits until every item that was put is marked as done. */
  join(): void {
    beforeOperation(this.id, 'join')
    this.#allTasksDone.perform(undefined, Infinity)
  }

  /** Like `join`, for threads that must not block. */
  async joinAsync(): Promise<void> {
    await this.#allTasksDone.performAsync(undefined, Infinity)
  }

  /**
   * Makes every later `put` throw ShutDown, and `get` too once the queue is empty. With `immediate`, drops the items, so
   * that `get` throws at once.
   */
  shutdown(immediate = false): void {
    for (const encoded of this.shutDownStorage(immediate)) discard(encoded)
    this.#notifyAll()
  }

  /** What the place of an item depends on. Read once: the caller may change the item while it waits for room. */
  protected orderOf(_item: Item): unknown {
    return undefined
  }

  #put(item: NewItem): true | undefined {
    if (!this.tryPut(item)) return undefined
    this.#notEmpty.notify()
    afterOperation(this.id, 'put', this.#readSize)
    return true
  }

  #abandonPut({ encoded }: NewItem): void {
    discard(encoded)
    afterOperation(this.id, 'put', operationFailed)
  }

  #get(): Encoded | undefined {
    const encoded = this.tryGet()
    if (encoded === undefined) return undefined
    this.#notFull.notify()
    afterOperation(this.id, 'get', this.#readSize)
    return encoded
  }

  #join(): true | undefined {
    if (this.unfinished !== 0) return undefined
    afterOperation(this.id, 'join', 0)
    return true
  }

  /** Wakes all waiters, which then check the queue again: the dead thread may have died before it notified them. */
  #recover(dead: number): void {
    for (const encoded of this.recoverStorage(dead)) discard(encoded)
    this.#notifyAll()
  }

  #notifyAll(): void {
    this.#notEmpty.notifyAll()
    this.#notFull.notifyAll()
    if (this.unfinishedTasks === 0) this.#allTasksDone.notifyAll()
  }

  /** Returns how many milliseconds `put` may wait. */
  #checkPut(block: boolean, timeout: number | undefined): number {
    if (this.wasShutDown) throw this.shutDownError()
    if (!block) return 0
    const limit = normalizeTimeout(timeout)
    if (isNegative(timeout) && this.maxSize > 0) throw negativeTimeoutError()
    return limit
  }

  /** Returns how many milliseconds `get` may wait. */
  #checkGet(block: boolean, timeout: number | undefined): number {
    if (!block) return 0
    const limit = normalizeTimeout(timeout)
    if (isNegative(timeout) && !(this.empty() && this.wasShutDown)) throw negativeTimeoutError()
    return limit
  }

  readonly #readSize = (): number => this.countItems()
  readonly #readUnfinished = (): number => this.unfinished
}
registerKind('Queue', Queue)

const isNegative = (timeout: number | undefined): boolean => timeout !== undefined && timeout < 0
const negativeTimeoutError = () => new ValueError('a timeout must not be negative')
