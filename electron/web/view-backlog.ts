import type { OperationEvent, ProcessView, StateEvent, WakeEvent } from '@skein/threading/inspect'

/** The maximum of pending events of all kinds in a merged view. */
const maxPendingEvents = 5000

/**
 * Views on their way to a reader that may be slow. Pending views are merged into one: the newest, with all events since
 * the last one taken. Beyond `maxEvents` the oldest events are dropped, and counted in the view's `dropped`.
 */
export class ViewBacklog {
  readonly #maxEvents: number
  #pending: ProcessView | undefined
  /** The events dropped here since the first view. */
  #droppedCount = 0
  /** The newest dropped event of each thread, until a later event of the thread is marked with the gap. */
  #gaps = new Map<number, number>()

  constructor(maxEvents = maxPendingEvents) {
    this.#maxEvents = maxEvents
  }

  add(view: ProcessView): void {
    this.#pending = this.#pending === undefined ? view : this.#withoutOldest(mergeViews(this.#pending, view))
  }

  /** Removes and returns the pending view. */
  take(): ProcessView | undefined {
    const view = this.#pending
    this.#pending = undefined
    return view && { ...view, events: this.#withGapMarks(view), dropped: view.dropped + this.#droppedCount }
  }

  #withoutOldest(view: ProcessView): ProcessView {
    const events = [...view.events, ...view.wakes, ...view.operations]
    const excess = events.length - this.#maxEvents
    if (excess <= 0) return view
    const oldest = new Set(events.sort((one, other) => one.at - other.at).slice(0, excess))
    for (const { thread, sequence } of oldest)
      this.#gaps.set(thread, Math.max(this.#gaps.get(thread) ?? 0, sequence))
    this.#droppedCount += excess
    const isKept = (event: StateEvent | WakeEvent | OperationEvent) => !oldest.has(event)
    return {
      ...view,
      events: view.events.filter(isKept),
      wakes: view.wakes.filter(isKept),
      operations: view.operations.filter(isKept),
    }
  }

  /** Returns the events of a view; the first event of each thread after dropped ones is marked. */
  #withGapMarks({ threads, events }: ProcessView): readonly StateEvent[] {
    if (this.#gaps.size === 0) return events
    const marked = events.map((event) => {
      const gap = this.#gaps.get(event.thread)
      if (gap === undefined || event.sequence < gap) return event
      this.#gaps.delete(event.thread)
      return { ...event, afterGap: true }
    })
    // A thread that has ended sends no further events.
    this.#gaps = new Map([...this.#gaps].filter(([thread]) => threads.some(({ id }) => id === thread)))
    return marked
  }
}

const mergeViews = (former: ProcessView, view: ProcessView): ProcessView => ({
  ...view,
  events: [...former.events, ...view.events],
  wakes: [...former.wakes, ...view.wakes],
  operations: [...former.operations, ...view.operations],
})
