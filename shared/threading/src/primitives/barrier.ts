import { load, store } from '../core/atomic.ts'
import { BrokenBarrierError, RuntimeError } from '../core/errors.ts'
import { afterOperation, beforeOperation } from '../core/instrumentation.ts'
import {
  HandleRef,
  registerKind,
  registerRecovery,
  registerRepair,
  registerSnapshot,
} from '../core/kind-registry.ts'
import { canBlock, doubles, me, mySlot, words } from '../core/memory.ts'
import { Primitive } from '../core/primitive.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import {
  checkNotKilled,
  countWaiters,
  enqueue,
  grantAll,
  hasWaits,
  refuseAll,
  sleepUntilGranted,
  type Waiter,
  waitUntilGrantedAsync,
} from '../core/wait-list.ts'
import { releaseWaitRecord, takeWaitRecord } from '../core/waits/wait-records.ts'
import { freeAction, loadAction, storeAction, unknownAction } from './barrier-action.ts'
import { type BarrierOptions, checkBarrierOptions } from './barrier-options.ts'

export type { BarrierOptions } from './barrier-options.ts'

/**
 * CPython's Barrier. Its word is the state:
 *
 *   state      word  what it means                          what follows, and who does it
 *   ---------  ----  -------------------------------------  ---------------------------------------------------------
 *   filling    0     parties are missing                    -> draining: the last party, when it arrives
 *                                                           -> broken: a wait that times out, `abort`, recovery
 *                                                           -> resetting: `reset`
 *   draining   2     all parties have arrived; the last     -> passing: the last party
 *                    one runs the action. A thread that     -> broken: the last party if the action throws; `abort`;
 *                    comes now waits at the entry           recovery if the last party died
 *                                                           -> resetting: `reset`
 *   broken     1     every wait throws BrokenBarrierError   -> resetting: `reset`
 *   passing    3     a thread in the guard lets them pass   -> filling: that thread, or recovery
 *   resetting  4     a thread in the guard refuses them     -> filling: that thread, or recovery
 *
 *   field    what it holds                                     who writes it
 *   -------  ------------------------------------------------  ----------------------------------------------------
 *   parties  how many threads pass together                    the thread that makes the barrier
 *   arrived  how many of them wait or run the action           the thread that arrives or ends the round; guard held
 *   drainer  ident of the last party, while it drains          the last party; guard held
 *   timeout  a double: the default of `wait`, NaN for none     the thread that makes the barrier
 *   action   how other threads find it: barrier-action.ts      the thread that makes the barrier
 *
 * The state changes in the object's guard alone. `passing`, `resetting` and `broken` are stored before the waiters are
 * granted or refused: if the thread dies in between, recovery does it for the others.
 */

const filling = 0
const broken = 1
const draining = 2
const passing = 3
const resetting = 4

const partiesField = 0
const arrivedField = 1
const drainerField = 2
const timeoutField = 3
const actionField = 5

/** The lists of waiters: parties that arrived, and threads that came while the barrier drains. */
const arrivedList = 0
const entryList = 1

/** What became of a thread that arrived. An early one waits until the barrier is drained, and then arrives again. */
type Arrival =
  | { readonly kind: 'last'; readonly index: number }
  | { readonly kind: 'counted'; readonly index: number; readonly waiter: Waiter }
  | { readonly kind: 'early'; readonly waiter: Waiter }
  | { readonly kind: 'broken' }

