import type { ProcessView, ThreadView } from '@skein/threading/inspect'
import { mergeThreadEvents } from '../model/merge-thread-events.ts'
import { PastDirectory, ProcessDirectory } from '../model/process-directory.ts'
import { type BlockedForever, findBlockedForever } from './blocked-forever.ts'
import { Contention } from './contention.ts'
import { CurrentDeadlocks } from './current-deadlocks.ts'
import { LastOperations } from './last-operations.ts'
import { type LockOrder, LockOrderGraph } from './lock-order-graph.ts'
import { LostUpdateDetector } from './lost-updates.ts'
import { NearMisses } from './near-misses.ts'
import { describeReason } from './reason-text.ts'
import { StateTimes } from './state-times.ts'
import { findUnusualWait, type UnusualWait } from './unusual-wait.ts'
import { WaitTimes } from './wait-times.ts'
import { WakerStats } from './waker-stats.ts'

/** Milliseconds between two searches for threads that wait forever. */
const blockedForeverInterval = 250

/** What is learned of one thread. */
interface ThreadStatistics {
  readonly times: StateTimes
  readonly operations: LastOperations
}

/**
 * What is learned of one process from its views, in bounded memory. The cost of a view depends only on what is new in
 * it.
 */
export class ProcessAnalysis {
  readonly name: string
  readonly directory = new ProcessDirectory()
  readonly wakerStats = new WakerStats()
  readonly waitTimes = new WaitTimes()
  readonly contention = new Contention()
  readonly nearMisses: NearMisses
  /** Operations that threads counted but did not record. */
  unrecordedCount = 0
  #blockedForever: readonly BlockedForever[] = []
  readonly #past = new PastDirectory()
  readonly #deadlocks = new CurrentDeadlocks()
  readonly #lockOrders = new LockOrderGraph()
  readonly #lostUpdates = new LostUpdateDetector()
  readonly #threads = new Map<number, ThreadStatistics>()
  #view: ProcessView | undefined
  #blockedForeverCheckedAt = Number.NEGATIVE_INFINITY

  constructor(name: string) {
    this.name = name
    this.nearMisses = new NearMisses(name)
  }

  accept(view: ProcessView): void {
    const before = this.#view
    this.#view = view
    this.unrecordedCount = view.unrecordedCount
    this.directory.accept(view)
    if (view.threads !== before?.threads) this.#acceptThreads(view)
    this.wakerStats.accept(view, this.directory)
    this.#acceptEvents(view)
    if (view.threads !== before?.threads) {
      for (const thread of view.threads) this.#threads.get(thread.id)?.times.confirm(thread)
    }
    if (view.objects !== before?.objects) this.#acceptLostUpdates(view)
    this.check(view.at)
  }

  /** Searches for threads that block each other or wait forever. Needed also while the process reports nothing new. */
  check(at: number): void {
    if (this.#view) this.#deadlocks.update(this.#view)
    if (Math.abs(at - this.#blockedForeverCheckedAt) < blockedForeverInterval) return
    this.#blockedForeverCheckedAt = at
    this.#blockedForever = findBlockedForever(this.directory, this.wakerStats, at)
  }

  /** The time of the newest view. */
  get at(): number {
    return this.#view?.at ?? Number.NEGATIVE_INFINITY
  }

  get deadlocks() {
    return this.#deadlocks.current
  }

  get blockedForever(): readonly BlockedForever[] {
    return this.#blockedForever
  }

  /** Returns why a thread does not go on, as the newest view shows it, or as a past `view` does. */
  describeReason(thread: ThreadView, view: ProcessView | undefined, at: number): string {
    const directory = view === undefined || view === this.#view ? this.directory : this.#past.at(view)
    return describeReason(thread, directory, this.wakerStats, at)
  }

  findUnusualWait(thread: ThreadView, at: number): UnusualWait | undefined {
    return findUnusualWait(this.waitTimes, thread, at)
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
    for (const id of this.#threads.keys()) if (!this.directory.thread(id)) this.#forget(id)
  }

  #forget(id: number): void {
    this.#threads.delete(id)
    this.waitTimes.forget(id)
    this.contention.forget(id)
  }

  #acceptEvents(view: ProcessView): void {
    for (const event of mergeThreadEvents(view)) {
      const statistics = this.#threads.get(event.thread)
      if ('act' in event) {
        statistics?.operations.accept(event)
        this.contention.accept(event, this.directory)
        this.#lostUpdates.recordWrite(event)
        const circle = this.#lockOrders.accept(event)
        if (circle) this.#addLockOrder(circle, event.at)
      } else {
        statistics?.times.accept(event)
        const waitedFor = this.waitTimes.accept(event, this.directory)
        if (waitedFor !== 0) this.contention.recordWait(event.thread, waitedFor)
      }
    }
  }

  #addLockOrder(circle: readonly LockOrder[], at: number): void {
    this.nearMisses.addLockOrder(circle, at, this.directory)
  }

  #acceptLostUpdates({ objects, at }: ProcessView): void {
    for (const lost of this.#lostUpdates.detect(objects))
      this.nearMisses.addLostUpdates(lost, at, this.directory)
  }
}
