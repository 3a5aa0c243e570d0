import type { StateEvent } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'
import { DurationHistogram, type DurationSummary } from './duration-histogram.ts'

/** Pairs of a thread's name and an object that are remembered. */
const maxPairs = 4096

/** What a thread of this name went through on an object before. */
export interface EarlierWaits {
  readonly count: number
  /** In ms. */
  readonly maxDuration: number
}

interface OpenWait {
  readonly object: number
  readonly since: number
}

/**
 * How long threads waited for each object, in waits that blocked them: from the moment when they began to wait until
 * they ran again, whether they got what they wanted or their time was up.
 */
export class WaitTimes {
  readonly #objects = new Map<number, DurationHistogram>()
  readonly #pairs = new Map<string, EarlierWaits>()
  /** Waits that have begun. */
  readonly #open = new Map<number, OpenWait>()

  /** Takes a thread's next change. Returns the object that its wait was for, when it has just ended; 0 otherwise. */
  accept(event: StateEvent, cast: ProcessDirectory): number {
    const waiting = this.#open.get(event.thread)
    this.#open.delete(event.thread)
    if (isWait(event)) this.#open.set(event.thread, { object: event.object, since: event.at })
    // After a gap nobody knows when the wait ended.
    if (waiting === undefined || event.afterGap || event.state !== 'Runnable') return 0
    if (event.object !== waiting.object) return 0
    this.#add(waiting, event, cast)
    return waiting.object
  }

  /** Undefined for an object that nobody waited for. */
  summaryOf(object: number): DurationSummary | undefined {
    return this.#objects.get(object)?.summary()
  }

  earlierWaits(threadName: string, object: number): EarlierWaits {
    return this.#pairs.get(`${object} ${threadName}`) ?? { count: 0, maxDuration: 0 }
  }

  /** A thread that is gone waits no more. */
  forget(thread: number): void {
    this.#open.delete(thread)
  }

  #add({ object, since }: OpenWait, { thread, at }: StateEvent, cast: ProcessDirectory): void {
    const lasted = Math.max(0, at - since)
    const known = this.#objects.get(object) ?? new DurationHistogram()
    this.#objects.set(object, known)
    known.add(lasted)
    const pair = `${object} ${cast.threadName(thread)}`
    const { count, maxDuration: longest } = this.#pairs.get(pair) ?? { count: 0, maxDuration: 0 }
    // The pair that changed longest ago stands first.
    this.#pairs.delete(pair)
    this.#pairs.set(pair, { count: count + 1, maxDuration: Math.max(longest, lasted) })
    for (const oldest of this.#pairs.keys()) {
      if (this.#pairs.size <= maxPairs) break
      this.#pairs.delete(oldest)
    }
  }
}

const isWait = ({ state }: StateEvent): boolean =>
  state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