/** A point that a number of threads must reach before any of them goes on, again and again. */
export class Barrier extends Primitive {
  static {
    registerRepair('Barrier', (barrier: Barrier, dead) => barrier.#repair(dead))
    registerRecovery('Barrier', (barrier: Barrier, dead) => barrier.#recover(dead))
  }

  readonly #action: (() => unknown) | undefined

  /** Throws ValueError for less than one party or more than 2³¹ - 1, TypeError for a number that is not an integer. */
  constructor(options: BarrierOptions | HandleRef) {
    if (!(options instanceof HandleRef)) checkBarrierOptions(options)
    super('Barrier', options)
    if (options instanceof HandleRef) return
    words[this.field(partiesField)] = options.parties
    doubles[this.field(timeoutField) >> 1] = options.timeout ?? Number.NaN
    this.#action = options.action
    this.initialize(() => {
      words[this.field(actionField)] = storeAction(this.#action)
    })
  }

  /** How many threads pass together. */
  get parties(): number {
    this.checkLive()
    return words[this.field(partiesField)]!
  }

  /** Threads that wait in it. */
  get waiting(): number {
    this.checkLive()
    return load(this.field(arrivedField))
  }

  /** Whether `wait` throws BrokenBarrierError, until `reset`. */
  get broken(): boolean {
    return load(this.word) === broken
  }

  /**
   * Waits until all parties have arrived. Each gets its own number, from 0 in the order of arrival. Throws
   * BrokenBarrierError when the barrier is or gets broken; a wait that takes more than `timeout` milliseconds breaks it
   * for all. An error of the action is thrown by the last party's `wait`, and breaks the barrier too.
   */
  wait(timeout = this.#timeout): number {
    const limit = normalizeTimeout(timeout)
    if (!canBlock) throw new RuntimeError('main must not block: use waitAsync')
    beforeOperation(this.id, 'wait')
    for (;;) {
      checkNotKilled()
      const arrival = this.#arrive(mySlot)
      const isWoken = !hasToWait(arrival) || sleepUntilGranted(arrival.waiter, limitOf(arrival, limit))
      const index = this.#pass(arrival, isWoken)
      if (index !== undefined) return index
    }
  }

  /** Like `wait`, for threads that must not block. */
  async waitAsync(timeout = this.#timeout): Promise<number> {
    const limit = normalizeTimeout(timeout)
    const recordIndex = takeWaitRecord()
    try {
      for (;;) {
        const arrival = this.#arrive(recordIndex)
        const isWoken =
          !hasToWait(arrival) || (await waitUntilGrantedAsync(arrival.waiter, limitOf(arrival, limit)))
        const index = this.#pass(arrival, isWoken)
        if (index !== undefined) return index
      }
    } finally {
      releaseWaitRecord(recordIndex)
    }
  }

  /** Makes the barrier usable again, or empties it; threads that wait in it get BrokenBarrierError. */
  reset(): void {
    this.enter()
    this.#refill(resetting)
    this.leave()
  }

  /** Breaks the barrier, until `reset`, for all threads that wait in it or come. */
  abort(): void {
    this.enter()
    this.#break()
    this.leave()
  }

  /** Arrives, and queues this thread in the wait record `recordIndex` if it has to wait. (CPython's `_enter`.) */
  #arrive(recordIndex: number): Arrival {
    this.enter()
    const arrival = this.#joinRound(recordIndex)
    this.leave()
    if (arrival.kind === 'broken') throw this.#brokenError()
    if (arrival.kind !== 'early') afterOperation(this.id, 'wait', arrival.index + 1)
    return arrival
  }

  /** The guard must be held. */
  #joinRound(recordIndex: number): Arrival {
    const state = load(this.word)
    if (state === broken) return { kind: 'broken' }
    if (state === draining) return { kind: 'early', waiter: this.#enqueue(entryList, recordIndex) }
    const index = this.waiting
    const isLast = index + 1 === this.parties
    const waiter = isLast ? undefined : this.#enqueue(arrivedList, recordIndex)
    store(this.field(arrivedField), index + 1)
    if (waiter !== undefined) return { kind: 'counted', index, waiter }
    words[this.field(drainerField)] = me
    store(this.word, draining)
    return { kind: 'last', index }
  }

  /** Returns this thread's number, or undefined if it must arrive again. */
  #pass(arrival: Arrival, isWoken: boolean): number | undefined {
    if (arrival.kind === 'last') return this.#release(arrival.index)
    if (!isWoken || !hasToWait(arrival) || arrival.waiter.isRefused) throw this.#brokenError()
    return arrival.kind === 'counted' ? arrival.index : undefined
  }

  /** Runs the action and lets the other parties pass. (CPython's `_release` and `_exit`.) */
  #release(index: number): number {
    try {
      this.#runAction()
    } catch (error) {
      this.abort()
      throw error
    }
    this.enter()
    // After a `reset`, another round can be draining already.
    const isDraining = load(this.word) === draining && words[this.field(drainerField)] === me
    if (isDraining) this.#refill(passing)
    this.leave()
    if (!isDraining) throw this.#brokenError()
    return index
  }

  /** Breaks the barrier for all that wait in it. The guard must be held. (CPython's `_break`.) */
  #break(): void {
    store(this.word, broken)
    this.#endRound(refuseAll)
  }

  /** Lets the parties pass or refuses them, and begins the next round. The guard must be held. */
  #refill(how: typeof passing | typeof resetting): void {
    store(this.word, how)
    this.#endRound(how === passing ? grantAll : refuseAll)
    store(this.word, filling)
  }

  /** Lets the parties pass or refuses them, and lets those at the entry arrive. The guard must be held. */
  #endRound(decide: typeof grantAll): void {
    store(this.field(arrivedField), 0)
    decide(this.id, arrivedList)
    grantAll(this.id, entryList)
  }

  #recover(dead: number): void {
    this.enter()
    this.#repair(dead)
    this.leave()
  }

  /**
   * Completes what the dead thread began to decide. Breaks the barrier if the dead thread had arrived, or was draining it:
   * the round can never be completed.
   */
  #repair(dead: number): void {
    const state = load(this.word)
    if (state === passing || state === resetting) this.#refill(state)
    const isShort = state === filling && countWaiters(this.id, arrivedList) < this.waiting
    const isStuck = state === draining && words[this.field(drainerField)] === dead
    if (isShort || isStuck || state === broken) this.#break()
  }

  protected override close(): boolean {
    return load(this.word) !== draining && !hasWaits(this.id)
  }

  protected override freeBlocks(): void {
    freeAction(words[this.field(actionField)]!)
  }

  #enqueue(list: number, recordIndex: number): Waiter {
    const waiter = enqueue(this.id, list, 'wait', recordIndex)
    waiter.onTimeout = () => this.#breakUnlessDraining()
    return waiter
  }

  /** A wait that times out breaks the barrier, unless all parties have arrived and only the action is not done yet. */
  #breakUnlessDraining(): boolean {
    if (load(this.word) === draining) return false
    this.#break()
    return true
  }

  #runAction(): void {
    const word = words[this.field(actionField)]!
    if (this.#action === undefined && word === unknownAction)
      throw new RuntimeError(`the action of ${this.name} is known only where it was made: see defineTargets`)
    const action = this.#action ?? loadAction(word)
    action?.()
  }

  get #timeout(): number | undefined {
    this.checkLive()
    const timeout = doubles[this.field(timeoutField) >> 1]!
    return Number.isNaN(timeout) ? undefined : timeout
  }

  #brokenError(): BrokenBarrierError {
    return new BrokenBarrierError(`${this.name} is broken`)
  }
}
registerKind('Barrier', Barrier)
registerSnapshot('Barrier', ({ waiting, parties }: Barrier) => ({ arrived: waiting, parties }))

const hasToWait = (arrival: Arrival) => arrival.kind === 'counted' || arrival.kind === 'early'

/** At the entry there is no limit: the barrier drains by itself. */
const limitOf = (arrival: Arrival, limit: number) => (arrival.kind === 'counted' ? limit : Infinity)
