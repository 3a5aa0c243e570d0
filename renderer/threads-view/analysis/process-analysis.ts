import type { ProcessView, ThreadView } from '../../../shared/threading/view.ts'
import { Cast, FormerCast } from './cast.ts'
import { Contention } from './contention.ts'
import { PresentDeadlocks } from './deadlocks.ts'
import { Feeders } from './feeders.ts'
import { inOrder } from './in-order.ts'
import { LastOperations } from './last-operations.ts'
import { type LockOrder, LockOrders } from './lock-orders.ts'
import { LostUpdateWatch } from './lost-updates.ts'
import { NearMisses } from './near-misses.ts'
import { StateTimes } from './state-times.ts'
import { findStuck, type Stuck } from './stuck.ts'
import { type UnusualWait, unusualWait } from './unusual-wait.ts'
import { WaitTimes } from './wait-times.ts'
import { why } from './why.ts'

/** Milliseconds between two looks for threads that wait for ever. */
const stuckStep = 250

/** What is learned of one thread. */
interface ThreadStory {
  readonly times: StateTimes
  readonly operations: LastOperations
}

/**
 * What is learned of one process from its views, in bounded memory: each view costs work for what is new in it, and
 * nothing for what was before.
 */
export class ProcessAnalysis {
  readonly name: string
  readonly cast = new Cast()
  readonly feeders = new Feeders()
  readonly waits = new WaitTimes()
  readonly contention = new Contention()
  readonly nearMisses: NearMisses
  /** Acts that threads did not record. */
  unmarked = 0
  #stuck: readonly Stuck[] = []
  readonly #former = new FormerCast()
  readonly #deadlocks = new PresentDeadlocks()
  readonly #lockOrders = new LockOrders()
  readonly #lostUpdates = new LostUpdateWatch()
  readonly #threads = new Map<number, ThreadStory>()
  #view: ProcessView | undefined
  #stuckLookAt = Number.NEGATIVE_INFINITY

  constructor(name: string) {
    this.name = name
    this.nearMisses = new NearMisses(name)
  }

  accept(view: ProcessView): void {
    const before = this.#view
    this.#view = view
    this.unmarked = view.unmarked
    this.cast.accept(view)
    if (view.threads !== before?.threads) this.#acceptThreads(view)
    this.feeders.accept(view, this.cast)
    this.#acceptEvents(view)
    if (view.threads !== before?.threads) {
      for (const thread of view.threads) this.#threads.get(thread.id)?.times.confirm(thread)
    }
    if (view.objects !== before?.objects) this.#acceptLosses(view)
    this.look(view.at)
  }

  /** Looks for threads that block each other or wait for ever; also while nothing new is heard of the process. */
  look(at: number): void {
    if (this.#view) this.#deadlocks.look(this.#view)
    if (Math.abs(at - this.#stuckLookAt) < stuckStep) return
    this.#stuckLookAt = at
    this.#stuck = findStuck(this.cast, this.feeders, at)
  }

  /** The time of the newest view. */
  get at(): number {
    return this.#view?.at ?? Number.NEGATIVE_INFINITY
  }

  get deadlocks() {
    return this.#deadlocks.present
  }

  get stuck(): readonly Stuck[] {
    return this.#stuck
  }

  /** Why a thread does not go on, as `view` shows it: the newest one, or one that is looked back at. */
  why(thread: ThreadView, view: ProcessView | undefined, at: number): string {
    const cast = view === undefined || view === this.#view ? this.cast : this.#former.at(view)
    return why(thread, cast, this.feeders, at)
  }

  unusualWait(thread: ThreadView, at: number): UnusualWait | undefined {
    return unusualWait(this.waits, thread, at)
  }

  /** Undefined for a thread that is gone. */
  stateTimes(thread: number): StateTimes | undefined {
    return this.#threads.get(thread)?.times
  }

  operations(thread: number): LastOperations | undefined {
    return this.#threads.get(thread)?.operations
  }

  #acceptThreads({ threads, at }: ProcessView): void {
    for (const thread of threads) {
      if (this.#threads.has(thread.id)) continue
      this.#threads.set(thread.id, { times: new StateTimes(thread, at), operations: new LastOperations() })
    }
    if (this.#threads.size === threads.length) return
    for (const id of this.#threads.keys()) if (!this.cast.thread(id)) this.#forget(id)
  }

  #forget(id: number): void {
    this.#threads.delete(id)
    this.waits.forget(id)
    this.contention.forget(id)
  }

  #acceptEvents(view: ProcessView): void {
    for (const happened of inOrder(view)) {
      const story = this.#threads.get(happened.thread)
      if ('act' in happened) {
        story?.operations.accept(happened)
        this.contention.accept(happened, this.cast)
        this.#lostUpdates.wrote(happened)
        const circle = this.#lockOrders.accept(happened)
        if (circle) this.#tellOrders(circle, happened.at)
      } else {
        story?.times.accept(happened)
        const waitedFor = this.waits.accept(happened, this.cast)
        if (waitedFor !== 0) this.contention.waited(happened.thread, waitedFor)
      }
    }
  }

  #tellOrders(circle: readonly LockOrder[], at: number): void {
    this.nearMisses.tellLockOrders(circle, at, this.cast)
  }

  #acceptLosses({ objects, at }: ProcessView): void {
    for (const lost of this.#lostUpdates.look(objects)) this.nearMisses.tellLost(lost, at, this.cast)
  }
}
