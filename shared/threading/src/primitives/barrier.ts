import { load, store } from '../core/atomic.ts'
import { BrokenBarrierError, RuntimeError, ValueError } from '../core/errors.ts'
import { afterOperation, beforeOperation, isInstrumented } from '../core/instrumentation.ts'
import { HandleRef, registerKind, registerRecovery, registerSnapshot } from '../core/kind-registry.ts'
import { waitRecordAt } from '../core/layout.ts'
import { canBlock, doubles, me, mySlot, words } from '../core/memory.ts'
import { type NameOptions, Primitive } from '../core/primitive.ts'
import { isTarget, nameOfTarget, type Target, targetNamed } from '../core/targets.ts'
import { normalizeTimeout } from '../core/timeout.ts'
import {
  countWaiters,
  enqueue,
  grantAll,
  hasWaits,
  refuseAll,
  releaseWaitRecord,
  sleepUntilGranted,
  takeWaitRecord,
  type Waiter,
  waitUntilGrantedAsync,
} from '../core/wait-list.ts'
import { free } from '../heap/heap.ts'
import { loadText, storeText } from '../heap/heap-text.ts'

/** The lists: those who count, and those who came while the round before still ends. */
const arrivedList = 0
const entryList = 1

/** What the barrier's word says. Releasing: all have come, and the last one runs the action. */
const filling = 0
const broken = 1
const releasing = 2

const partiesField = 0
const arrivedField = 1
/** The ident of the last to arrive, while it runs the action. */
const releaserField = 2
/** Two words: NaN where no timeout was given. */
const timeoutField = 3
/** The address of the name of the action. */
const actionField = 5
const noAction = 0
const unknownAction = -1

export interface BarrierOptions extends NameOptions {
  /** How many threads pass together. */
  readonly parties: number
  /**
   * Runs in the last thread to arrive, before any passes. A function given to `defineTargets` can run in any thread,
   * another only where the barrier was made: if the last arrives elsewhere, the barrier breaks with a RuntimeError.
   */
  readonly action?: () => unknown
  /** Milliseconds of every `wait` that gives none of its own. */
  readonly timeout?: number
}

/** A wait: of the party with this number, or at the door. */
interface Arrival {
  readonly index: number | undefined
  readonly waiter: Waiter
}

/**
 * A point that a number of threads must reach before any of them goes on, again and again. (CPython's Barrier: who
 * comes while the round before still ends waits at the door.)
 */
export class Barrier extends Primitive {
  static {
    registerRecovery('Barrier', (barrier: Barrier, dead) => barrier.#recover(dead))
  }

  readonly #action: (() => unknown) | undefined

  /** Throws ValueError for less than one party, TypeError for a number that is not whole. */
  constructor(options: BarrierOptions | HandleRef) {
    if (!(options instanceof HandleRef)) checkOptions(options)
    super('Barrier', options)
    if (options instanceof HandleRef) return
    words[this.field(partiesField)] = options.parties
    doubles[this.field(timeoutField) >> 1] = options.timeout ?? Number.NaN
    this.#action = options.action
    this.initialize(() => {
      words[this.field(actionField)] = this.#action === undefined ? noAction : actionAddressOf(this.#action)
    })
  }

  /** How many threads pass together. */
  get parties(): number {
    return words[this.field(partiesField)]!
  }

  /** Threads that wait in it now. */
  get waiting(): number {
    return load(this.field(arrivedField))
  }

  /** Whether `wait` throws BrokenBarrierError, until `reset`. */
  get broken(): boolean {
    return load(this.word) === broken
  }

  /**
   * Waits until all parties have come. Each gets its own number, from 0 in the order of arrival. Throws
   * BrokenBarrierError when the barrier is or gets broken; a wait that takes more than `timeout` milliseconds
   * breaks it for all. What the action throws is thrown to who came last, and breaks it too.
   */
  wait(timeout = this.#timeout): number {
    const time = normalizeTimeout(timeout)
    if (!canBlock) throw new RuntimeError('main must not block: use waitAsync')
    beforeOperation(this.id, 'wait')
    for (;;) {
      const arrival = this.#arrive(mySlot)
      if (typeof arrival === 'number') return this.#completeRound(arrival)
      const { index, waiter } = arrival
      const isWoken = sleepUntilGranted(waiter, index === undefined ? Infinity : time)
      if (!isWoken || waiter.isRefused) throw this.#brokenError()
      if (index !== undefined) return index
    }
  }

  /** As `wait`, for threads that must not block. */
  async waitAsync(timeout = this.#timeout): Promise<number> {
    const time = normalizeTimeout(timeout)
    for (;;) {
      const arrival = this.#arrive(takeWaitRecord())
      if (typeof arrival === 'number') return this.#completeRound(arrival)
      const { index, waiter } = arrival
      const isWoken = await waitUntilGrantedAsync(waiter, index === undefined ? Infinity : time)
      if (!isWoken || waiter.isRefused) throw this.#brokenError()
      if (index !== undefined) return index
    }
  }

  /** Makes it as new; threads that wait in it get BrokenBarrierError. */
  reset(): void {
    this.enter()
    this.#release(refuseAll)
    store(this.word, filling)
    this.leave()
  }

  /** Breaks it for all that wait in it or come, until `reset`. */
  abort(): void {
    this.enter()
    this.#break()
    this.leave()
  }

  /** Breaks the barrier if the dead thread had arrived, or ran the action: the round can never be completed. */
  #recover(dead: number): void {
    this.enter()
    const state = load(this.word)
    const isShort = state === filling && countWaiters(this.id, arrivedList) < this.waiting
    const isStuck = state === releasing && words[this.field(releaserField)] === dead
    if (isShort || isStuck) this.#break()
    this.leave()
  }

