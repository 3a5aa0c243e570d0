import type { ThreadHistory } from './history.ts'
import { type StateCode, stateCode } from './states.ts'

/**
 * A stretch of a thread's history cut into columns of equal time, each as wide as a pixel: how much of its
 * time a thread ran or was blocked in it, which of the quiet states it was in most, how often it was woken.
 * So a state shorter than a column still leaves a trace, as strong as its share.
 *
 * Columns are numbered from 1970 on: the same time always falls into the same column, and a picture that
 * moves need not be drawn again.
 */
export class LaneColumns {
  /** Shares of the column's time, 0 … 1. */
  running = new Float32Array(0)
  blocked = new Float32Array(0)
  /** The longest of the other states, or `noState` where nothing is known. */
  quiet = new Uint8Array(0)
  wakes = new Uint16Array(0)
  #longest = new Float32Array(0)

  /** Reads `count` columns from column `from` on, each `width` ms long. What comes after `now` stays empty. */
  read(history: ThreadHistory, from: number, count: number, width: number, now: number): void {
    this.#clear(count)
    const begin = from * width
    const end = Math.min((from + count) * width, now)
    for (
      let segment = Math.max(history.segmentAt(begin), history.first);
      segment < history.end && history.start(segment) <= end;
      segment++
    ) {
      const start = history.start(segment)
      if (history.waker(segment) !== 0 && start >= begin)
        this.#addWake(Math.floor(start / width) - from, count)
      this.#addState(
        history.state(segment),
        (Math.max(start, begin) - begin) / width,
        (Math.min(history.finish(segment, now), end) - begin) / width,
        count,
      )
    }
  }

  #addWake(column: number, count: number): void {
    if (column >= 0 && column < count) this.wakes[column] = Math.min(65_535, (this.wakes[column] ?? 0) + 1)
  }

  /** `from` and `to` are places counted in columns. */
  #addState(state: StateCode, from: number, to: number, count: number): void {
    const last = Math.min(Math.floor(to), count - 1)
    for (let column = Math.floor(from); column <= last; column++) {
      const share = Math.max(Math.min(to, column + 1) - Math.max(from, column), smallest)
      if (state === stateCode.Runnable) this.running[column] = (this.running[column] ?? 0) + share
      else if (state === stateCode.Blocked) this.blocked[column] = (this.blocked[column] ?? 0) + share
      else if (share > (this.#longest[column] ?? 0)) {
        this.#longest[column] = share
        this.quiet[column] = state
      }
    }
  }

  #clear(count: number): void {
    if (this.running.length < count) {
      this.running = new Float32Array(count)
      this.blocked = new Float32Array(count)
      this.quiet = new Uint8Array(count)
      this.wakes = new Uint16Array(count)
      this.#longest = new Float32Array(count)
    }
    this.running.fill(0, 0, count)
    this.blocked.fill(0, 0, count)
    this.quiet.fill(noState, 0, count)
    this.wakes.fill(0, 0, count)
    this.#longest.fill(0, 0, count)
  }
}

export const noState = 255

/** A state that began and ended within the clock's precision was there all the same. */
const smallest = 1e-6
