import { compareAndSet, load, store } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { RuntimeError } from '../core/errors.ts'
import { object, waitRecord } from '../core/layout.ts'
import { doubles, me, words } from '../core/memory.ts'
import { firstWaiter, grantFirst, hintWaiter, wakeGranted } from '../core/wait-list.ts'
import { attemptOrWait, attemptOrWaitAsync, spinUntil, type WaitStep } from '../core/waits/waiting.ts'
import { Holdable } from './holdable.ts'

/**
 * The lock protocol that Lock and RLock share. Two words make up its state: the lock word and the handoff target. Two
 * fields come beside them: `ownerDied`, which recovery sets and `markConsistent` clears, and `depth`, which an RLock's
 * owner writes.
 *
 *   state         lock word       handoff target   what follows, and who does it
 *   ------------  --------------  ---------------  ------------------------------------------------------------
 *   free          0               0                -> held: any thread, by compare-and-set (it may barge ahead
 *                                                     of the waiters)
 *                                                  -> closed: the thread that disposes of it
 *   held          owner's ident   0                -> free: the owner; it then hints at the first waiter
 *                                                  -> announced: the owner, where the first waiter waited for
 *                                                     `handoffThreshold`
 *   announced     owner's ident   wait record      -> handed off: the owner
 *   handed off    waiter's ident  wait record      -> held: the former owner, which grants the wait
 *   closed        closedOwner     0                never leaves this state
 *
 * The handoff target is written and read under the object's guard, and 0 outside of it. Recovery ends what a dead thread
 * began: it completes a hand-off, drops one that was only announced, and frees the lock of a dead owner. It sets
 * `ownerDied` unless the owner had been handed the lock and not yet noticed.
 *
 * Invariant: a waiter queues itself, then tries to take the lock, then sleeps. The owner frees the lock first and reads
 * the list of waiters afterwards. So at least one of the two sees the other, and no waiter sleeps beside a free lock.
 *
 * (WebKit's locks and their eventual fairness: Pizlo, Locking in WebKit, 2016.)
 */

const free = 0
/** The owner of a lock that was disposed of. No thread has this ident. */
const closedOwner = -1
/** Milliseconds after which a waiter is handed the lock, so that no other thread can overtake it any more. */
const handoffThreshold = 1

const waiterList = 0
const ownerDiedField = 0
export const depthField = 1
const handoffTargetField = 2

/** For Condition: releases the lock whatever its depth, and returns the depth. */
export let releaseSave: (lock: OwnedLock) => number
/** For Condition: acquires the lock at the depth that `releaseSave` returned. */
export let acquireRestore: (lock: OwnedLock, depth: number) => void
/** Like `acquireRestore`, for threads that must not block: it waits in this record. */
export let acquireRestoreAsync: (lock: OwnedLock, depth: number, recordIndex: number) => Promise<void>

export abstract class OwnedLock extends Holdable {
  // These functions reach protected members: they are no methods, so that users do not see them.
  static {
    releaseSave = (lock) => lock.releaseSave()
    acquireRestore = (lock, depth) => lock.acquireRestore(depth)
    acquireRestoreAsync = (lock, depth, recordIndex) => lock.acquireRestoreAsync(depth, recordIndex)
  }

  /**
   * Not `word`, which checks that the object exists: it cannot be disposed of while a thread holds or awaits it. A field,
   * because a getter here makes an uncontended release measurably slower.
   */
  readonly #lockWord = this.record + object.word
  /** The head of the list of waiters. */
  readonly #firstWaiterWord = this.record + object.lists + waiterList * 2

  /** Whether a thread holds it. */
  locked(): boolean {
    return load(this.word) !== free
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
    this.checkLive()
    return words[this.field(ownerDiedField)] === 1
  }

  /** States that what the lock protects was repaired. Throws RuntimeError when this thread does not hold it. */
  markConsistent(): void {
    this.checkOwner()
    words[this.field(ownerDiedField)] = 0
  }

  protected abstract releaseSave(): number
  protected abstract acquireRestore(depth: number): void
  protected abstract acquireRestoreAsync(depth: number, recordIndex: number): Promise<void>

