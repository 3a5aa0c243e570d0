import type { StateEvent, WakeEvent } from '@skein/threading/inspect'
import type { Task } from './ftrace-text.ts'
import { eventCategories, type TraceJson } from './trace-format.ts'

/** The clocks of two threads, and the moments at which they record events, can differ by this much, in ns. */
const tolerance = 1e6

interface PendingFlow {
  readonly id: number
  readonly woken: Task
  readonly at: number
}

/**
 * Arrows from a waker to the thread that it woke: each begins at the wake and ends where the wait ended because of it. A
 * wait that did not block (as in main) has no recorded end; its arrow ends when it begins.
 */
export class WakeFlows {
  readonly #nextFlow: () => number
  readonly #emit: (event: TraceJson) => void
  readonly #started = new Map<string, PendingFlow[]>()
  /** Ends of waits whose wakes have not been added yet. */
  readonly #ended = new Map<string, number>()

  constructor(nextFlow: () => number, emit: (event: TraceJson) => void) {
    this.#nextFlow = nextFlow
    this.#emit = emit
  }

  addWake(event: WakeEvent, waker: Task, woken: Task, at: number): void {
    const id = this.#nextFlow()
    const { pid, tid } = waker
    this.#emit({ name: 'wake', cat: eventCategories.wake, ph: 's', id, ts: at / 1000, pid, tid, args: event })
    const key = keyOf(event.thread, event.woken, event.object)
    const ended = this.#ended.get(key)
    this.#ended.delete(key)
    const started = { id, woken, at }
    if (ended !== undefined && Math.abs(ended - at) <= tolerance) this.#finish(started, ended)
    else this.#started.set(key, [...(this.#started.get(key) ?? []), started])
  }

  /** Adds every change of state; those with a waker end an arrow. */
  addStateEvent({ by, thread, object }: StateEvent, at: number): void {
    if (by === 0) return
    const key = keyOf(by, thread, object)
    const started = this.#started.get(key) ?? []
    this.#started.delete(key)
    const cause = started.findLast((wake) => wake.at <= at + tolerance)
    if (cause === undefined) this.#ended.set(key, at)
    for (const wake of started) {
      if (wake === cause) this.#finish(wake, at)
      else if (wake.at <= at + tolerance) this.#finish(wake, wake.at)
      else this.#started.set(key, [...(this.#started.get(key) ?? []), wake])
    }
  }

  finish(): void {
    for (const started of this.#started.values()) for (const wake of started) this.#finish(wake, wake.at)
    this.#started.clear()
  }

  #finish({ id, woken: { pid, tid }, at }: PendingFlow, to: number): void {
    const ts = Math.max(at, to) / 1000
    this.#emit({ name: 'wake', cat: eventCategories.wake, ph: 'f', bp: 'e', id, ts, pid, tid })
  }
}

const keyOf = (waker: number, woken: number, object: number): string => `${waker} ${woken} ${object}`
