import { now } from '@skein/threading'
import {
  Inspector,
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  type ProcessView,
  type StateEvent,
  type WakeEvent,
} from '@skein/threading/inspect'
import type { UserAction } from './recorded-event.ts'
import { buildSchedule, type ScheduleStep } from './schedule.ts'

/** In milliseconds. Threads record a limited number of operations between two samples and only count the rest. */
const sampleInterval = 4

/** A longer run is not recorded. */
const maxOperations = 5000

/** Records what the threads of a run do, so that it can be replayed in the same order. */
export class RunRecorder {
  readonly #inspector = new Inspector()
  #timer: ReturnType<typeof setTimeout> | undefined
  #events: StateEvent[] = []
  #wakes: WakeEvent[] = []
  #operations: OperationEvent[] = []
  #userActions: UserAction[] = []
  readonly #names = new Map<number, string>()
  readonly #kinds = new Map<number, ObjectKind>()
  readonly #maxSizes = new Map<number, number>()
  #lastView: ProcessView | undefined
  /** Operations missed before the start, which do not count. */
  #missedBeforeStart = 0
  #missedCount = 0

  start(): void {
    const { unrecordedCount, dropped } = this.#inspector.sample()
    this.#missedBeforeStart = unrecordedCount + dropped
    this.#sampleRepeatedly()
  }

  recordUserAction(action: string): void {
    this.#userActions.push({ action, at: now() })
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Returns undefined if an operation was missed. */
  getSchedule(): readonly ScheduleStep[] | undefined {
    this.#sample()
    if (this.#missedCount > 0 || this.#operations.length > maxOperations) return undefined
    return buildSchedule({
      events: this.#events,
      wakes: this.#wakes,
      operations: this.#operations,
      userActions: this.#userActions,
      names: this.#names,
      kinds: this.#kinds,
      maxSizes: this.#maxSizes,
      finalCells: this.#finalCells(),
    })
  }

  /** None while a thread runs, which may change them. */
  #finalCells(): readonly ObjectView[] {
    const { threads = [], objects = [] } = this.#lastView ?? {}
    const isOver = threads.every(({ id, state }) => id === 1 || state === 'Terminated')
    return isOver ? objects.filter(({ kind }) => kind === 'Cell') : []
  }

  #sampleRepeatedly(): void {
    this.#sample()
    if (this.#operations.length <= maxOperations)
      this.#timer = setTimeout(() => this.#sampleRepeatedly(), sampleInterval)
  }

  #sample(): void {
    const view = this.#inspector.sample()
    this.#lastView = view
    this.#missedCount = view.unrecordedCount + view.dropped - this.#missedBeforeStart
    if (this.#operations.length > maxOperations) return
    this.#events.push(...view.events)
    this.#wakes.push(...view.wakes)
    this.#operations.push(...view.operations)
    for (const { id, name } of view.threads) this.#names.set(id, name)
    for (const { id, kind, maxSize } of view.objects) {
      this.#kinds.set(id, kind)
      if (maxSize !== undefined) this.#maxSizes.set(id, maxSize)
    }
  }
}