  protected override close(): boolean {
    // A thread that died while it disposed of the lock may have closed it.
    return compareAndSet(this.#lockWord, free, closedOwner) || load(this.#lockWord) === closedOwner
  }

  /** Takes the lock if it is free. */
  protected takeFree(): boolean {
    return compareAndSet(this.word, free, me)
  }

  protected take(timeout: number): boolean {
    if (this.takeFree()) return true
    if (timeout <= 0) return false
    return spinUntil(this.#tryTake) || attemptOrWait(this.id, this.#acquisition, timeout)
  }

  protected takeAsync(timeout: number, recordIndex?: number): Promise<boolean> {
    return attemptOrWaitAsync(this.id, this.#acquisition, timeout, recordIndex)
  }

  /** Frees the lock or hands it off. This thread must hold it. */
  protected unlock(): void {
    // Not atomic: a waiter that is missed here is seen below. It only loses its chance of a hand-off.
    if (words[this.#firstWaiterWord] !== 0) {
      this.#releaseToWaiter()
      return
    }
    store(this.#lockWord, free)
    if (load(this.#firstWaiterWord) !== 0) this.#wakeForFreeLock()
  }

  protected checkOwner(): void {
    // Not atomic: only this thread writes its own ident here.
    if (words[this.word] !== me) throw new RuntimeError(`${this.name} is not held by this thread`)
  }

  /** Frees the lock if its owner died, and in any case wakes the waiter that the dead thread may not have woken. */
  protected recover(dead: number): void {
    this.enter()
    if (this.owner === dead) this.releaseForDeadOwner()
    if (!this.locked()) this.#hintFirstWaiter()
    this.leave()
  }

  /** Ends the hand-off of a dead thread, and frees the lock that a dead waiter was handed. */
  protected repair(dead: number, undelivered: readonly number[]): void {
    wakeGranted(this.#completeHandoff())
    if (undelivered.length > 0 && this.owner === dead && words[this.field(depthField)] === 0)
      store(this.#lockWord, free)
  }

  protected releaseForDeadOwner(): void {
    words[this.field(ownerDiedField)] = 1
    store(this.#lockWord, free)
  }

  readonly #tryTake = (): boolean => load(this.#lockWord) === free && compareAndSet(this.#lockWord, free, me)

  readonly #acquisition: WaitStep = {
    list: waiterList,
    operation: 'acquire',
    attempt: this.#tryTake,
    retriesOnHint: true,
  }

  #releaseToWaiter(): void {
    this.enter()
    const handed = this.#handOffOrFree()
    this.leave()
    wakeGranted(handed)
  }

  /** The lock is free, and a thread may have queued itself before it could see that. */
  #wakeForFreeLock(): void {
    this.enter()
    this.#hintFirstWaiter()
    this.leave()
  }

  /**
   * Hands the lock to the first waiter if that waited long enough, and frees it otherwise. The target is announced
   * before the lock word changes: if this thread dies in between, recovery knows whose wait to grant. Returns the
   * granted wait record, 0 for none. The guard must be held.
   */
  #handOffOrFree(): number {
    const first = firstWaiter(this.id, waiterList)
    if (first !== 0 && this.#isStarving(first)) {
      words[this.field(handoffTargetField)] = first
      store(this.#lockWord, words[first + waitRecord.ident]!)
      return this.#completeHandoff()
    }
    store(this.#lockWord, free)
    this.#hintFirstWaiter()
    return 0
  }

  #hintFirstWaiter(): void {
    const first = firstWaiter(this.id, waiterList)
    if (first !== 0) hintWaiter(first)
  }

  #isStarving(waiter: number): boolean {
    return now() - doubles[(waiter + waitRecord.since) >> 1]! >= handoffThreshold
  }

  /** Grants the wait of the handoff target if the lock word names it. Returns its wait record, 0 for none. */
  #completeHandoff(): number {
    const target = words[this.field(handoffTargetField)]!
    if (target === 0) return 0
    const isHandedOff =
      load(this.#lockWord) === words[target + waitRecord.ident] && firstWaiter(this.id, waiterList) === target
    const handed = isHandedOff ? grantFirst(this.id, waiterList) : 0
    words[this.field(handoffTargetField)] = 0
    return handed
  }
}
