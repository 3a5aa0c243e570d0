import { compareAndSet, load, store } from '../core/atomic.ts'
import { ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  HandleRef,
  type PrimitiveKind,
  registerKind,
  registerRepair,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { words } from '../core/memory.ts'
import { checkInteger, maxInt32 } from '../core/numbers.ts'
import type { NameOptions } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import { operationFailed } from '../core/vocabulary.ts'
import { firstWaiters, grantFirst, wakeGranted } from '../core/wait-list.ts'
import { beginGrants, carryOutGrants, endGrants, hasBegunGrants } from '../core/waits/group-grants.ts'
import { attemptOrWait, attemptOrWaitAsync, type WaitStep } from '../core/waits/waiting.ts'
import { Holdable } from './holdable.ts'

/**
 * Permits (Dijkstra 1965). CPython's `_value` is the difference of two counters here.
 *
 *   word or field   what it holds                       who writes it
 *   --------------  ----------------------------------  --------------------------------------------------------
 *   word            permits ever taken, wrapping        any thread, by compare-and-set
 *   released        permits ever there, wrapping        a thread that releases; guard held
 *   releasedAfter   `released` after a release          a thread that releases to waiters; guard held
 *   initialPermits  the permits at the start            the thread that makes the semaphore
 *
 * Released permits go to the threads that have waited longest, one each. Only the rest is counted in `released`, so no
 * other thread can take a permit that was released for a waiter.
 *
 * A release happens in one step, after which recovery completes it: without waiters when `released` is stored, otherwise
 * when the grants begin. A waiter has its permit when it takes its wait record out of use: until then recovery gives the
 * permit of a dead waiter back. A permit that a thread took dies with it.
 *
 * Invariant: a waiter queues itself, then tries to take a permit, then sleeps. `release` reads the list of waiters and
 * adds permits in the guard. So no thread sleeps while a permit is left.
 */

const waiterList = 0
const none: readonly number[] = []
const releasedField = 0
const releasedAfterField = 1
const initialPermitsField = 2

export interface SemaphoreOptions extends NameOptions {
  /** Permits at the start; 1 by default. */
  readonly value?: number
}

/** A number of permits that threads take and give back. */
export class Semaphore extends Holdable {
  static {
    for (const kind of ['Semaphore', 'BoundedSemaphore'] as const) {
      registerRepair(kind, (semaphore: Semaphore, _dead, undelivered) =>
        semaphore.#repair(undelivered.length),
      )
      registerSnapshot(kind, (semaphore: Semaphore) => ({ permits: semaphore.value }))
    }
  }

  /** Throws ValueError for a value below 0 or above 2³¹ - 1, TypeError for one that is not an integer. */
  constructor(options: SemaphoreOptions | HandleRef = {}, kind: PrimitiveKind = 'Semaphore') {
    if (!(options instanceof HandleRef)) checkInteger(options.value ?? 1, 'the value of a semaphore', 0)
    super(kind, options)
    if (options instanceof HandleRef) return
    words[this.field(releasedField)] = options.value ?? 1
    words[this.field(initialPermitsField)] = options.value ?? 1
  }

  /** Permits left. */
  get value(): number {
    for (;;) {
      const taken = load(this.word)
      const value = (load(this.field(releasedField)) - taken) | 0
      if (load(this.word) === taken) return value
    }
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
   * Gives `count` permits back, and wakes one waiter for each. Throws ValueError for less than 1, for more than a
   * BoundedSemaphore has room for, and where more than 2³¹ - 1 permits would be left; the permits are then unchanged.
   */
  release(count = 1): void {
    checkInteger(count, 'the permits to release', 1)
    beforeOperation(this.id, 'release')
    this.enter()
    const isAllowed = this.value + count <= this.maxValue
    const granted = !isAllowed ? none : count === 1 ? this.#releasePermit() : this.#releasePermits(count)
    this.leave()
    if (typeof granted === 'number') wakeGranted(granted)
    else for (const record of granted) wakeGranted(record)
    afterOperation(this.id, 'release', isAllowed ? this.#readValue : operationFailed)
    if (!isAllowed) throw new ValueError(`${this.name} has no room for ${count} more permits`)
  }

  protected get maxValue(): number {
    return maxInt32
  }

  protected get initialPermits(): number {
    return words[this.field(initialPermitsField)]!
  }

  readonly #tryTakePermit = (): boolean => {
    for (;;) {
      const taken = load(this.word)
      if (load(this.field(releasedField)) === taken) return false
      if (compareAndSet(this.word, taken, (taken + 1) | 0)) return true
    }
  }

  readonly #acquisition: WaitStep = {
    list: waiterList,
    operation: 'acquire',
    attempt: this.#tryTakePermit,
    retriesOnHint: true,
  }

  /**
   * Grants a permit to the first waiter, which is a single step, or adds it. Returns the wait record to wake, 0 for none.
   * The guard must be held.
   */
  #releasePermit(): number {
    const record = grantFirst(this.id, waiterList)
    const released = this.field(releasedField)
    if (record === 0) store(released, (words[released]! + 1) | 0)
    return record
  }

  /** Grants permits to waiters and adds the rest. Returns the wait records to wake. The guard must be held. */
  #releasePermits(count: number): number[] {
    const waiters = firstWaiters(this.id, waiterList, count)
    const after = (words[this.field(releasedField)]! + count - waiters.length) | 0
    const last = waiters.at(-1)
    if (last === undefined) {
      store(this.field(releasedField), after)
      return []
    }
    words[this.field(releasedAfterField)] = after
    beginGrants(this.id, last)
    return this.#completeRelease()
  }

  /** Does what is left of a release to waiters. */
  #completeRelease(): number[] {
    const granted = carryOutGrants(this.id, waiterList)
    store(this.field(releasedField), words[this.field(releasedAfterField)]!)
    endGrants(this.id)
    return granted
  }

  /** Completes the release of a dead thread, and releases the permits that were granted to it and not received. */
  #repair(undelivered: number): void {
    const granted = hasBegunGrants(this.id) ? this.#completeRelease() : []
    const passedOn = undelivered === 0 ? [] : this.#releasePermits(undelivered)
    for (const record of [...granted, ...passedOn]) wakeGranted(record)
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

  protected override get maxValue(): number {
    return this.initialPermits
  }
}
registerKind('BoundedSemaphore', BoundedSemaphore)

function normalizeAcquireTimeout(blocking: boolean, timeout: number | undefined): number {
  if (!blocking && timeout !== undefined) throw new ValueError('a timeout makes no sense without blocking')
  return blocking ? normalizeTimeout(timeout) : 0
}
