import {
  type ActEvent,
  Inspector,
  type ObjectKind,
  type TraceEvent,
  type WakeEvent,
} from '../../shared/threading/index.ts'
import { type Doing, orderOf, type Step } from './order.ts'

/** Milliseconds between two looks: threads record so many operations between them, and count the others only. */
const lookEvery = 4

/** A run of more operations is not kept. */
const mostActs = 5000

/** Records what the threads of a run do, from its start, so that it can be done again in the same order. */
export class Recorder {
  readonly #inspector = new Inspector()
  #timer: ReturnType<typeof setTimeout> | undefined
  #events: TraceEvent[] = []
  #wakes: WakeEvent[] = []
  #acts: ActEvent[] = []
  #doings: Doing[] = []
  readonly #names = new Map<number, string>()
  readonly #kinds = new Map<number, ObjectKind>()
  readonly #bounds = new Map<number, number>()
  /** What was missed before the start does not count. */
  #missedBefore = 0
  #missed = 0

  start(): void {
    const { unmarked, dropped } = this.#inspector.look()
    this.#missedBefore = unmarked + dropped
    this.#lookAgain()
  }

  /** The user does something to the run's objects. */
  act(action: string): void {
    this.#doings.push({ action, at: performance.timeOrigin + performance.now() })
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Undefined where something was missed. */
  order(): readonly Step[] | undefined {
    this.#look()
    if (this.#missed > 0 || this.#acts.length > mostActs) return undefined
    return orderOf({
      events: this.#events,
      wakes: this.#wakes,
      acts: this.#acts,
      doings: this.#doings,
      names: this.#names,
      kinds: this.#kinds,
      bounds: this.#bounds,
    })
  }

  #lookAgain(): void {
    this.#look()
    if (this.#acts.length <= mostActs) this.#timer = setTimeout(() => this.#lookAgain(), lookEvery)
  }

  #look(): void {
    const view = this.#inspector.look()
    this.#missed = view.unmarked + view.dropped - this.#missedBefore
    if (this.#acts.length > mostActs) return
    this.#events.push(...view.events)
    this.#wakes.push(...view.wakes)
    this.#acts.push(...view.acts)
    for (const { id, name } of view.threads) this.#names.set(id, name)
    for (const { id, kind, maxSize } of view.objects) {
      this.#kinds.set(id, kind)
      if (maxSize !== undefined) this.#bounds.set(id, maxSize)
    }
  }
}
