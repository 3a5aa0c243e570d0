import type { StateEvent } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'
import { DurationHistogram, type DurationSummary } from './duration-histogram.ts'

/** The maximum number of pairs of a thread's name and an object. */
const maxPairs = 4096

/** The earlier waits of threads of one name for one object. */
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
 * How long threads waited for each object, in waits that blocked them: from the beginning of the wait until they ran
 * again, with success or after a timeout.
 */
export class WaitTimes {
  readonly #objects = new Map<number, DurationHistogram>()
  readonly #pairs = new Map<string, EarlierWaits>()
  /** By thread: the wait that has begun. */
  readonly #open = new Map<number, OpenWait>()

  /** Adds a thread's next change of state. Returns the object of the wait that it ended; 0 if it ended none. */
  accept(event: StateEvent, directory: ProcessDirectory): number {
    const wait = this.#open.get(event.thread)
    this.#open.delete(event.thread)
    if (isWait(event)) this.#open.set(event.thread, { object: event.object, since: event.at })
    // After a gap the end of the wait is unknown.
    if (wait === undefined || event.afterGap || event.state !== 'Runnable') return 0
    if (event.object !== wait.object) return 0
    this.#add(wait, event, directory)
    return wait.object
  }

  /** Undefined for an object that no thread waited for. */
  summaryOf(object: number): DurationSummary | undefined {
    return this.#objects.get(object)?.summary()
  }

  earlierWaits(threadName: string, object: number): EarlierWaits {
    return this.#pairs.get(`${object} ${threadName}`) ?? { count: 0, maxDuration: 0 }
  }

  /** Forgets a thread that is gone. */
  forget(thread: number): void {
    this.#open.delete(thread)
  }

  #add({ object, since }: OpenWait, { thread, at }: StateEvent, directory: ProcessDirectory): void {
    const duration = Math.max(0, at - since)
    const known = this.#objects.get(object) ?? new DurationHistogram()
    this.#objects.set(object, known)
    known.add(duration)
    const pair = `${object} ${directory.threadName(thread)}`
    const { count, maxDuration } = this.#pairs.get(pair) ?? { count: 0, maxDuration: 0 }
    // The pair that changed first comes first.
    this.#pairs.delete(pair)
    this.#pairs.set(pair, { count: count + 1, maxDuration: Math.max(maxDuration, duration) })
    for (const oldest of this.#pairs.keys()) {
      if (this.#pairs.size <= maxPairs) break
      this.#pairs.delete(oldest)
    }
  }
}

const isWait = ({ state }: StateEvent): boolean =>
  state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
