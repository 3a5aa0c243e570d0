import { add, compareAndSet, load } from '../core/atomic.ts'
import { ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  HandleRef,
  type PrimitiveKind,
  registerKind,
  registerRecovery,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { words } from '../core/memory.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { firstWaiter, grantFirst, wakeGranted } from '../core/wait-list.ts'
import { attemptOrWait, attemptOrWaitAsync, type WaitStep } from '../core/waiting.ts'
import { Holdable } from './holdable.ts'

/**
 * Permits (Dijkstra 1965). CPython's `_value` is the object's word here.
 *
 *   word or field   what it holds              who writes it
 *   --------------  -------------------------  --------------------------------------------------------------
 *   word            the permits that are left  any thread: `acquire` by compare-and-set, `release` by an add
 *                                              in the object's guard
 *   initialPermits  the permits at the start   the thread that makes the semaphore
 *
 * Released permits go to the threads that have waited longest, one each. Only the rest is added to the word, so no other
 * thread can take a permit that was released for a waiter.
 *
 * Invariant: a waiter queues itself, then tries to take a permit, then sleeps. `release` reads the list of waiters and
 * adds permits in the guard. So no thread sleeps while a permit is left.
 */

const waiterList = 0
const initialPermitsField = 0

export interface SemaphoreOptions extends NameOptions {
  /** Permits at the start; 1 by default. */
  readonly value?: number
}

/** A number of permits that threads take and give back. */
export class Semaphore extends Holdable {
  static {
    for (const kind of ['Semaphore', 'BoundedSemaphore'] as const) {
      registerRecovery(kind, (semaphore: Semaphore) => semaphore.#recover())
      registerSnapshot(kind, (semaphore: Semaphore) => ({ permits: semaphore.value }))
    }
  }

  /** Throws ValueError for a value below 0, TypeError for one that is not an integer. */
  constructor(options: SemaphoreOptions | HandleRef = {}, kind: PrimitiveKind = 'Semaphore') {
    if (!(options instanceof HandleRef))
      checkPermits(options.value ?? 1, 0, 'a semaphore begins with 0 permits or more')
    super(kind, options)
    if (options instanceof HandleRef) return
    words[this.word] = options.value ?? 1
    words[this.field(initialPermitsField)] = options.value ?? 1
  }

  /** Permits left. */
  get value(): number {
    return load(this.word)
  }

  /**
   * Takes a permit, waiting at most `timeout` milliseconds (undefined: without limit; 0 or less: not at all). Returns
   * whether it did. Throws ValueError for a timeout without blocking, TypeError for one that is no number.
   */
  acquire(blocking = true, timeout?: number): boolean {
    const limit = normalizeAcquireTimeout(blocking, timeout)
    beforeOperation(this.id, 'acquire')
    return this.#recordAcquire(attemptOrWait(this.id, this.#acquisition, limit))
  }

  /** Like `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout?: number): Promise<boolean> {
    const limit = normalizeAcquireTimeout(true, timeout)
    return this.#recordAcquire(await attemptOrWaitAsync(this.id, this.#acquisition, limit))
  }

  /**
   * Gives `count` permits back, and wakes one waiter for each. Throws ValueError for less than 1, and for more than a
   * BoundedSemaphore has room for; the permits are then unchanged.
   */
  release(count = 1): void {
    checkPermits(count, 1, 'a semaphore releases 1 permit or more')
    beforeOperation(this.id, 'release')
    this.enter()
    const isAllowed = !this.isBounded || load(this.word) + count <= words[this.field(initialPermitsField)]!
    const granted = isAllowed ? this.#releasePermits(count) : []
    this.leave()
    for (const record of granted) wakeGranted(record)
    afterOperation(this.id, 'release', isAllowed ? this.#readValue : operationFailed)
    if (!isAllowed) throw new ValueError(`${this.name} was released more often than acquired`)
  }

  /** Whether there can be no more permits than at the start. */
  protected get isBounded(): boolean {
    return false
  }

  readonly #tryTakePermit = (): boolean => {
    for (let left = load(this.word); left > 0; left = load(this.word)) {
      if (compareAndSet(this.word, left, left - 1)) return true
    }
    return false
  }

  readonly #acquisition: WaitStep = {
    list: waiterList,
    operation: 'acquire',
    attempt: this.#tryTakePermit,
    retriesOnHint: true,
  }

  /** Grants permits to waiters and adds the rest. Returns the wait records to wake. The guard must be held. */
  #releasePermits(count: number): number[] {
    const granted: number[] = []
    while (granted.length < count && firstWaiter(this.id, waiterList) !== 0)
      granted.push(grantFirst(this.id, waiterList))
    const rest = count - granted.length
    if (rest > 0) add(this.word, rest)
    return granted
  }

  /** Grants the permits that are left to the waiters: the dead thread may have died before it did so. */
  #recover(): void {
    this.enter()
    const granted: number[] = []
    while (firstWaiter(this.id, waiterList) !== 0 && this.#tryTakePermit())
      granted.push(grantFirst(this.id, waiterList))
    this.leave()
    for (const record of granted) wakeGranted(record)
  }

  #recordAcquire(isTaken: boolean): boolean {
    afterOperation(this.id, 'acquire', isTaken ? this.#readValue : operationFailed)
    return isTaken
  }

  readonly #readValue = (): number => this.value
}
registerKind('Semaphore', Semaphore)

/** A semaphore that never has more permits than at its start. */
export class BoundedSemaphore extends Semaphore {
  constructor(options: SemaphoreOptions | HandleRef = {}) {
    super(options, 'BoundedSemaphore')
  }

  protected override get isBounded(): boolean {
    return true
  }
}
registerKind('BoundedSemaphore', BoundedSemaphore)

function normalizeAcquireTimeout(blocking: boolean, timeout: number | undefined): number {
  if (!blocking && timeout !== undefined) throw new ValueError('a timeout makes no sense without blocking')
  return blocking ? normalizeTimeout(timeout) : 0
}

function checkPermits(count: number, minimum: number, message: string): void {
  if (typeof count !== 'number' || !Number.isInteger(count)) throw new TypeError('permits are a whole number')
  if (count < minimum) throw new ValueError(message)
}
