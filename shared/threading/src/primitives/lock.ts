import { compareAndSet, load, store } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import { object, waitRecord } from '../core/layout.ts'
import { doubles, me, words } from '../core/memory.ts'
import { type HandleRef, type NameOptions, Primitive, registerKind } from '../core/primitive.ts'
import { operationFailed } from '../core/process-view.ts'
import { spinUntil } from '../core/spin.ts'
import { normalizeLockTimeout } from '../core/timeout.ts'
import { firstWaiter, grantFirst, hintWaiter, wakeGranted } from '../core/wait-list.ts'

/** A waiter that waited this many milliseconds is handed the lock: it cannot be overtaken any more. */
const handoffThreshold = 1

/** The owner of a lock that was disposed of. No thread has this ident. */
const closedOwner = -1

const waiterList = 0
const ownerDiedField = 0
/** The node that is being handed the lock, as long as that lasts; RLock has its depth between. */
const handoffTargetField = 2

/**
 * What Lock and RLock share: one word that holds the owner's ident. Taking a free lock is one atomic step.
 * Who frees a lock that is waited for hints at the first waiter, so that a running thread may take it first
 * (barging keeps the lock busy), or hands it over when that waiter waited long enough. (WebKit's locks and their
 * eventual fairness: Pizlo, Locking in WebKit, 2016.)
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

  /**
   * True from the end of a thread that held it until `markConsistent`: what it protects may be half changed.
   * (POSIX's robust mutexes.)
   */
  get ownerDied(): boolean {
    return words[this.field(ownerDiedField)] === 1
  }

  /** Says that what the lock protects was repaired. Throws RuntimeError when this thread does not hold it. */
  markConsistent(): void {
    this.checkOwner()
    words[this.field(ownerDiedField)] = 0
  }

  /** Frees the lock whose owner died, and marks it. Called where a thread is buried, and nowhere else. */
  releaseAfterOwnerDeath(): void {
    words[this.field(ownerDiedField)] = 1
    words[this.field(handoffTargetField)] = 0
    store(this.record, 0)
    this.rewakeWaiters()
  }

  /** Does what a dead thread may have begun: tells who was handed the lock, or who waits for it while it is free. */
  rewakeWaiters(): void {
    this.enter()
    const handed = this.completeHandoff()
    this.leave()
    wakeGranted(handed)
    if (!this.locked() && firstWaiter(this.id, waiterList) !== 0) this.releaseToNext(0)
  }

  protected override close(): boolean {
    return compareAndSet(this.record, 0, closedOwner)
  }

  protected take(timeout: number): boolean {
    if (compareAndSet(this.word, 0, me)) return true
    if (timeout <= 0) return false
    return (
      spinUntil(this.#tryTake) ||
      this.waitUnless(this.#tryTake, waiterList, 'acquire', timeout, this.#tryTake)
    )
  }

  protected async takeAsync(timeout: number): Promise<boolean> {
    if (this.#tryTake()) return true
    if (timeout <= 0) return false
    return this.waitUnlessAsync(this.#tryTake, waiterList, 'acquire', timeout, this.#tryTake)
  }

  protected unlock(): void {
    // A first look that comes too early costs the waiter its turn, not its wake: the second is the one that counts.
    if (words[this.record + object.lists] !== 0) {
      this.releaseToNext(me)
      return
    }
    store(this.record, 0)
    if (load(this.record + object.lists) !== 0) this.releaseToNext(0)
  }

  protected checkOwner(): void {
    // Only this thread writes its own ident here, so it needs no atomic look.
    if (words[this.word] !== me) throw new RuntimeError(`${this.name} is not held by this thread`)
  }

  /**
   * Invariant: a waiter queues itself, then tries once more, then sleeps; the lock is freed first and the
   * list looked at afterwards. So one of the two sees the other, and no waiter sleeps beside a free lock.
   */
  readonly #tryTake = (): boolean => load(this.record) === 0 && compareAndSet(this.record, 0, me)

  /** `held` is the ident of this thread, which frees the lock now, or 0 where anyone may take it already. */
  private releaseToNext(held: number): void {
    this.enter()
    const handed = this.completeHandoff() || this.handOff(held)
    this.leave()
    wakeGranted(handed)
  }

  /**
   * A waiter that waited long enough gets the lock without its being free in between. The heir is written down
   * first: should this thread die before it has told the heir, another does. Returns the heir's node, 0 for none.
   */
  private handOff(held: number): number {
    const first = firstWaiter(this.id, waiterList)
    if (held !== 0 && first !== 0 && this.isStarving(first)) {
      words[this.field(handoffTargetField)] = first
      store(this.record, words[first + waitRecord.ident]!)
      return this.completeHandoff()
    }
    if (held !== 0) store(this.record, 0)
    if (first !== 0) hintWaiter(first)
    return 0
  }

  private isStarving(waiter: number): boolean {
    return now() - doubles[(waiter + waitRecord.since) >> 1]! >= handoffThreshold
  }

  private completeHandoff(): number {
    const heir = words[this.field(handoffTargetField)]!
    if (heir === 0) return 0
    const isHanded =
      load(this.record) === words[heir + waitRecord.ident] && firstWaiter(this.id, waiterList) === heir
    const handed = isHanded ? grantFirst(this.id, waiterList) : 0
    words[this.field(handoffTargetField)] = 0
    return handed
  }
}

/** A mutual exclusion lock. Unlike Python's, only the thread that acquired it may release it. */
export class Lock extends OwnedLock {
  constructor(options: NameOptions | HandleRef = {}) {
    super('Lock', options)
  }

  /**
   * Acquires the lock, waiting `timeout` milliseconds at the most (−1: for ever). Returns whether it did.
   * Throws ValueError for a timeout without blocking or below −1, TypeError for one that is no number.
   */
  acquire(blocking = true, timeout = -1): boolean {
    if (isInstrumented()) return this.acquireInstrumented(blocking, timeout)
    if (blocking && timeout === -1 && compareAndSet(this.word, 0, me)) return true
    return this.take(normalizeLockTimeout(blocking, timeout))
  }

  /** As `acquire(true, timeout)`, for threads that must not block. */
  async acquireAsync(timeout = -1): Promise<boolean> {
    const isTaken = await this.takeAsync(normalizeLockTimeout(true, timeout))
    if (isInstrumented()) afterOperation(this.id, 'acquire', isTaken ? 1 : operationFailed)
    return isTaken
  }

  /** Throws RuntimeError when this thread does not hold it. */
  release(): void {
    if (isInstrumented()) this.releaseInstrumented()
    else this.releaseUninstrumented()
  }

  /** `using _ = lock.hold()`: acquires it, and releases it at the end of the block. */
  hold(): Disposable {
    this.acquire()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** As `hold`, for threads that must not block: `using _ = await lock.holdAsync()`. */
  async holdAsync(): Promise<Disposable> {
    await this.acquireAsync()
    return { [Symbol.dispose]: () => this.release() }
  }

  /** For Condition: gives the lock up whatever its depth, which is returned. */
  releaseFully(): number {
    this.release()
    return 1
  }

  /** For Condition: takes it back at the depth that `releaseFully` returned. */
  reacquire(_depth: number): void {
    this.acquire()
  }

  async reacquireAsync(_depth: number): Promise<void> {
    await this.acquireAsync()
  }

  private acquireInstrumented(blocking: boolean, timeout: number): boolean {
    const patience = normalizeLockTimeout(blocking, timeout)
    beforeOperation(this.id, 'acquire')
    const isTaken = this.take(patience)
    afterOperation(this.id, 'acquire', isTaken ? 1 : operationFailed)
    return isTaken
  }

  private releaseUninstrumented(): void {
    this.checkOwner()
    this.unlock()
  }

  private releaseInstrumented(): void {
    beforeOperation(this.id, 'release')
    this.checkOwner()
    // Told while it is still held: who takes it next does so later.
    afterOperation(this.id, 'release', 0)
    this.unlock()
  }
}
registerKind('Lock', Lock)
