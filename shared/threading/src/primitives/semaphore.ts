import { add, compareAndSet, load } from '../core/atomic.ts'
import { ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
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
import { Holdable } from './holdable.ts'

const waiterList = 0
const initialPermitsField = 0

export interface SemaphoreOptions extends NameOptions {
  /** Permits at the start, 1 where it is not given. */
  readonly value?: number
}

/**
 * A number of permits (Dijkstra 1965). Its word holds those that are left. Permits that are released go to the
 * threads that have waited longest, one each, and only what is left over is there to be taken.
 */
export class Semaphore extends Holdable {
  static {
    for (const kind of ['Semaphore', 'BoundedSemaphore'] as const) {
      registerRecovery(kind, (semaphore: Semaphore) => semaphore.recover())
      registerSnapshot(kind, (semaphore: Semaphore) => ({ permits: semaphore.value }))
    }
  }

  /** Throws ValueError for a value below 0, TypeError for one that is no whole number. */
  constructor(options: SemaphoreOptions | HandleRef = {}, kind: PrimitiveKind = 'Semaphore') {
    if (!(options instanceof HandleRef))
      checkInteger(options.value ?? 1, 0, 'a semaphore begins with 0 permits or more')
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
   * Takes a permit, waiting `timeout` milliseconds at the most (undefined: for ever; 0 or less: not at all).
   * Returns whether it did. Throws ValueError for a timeout without blocking, TypeError for one that is no number.
   */
  acquire(blocking = true, timeout?: number): boolean {
    const time = normalizeAcquireTimeout(blocking, timeout)
    beforeOperation(this.id, 'acquire')
    return this.#recordAcquire(
      this.#tryTake() ||
        (time > 0 &&
          this.waitUnless(this.#tryTake, {
            list: waiterList,
            operation: 'acquire',
            timeout: time,
            retriesOnHint: true,
          })),
    )
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout?: number): Promise<boolean> {
    const time = normalizeAcquireTimeout(true, timeout)
    return this.#recordAcquire(
      this.#tryTake() ||
        (time > 0 &&
          (await this.waitUnlessAsync(this.#tryTake, {
            list: waiterList,
            operation: 'acquire',
            timeout: time,
            retriesOnHint: true,
          }))),
    )
  }

  /**
   * Gives `count` permits back, and so wakes as many waiters. Throws ValueError for less than 1, and where that
   * makes a BoundedSemaphore's permits more than at its start; the permits are then as they were.
   */
  release(count = 1): void {
    checkInteger(count, 1, 'a semaphore releases 1 permit or more')
    beforeOperation(this.id, 'release')
    this.enter()
    const isOver = this.isBounded && load(this.word) + count > this.bound
    const granted = isOver ? [] : this.#releasePermits(count)
    this.leave()
    for (const record of granted) wakeGranted(record)
    if (isInstrumented()) afterOperation(this.id, 'release', isOver ? operationFailed : this.value)
    if (isOver) throw new ValueError(`${this.name} was released more often than acquired`)
  }

  /** Grants the permits that are left to the waiters: the dead thread may not have come to it. */
  protected recover(): void {
    this.enter()
    const granted = this.#grantPermits()
    this.leave()
    for (const record of granted) wakeGranted(record)
  }

  /** Whether a release above the first value is an error. */
  protected get isBounded(): boolean {
    return false
  }

  protected get bound(): number {
    return words[this.field(initialPermitsField)]!
  }

  #recordAcquire(isTaken: boolean): boolean {
    if (isInstrumented()) afterOperation(this.id, 'acquire', isTaken ? this.value : operationFailed)
    return isTaken
  }

  readonly #tryTake = (): boolean => {
    for (let left = load(this.word); left > 0; left = load(this.word)) {
      if (compareAndSet(this.word, left, left - 1)) return true
    }
    return false
  }

  /** To those who wait first: what they get is never there to be taken by another. The guard must be held. */
  #releasePermits(count: number): number[] {
    const granted: number[] = []
    while (granted.length < count && firstWaiter(this.id, waiterList) !== 0)
      granted.push(grantFirst(this.id, waiterList))
    const rest = count - granted.length
    if (rest > 0) add(this.word, rest)
    return granted
  }

  #grantPermits(): number[] {
    const granted: number[] = []
    while (firstWaiter(this.id, waiterList) !== 0 && this.#tryTake())
      granted.push(grantFirst(this.id, waiterList))
    return granted
  }
}
registerKind('Semaphore', Semaphore)

/** A semaphore whose permits can never be more than at its start. */
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

function checkInteger(value: number, least: number, message: string): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new TypeError('permits are a whole number')
  if (value < least) throw new ValueError(message)
}
