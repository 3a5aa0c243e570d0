import type { StateEvent, ThreadView } from '@skein/threading/inspect'
import { type StateCode, stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'

const stateCount = Object.keys(stateCode).length

/** The recent shares cover so many seconds. */
const recentSeconds = 60
const msPerSecond = 1000

/** Milliseconds in each state, by `stateCode`. The last is time that was not recorded. */
export type StateSums = readonly number[]

/** Returns how long a thread was in each state in the 60 s before a time, as far as it is recorded. */
export function recordedTimes(history: ThreadHistory, at: number): StateSums {
  const sums = Array.from({ length: stateCount }, () => 0)
  for (let segment = history.first; segment < history.end; segment++) {
    const from = Math.max(at - recentSeconds * msPerSecond, history.start(segment))
    const to = Math.min(at, history.endTime(segment, at))
    sums[history.state(segment)]! += Math.max(0, to - from)
  }
  return sums
}

/** How long one thread was in each state, since it was first seen and over the last 60 s. Takes fixed memory. */
export class StateTimes {
  readonly #total = new Float64Array(stateCount)
  /** A row of states for each of the last 60 seconds, by second modulo 60. */
  readonly #recent = new Float64Array(recentSeconds * stateCount)
  /** The second of each row. */
  readonly #rows = new Float64Array(recentSeconds)
  #state: StateCode
  #since: number

  /** `since`: when it was first seen; what it did before does not count. */
  constructor(thread: ThreadView, since: number) {
    this.#state = stateCode[thread.state]
    this.#since = since
  }

  /** Adds the thread's next change of state. */
  accept(event: StateEvent): void {
    if (event.at >= this.#since) {
      // Events between were lost, so the end of the known state is unknown.
      if (event.afterGap) this.#state = stateCode.unknown
      this.#close(event.at)
    }
    this.#state = stateCode[event.state]
  }

  /** Compares with a sample. If it is newer than the last event, an event was lost or is still to come. */
  confirm(thread: ThreadView): void {
    const state = stateCode[thread.state]
    if (state === this.#state || thread.since < this.#since) return
    this.#close(thread.since)
    this.#state = state
  }

  /** Since it was first seen. */
  total(at: number): StateSums {
    const sums = [...this.#total]
    sums[this.#state]! += Math.max(0, at - this.#since)
    return sums
  }

  /** Over the last 60 s, or since it was first seen if that is later. Accurate to a second. */
  recent(at: number): StateSums {
    const newest = Math.floor(at / msPerSecond)
    const sums = Array.from({ length: stateCount }, () => 0)
    for (let row = 0; row < recentSeconds; row++) {
      if (this.#rows[row]! <= newest - recentSeconds) continue
      for (let state = 0; state < stateCount; state++) sums[state]! += this.#recent[row * stateCount + state]!
    }
    sums[this.#state]! += Math.max(0, at - Math.max(this.#since, (newest - recentSeconds + 1) * msPerSecond))
    return sums
  }

  #close(at: number): void {
    this.#total[this.#state]! += at - this.#since
    // Earlier seconds have no row.
    let from = Math.max(this.#since, at - recentSeconds * msPerSecond)
    while (from < at) {
      const number = Math.floor(from / msPerSecond)
      const to = Math.min(at, (number + 1) * msPerSecond)
      this.#row(number)[this.#state]! += to - from
      from = to
    }
    this.#since = at
  }

  #row(number: number): Float64Array {
    const row = number % recentSeconds
    const times = this.#recent.subarray(row * stateCount, (row + 1) * stateCount)
    if (this.#rows[row] !== number) times.fill(0)
    this.#rows[row] = number
    return times
  }
}
