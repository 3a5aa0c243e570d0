import { compareAndSet, load, store } from './atomic.ts'
import { now } from './clock.ts'
import { RuntimeError } from './errors.ts'
import { node } from './layout.ts'
import { doubles, me, words } from './memory.ts'
import { type Existing, type NameOptions, Primitive, receivable } from './primitive.ts'
import { spinUntil } from './spin.ts'
import { lockPatience } from './timeout.ts'
import { firstWaiting, grantFirst, hint, wakeGranted } from './waiting.ts'

/** A waiter that waited this many milliseconds is handed the lock: it cannot be overtaken any more. */
const handoffAfter = 1

const waiters = 0
const ownerDiedField = 0

/**
 * What Lock and RLock share: one word that holds the owner's ident. Taking a free lock is one atomic step.
 * Who frees a lock that is waited for hints at the first waiter, so that a running thread may take it first
 * (barging keeps the lock busy), or hands it over when that waiter waited long enough.
 */
export abstract class OwnedLock extends Primitive {
  /** Whether a thread holds it. */
  locked(): boolean {
    return load(this.word) !== 0
  }

  /** The ident of the thread that holds it, 0 when it is free. */
  get owner(): number {
    return load(this.word)
  }

  /** True from the death of a thread that held it until `markConsistent`: what it protects may be half changed. */
  get ownerDied(): boolean {
    return words[this.field(ownerDiedField)] === 1
  }

  /** Says that what the lock protects was repaired. The lock must be held. */
  markConsistent(): void {
    this.checkOwner()
    words[this.field(ownerDiedField)] = 0
  }

  /** Frees the lock whose owner died, and marks it. Called where a thread is buried, and nowhere else. */
  abandon(): void {
    words[this.field(ownerDiedField)] = 1
    this.free()
  }

  /** Tells the first waiter of a free lock to try again. Called where a thread is buried. */
  tellFree(): void {
    if (!this.locked() && firstWaiting(this.id, waiters) !== 0) this.passOn()
  }

  protected take(timeout: number): boolean {
    if (compareAndSet(this.record, 0, me)) return true
    if (timeout <= 0) return false
    return (
      spinUntil(this.#tryTake) || this.waitUnless(this.#tryTake, waiters, 'acquire', timeout, this.#tryTake)
    )
  }

  protected async takeAsync(timeout: number): Promise<boolean> {
    if (this.#tryTake()) return true
    if (timeout <= 0) return false
    return this.waitUnlessAsync(this.#tryTake, waiters, 'acquire', timeout, this.#tryTake)
  }

  protected free(): void {
    store(this.record, 0)
    if (firstWaiting(this.id, waiters) !== 0) this.passOn()
  }

  protected checkOwner(): void {
    // Only this thread writes its own ident here, so it needs no atomic look.
    if (words[this.record] !== me) throw new RuntimeError(`${this.name} is not held by this thread`)
  }

  /**
   * Invariant: a waiter queues itself, then tries once more, then sleeps; the lock is freed first and the
   * list looked at afterwards. So one of the two sees the other, and no waiter sleeps beside a free lock.
   */
  readonly #tryTake = (): boolean => load(this.record) === 0 && compareAndSet(this.record, 0, me)

  private passOn(): void {
    this.enter()
    const first = firstWaiting(this.id, waiters)
    let handed = 0
    if (first !== 0) {
      const waited = now() - doubles[(first + node.since) >> 1]!
      if (waited < handoffAfter) hint(first)
      else if (compareAndSet(this.word, 0, words[first + node.ident]!)) handed = grantFirst(this.id, waiters)
    }
    this.leave()
    wakeGranted(handed)
  }
}

/** A mutual exclusion lock. Unlike Python's, only the thread that acquired it may release it. */
export class Lock extends OwnedLock {
  constructor(options: NameOptions | Existing = {}) {
    super('Lock', options)
  }

  /**
   * Acquires the lock, waiting `timeout` milliseconds at the most (−1: for ever). Returns whether it did.
   * Throws ValueError for a timeout without blocking or below −1.
   */
  acquire(blocking = true, timeout = -1): boolean {
    if (blocking && timeout === -1 && compareAndSet(this.record, 0, me)) return true
    return this.take(lockPatience(blocking, timeout))
  }

  /** As `acquire`, for threads that must not block. */
  acquireAsync(timeout = -1): Promise<boolean> {
    return this.takeAsync(lockPatience(true, timeout))
  }

  /** Throws RuntimeError when this thread does not hold it. */
  release(): void {
    this.checkOwner()
    this.free()
  }

  /** `using _ = lock.hold()`: acquires it, and releases it at the end of the block. */
  hold(): Disposable {
    this.acquire()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** For Condition: gives the lock up whatever its depth, which is returned. */
  releaseFully(): number {
    this.release()
    return 1
  }

  /** For Condition: takes it back at the depth that `releaseFully` returned. */
  acquireAgain(_depth: number): void {
    this.acquire()
  }

  async acquireAgainAsync(_depth: number): Promise<void> {
    await this.acquireAsync()
  }
}
receivable('Lock', Lock)
