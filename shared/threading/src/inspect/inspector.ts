import { add } from '../core/atomic.ts'
import { now } from '../core/clock.ts'
import { header, instrumentationFlags, maxThreads, thread, threadAt } from '../core/layout.ts'
import { doubles, processName, words } from '../core/memory.ts'
import type { ProcessView, ThreadView } from './process-view.ts'
import { readObjects } from './read-objects.ts'
import { readThreads } from './read-threads.ts'
import { confirmWaits, readWaits, type Wait } from './read-waits.ts'
import { RecordCopy } from './record-copy.ts'
import { TraceReader } from './trace-reader.ts'

/**
 * Milliseconds. A word that changed and changed back between two samples goes unnoticed: a view is read again after
 * this.
 */
const maxViewAge = 250

/**
 * Reads the memory of the process without stopping a thread. Each inspector has its own position in the trace rings: a
 * sample holds the events since its previous one. While nothing changes, `threads` and `objects` are the same arrays in
 * each sample, so that frequent samples cost little.
 */
export class Inspector {
  readonly #records = new RecordCopy()
  readonly #trace = new TraceReader()
  #lastView: ProcessView | undefined
  #readAt = 0

  sample(): ProcessView {
    const at = now()
    if ((words[header.instrumentation]! & instrumentationFlags.operations) !== 0) add(header.sampleCount, 1)
    // Copied before they are read: a change in the meantime is one for the next sample.
    const changed = this.#records.refresh()
    if (this.#lastView && !changed && Math.abs(at - this.#readAt) < maxViewAge) {
      return { ...this.#lastView, at, events: [], wakes: [], operations: [] }
    }
    this.#readAt = at
    this.#lastView = { ...snapshot(), ...this.#trace.readNew() }
    return this.#lastView
  }
}

/** The process as it is now, without events. */
export function snapshot(): ProcessView {
  const at = now()
  const waits = readWaits()
  const threads = readThreads(waits)
  const objects = readObjects(waits)
  const holders = new Map(objects.map(({ id, holder }) => [id, holder]))
  const confirmed = confirmWaits(waits, (id) => holders.get(id))
  return {
    process: processName(),
    at,
    threads: threads.map((view) => withWaitConfirmed(view, confirmed)),
    objects,
    events: [],
    wakes: [],
    operations: [],
    unrecordedCount: countUnrecorded(),
    dropped: 0,
  }
}

function withWaitConfirmed(view: ThreadView, confirmed: ReadonlyMap<number, Wait>): ThreadView {
  if (view.waiting === undefined) return view
  const isConfirmed = confirmed.get(view.id)?.sequence === view.waitSequence
  return isConfirmed ? view : { ...view, waitSequence: 0 }
}

/** The operations of all threads that were counted and not recorded. */
function countUnrecorded(): number {
  let count = 0
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    count += doubles[(threadAt(slotNumber) + thread.unrecordedCount) >> 1]!
  return count
}
