import type { ActEvent, ProcessView, TraceEvent, WakeEvent } from '../shared/threading/view.ts'

/** Events, wakes and acts that wait at the most, where several views were put together. */
const mostWaiting = 5000

/**
 * Views on their way to a reader that does not always keep up. What it could not take yet becomes one view: the newest,
 * with all that happened since. Beyond `most` the oldest is forgotten, and counted among the view's `dropped`.
 */
export class ViewBacklog {
  readonly #most: number
  #waiting: ProcessView | undefined
  /** What was forgotten here, as `dropped` of a view counts it: from the first view on. */
  #forgotten = 0
  /** The newest that was forgotten of each thread, until a later event of it tells of the gap. */
  #gaps = new Map<number, number>()

  constructor(most = mostWaiting) {
    this.#most = most
  }

  add(view: ProcessView): void {
    this.#waiting = this.#waiting === undefined ? view : this.#shortened(joined(this.#waiting, view))
  }

  /** What waits, which then waits no more. */
  take(): ProcessView | undefined {
    const view = this.#waiting
    this.#waiting = undefined
    return view && { ...view, events: this.#marked(view), dropped: view.dropped + this.#forgotten }
  }

  #shortened(view: ProcessView): ProcessView {
    const happened = [...view.events, ...view.wakes, ...view.acts]
    const excess = happened.length - this.#most
    if (excess <= 0) return view
    const oldest = new Set(happened.sort((one, other) => one.at - other.at).slice(0, excess))
    for (const { thread, sequence } of oldest)
      this.#gaps.set(thread, Math.max(this.#gaps.get(thread) ?? 0, sequence))
    this.#forgotten += excess
    const isKept = (one: TraceEvent | WakeEvent | ActEvent) => !oldest.has(one)
    return {
      ...view,
      events: view.events.filter(isKept),
      wakes: view.wakes.filter(isKept),
      acts: view.acts.filter(isKept),
    }
  }

  /** The events of a view, with the first of each thread after what was forgotten of it marked. */
  #marked({ threads, events }: ProcessView): readonly TraceEvent[] {
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

const joined = (former: ProcessView, view: ProcessView): ProcessView => ({
  ...view,
  events: [...former.events, ...view.events],
  wakes: [...former.wakes, ...view.wakes],
  acts: [...former.acts, ...view.acts],
})
