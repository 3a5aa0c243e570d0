import type { OperationEvent, ProcessView, StateEvent, WakeEvent } from '@skein/threading/inspect'

/** Events, wakes and acts that wait at the most, where several views were put together. */
const maxPendingEvents = 5000

/**
 * Views on their way to a reader that does not always keep up. What it could not take yet becomes one view: the newest,
 * with all that happened since. Beyond `most` the oldest is forgotten, and counted among the view's `dropped`.
 */
export class ViewBacklog {
  readonly #maxEvents: number
  #pending: ProcessView | undefined
  /** What was forgotten here, as `dropped` of a view counts it: from the first view on. */
  #droppedCount = 0
  /** The newest that was forgotten of each thread, until a later event of it tells of the gap. */
  #gaps = new Map<number, number>()

  constructor(most = maxPendingEvents) {
    this.#maxEvents = most
  }

  add(view: ProcessView): void {
    this.#pending = this.#pending === undefined ? view : this.#withoutOldest(mergeViews(this.#pending, view))
  }

  /** What waits, which then waits no more. */
  take(): ProcessView | undefined {
    const view = this.#pending
    this.#pending = undefined
    return view && { ...view, events: this.#withGapMarks(view), dropped: view.dropped + this.#droppedCount }
  }

  #withoutOldest(view: ProcessView): ProcessView {
    const happened = [...view.events, ...view.wakes, ...view.operations]
    const excess = happened.length - this.#maxEvents
    if (excess <= 0) return view
    const oldest = new Set(happened.sort((one, other) => one.at - other.at).slice(0, excess))
    for (const { thread, sequence } of oldest)
      this.#gaps.set(thread, Math.max(this.#gaps.get(thread) ?? 0, sequence))
    this.#droppedCount += excess
    const isKept = (one: StateEvent | WakeEvent | OperationEvent) => !oldest.has(one)
    return {
      ...view,
      events: view.events.filter(isKept),
      wakes: view.wakes.filter(isKept),
      operations: view.operations.filter(isKept),
    }
  }

  /** The events of a view, with the first of each thread after what was forgotten of it marked. */
  #withGapMarks({ threads, events }: ProcessView): readonly StateEvent[] {
    if (this.#gaps.size === 0) return events
    const marked = events.map((event) => {
      const gap = this.#gaps.get(event.thread)
      if (gap === undefined || event.sequence < gap) return event
      this.#gaps.delete(event.thread)
      return { ...event, afterGap: true }
    })
    // Of a thread that is gone there is nothing to come.
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