  /** The last to arrive gets its number, another its wait: before the door while the round before still ends. */
  #arrive(nodeIndex: number): number | Arrival {
    this.enter()
    const state = load(this.word)
    const index = this.waiting
    const isLast = state === filling && index + 1 === this.parties
    const waiter = isLast || state === broken ? undefined : this.#enqueueArrival(state, nodeIndex)
    if (state === filling) store(this.field(arrivedField), index + 1)
    if (isLast) words[this.field(releaserField)] = me
    if (isLast) store(this.word, releasing)
    this.leave()
    if (isInstrumented() && state === filling) afterOperation(this.id, 'wait', index + 1)
    if (waiter !== undefined) return { index: state === filling ? index : undefined, waiter }
    if (nodeIndex !== mySlot) releaseWaitRecord(waitRecordAt(nodeIndex))
    if (state === broken) throw this.#brokenError()
    return index
  }

  protected override close(): boolean {
    return load(this.word) !== releasing && !hasWaits(this.id)
  }

  protected override freeBlocks(): void {
    const address = words[this.field(actionField)]!
    if (address > noAction) free(address)
  }

  #enqueueArrival(state: number, nodeIndex: number): Waiter {
    const waiter = enqueue(this.id, state === filling ? arrivedList : entryList, 'wait', nodeIndex)
    waiter.onTimeout = () => this.#breakUnlessReleasing()
    return waiter
  }

  /** A wait that times out breaks the barrier, unless all have come and only the action is not done yet. */
  #breakUnlessReleasing(): boolean {
    if (load(this.word) === releasing) return false
    this.#break()
    return true
  }

  /** The others sleep until the action is done, and those who come meanwhile wait at the door. */
  #completeRound(index: number): number {
    try {
      this.#runAction()
    } catch (error) {
      this.abort()
      throw error
    }
    this.enter()
    const isBroken = load(this.word) !== releasing
    if (!isBroken) {
      store(this.word, filling)
      this.#release(grantAll)
    }
    this.leave()
    if (isBroken) throw this.#brokenError()
    return index
  }

  #runAction(): void {
    const place = words[this.field(actionField)]!
    if (this.#action !== undefined) this.#action()
    else if (place === unknownAction)
      throw new RuntimeError(`the action of ${this.name} is known only where it was made: see defineTargets`)
    else if (place !== noAction) targetNamed(loadText(place))()
  }

  get #timeout(): number | undefined {
    const timeout = doubles[this.field(timeoutField) >> 1]!
    return Number.isNaN(timeout) ? undefined : timeout
  }

  #break(): void {
    store(this.word, broken)
    this.#release(refuseAll)
  }

  #release(decide: typeof grantAll): void {
    store(this.field(arrivedField), 0)
    decide(this.id, arrivedList)
    grantAll(this.id, entryList)
  }

  #brokenError(): BrokenBarrierError {
    return new BrokenBarrierError(`${this.name} is broken`)
  }
}
registerKind('Barrier', Barrier)
registerSnapshot('Barrier', ({ waiting, parties }: Barrier) => ({ arrived: waiting, parties }))

/** The address of the action's name, for the threads that know it by its name. */
function actionAddressOf(action: Target): number {
  return isTarget(action) ? storeText(nameOfTarget(action)) : unknownAction
}

function checkOptions({ parties, timeout }: BarrierOptions): void {
  normalizeTimeout(timeout)
  if (typeof parties !== 'number' || !Number.isInteger(parties))
    throw new TypeError('parties are a whole number')
  if (parties < 1) throw new ValueError('a barrier has one party or more')
}
