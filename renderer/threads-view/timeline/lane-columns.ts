import { type StateCode, stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import type { TimedEntries } from '../model/timed-entries.ts'

/** Whether a segment matches the filter. */
export type SegmentPredicate = (history: ThreadHistory, segment: number, now: number) => boolean

/** `count` columns of `width` ms each, the first of which begins at `begin`. */
export interface ColumnRange {
  readonly begin: number
  readonly count: number
  readonly width: number
  /** Later columns stay empty. */
  readonly now: number
}

/**
 * A part of a thread's history in columns of equal time, one for each pixel: the shares of time in which the thread ran
 * or was blocked, the longest of the other states, the number of wakes, and how the thread was controlled. So a state
 * that is shorter than a column is still visible, as strongly as its share.
 */
export class LaneColumns {
  /** Shares of the column's time, 0 … 1. */
  running = new Float32Array(0)
  blocked = new Float32Array(0)
  /** The longest of the other states, or `noState` if none is known. */
  quiet = new Uint8Array(0)
  wakes = new Uint16Array(0)
  /** The strongest control of the thread, see `controlCode`. */
  controlCodes = new Uint8Array(0)
  #maxQuietShares = new Float32Array(0)

  /** Reads the segments that match; all of them without `matches`. */
  read(history: ThreadHistory, range: ColumnRange, matches?: SegmentPredicate): void {
    const { begin, count, width, now } = range
    this.#clear(count)
    const end = Math.min(begin + count * width, now)
    for (
      let segment = Math.max(history.segmentAt(begin), history.first);
      segment < history.end && history.start(segment) <= end;
      segment++
    ) {
      if (matches && !matches(history, segment, now)) continue
      const start = history.start(segment)
      if (history.waker(segment) !== 0 && start >= begin)
        this.#addWake(Math.floor((start - begin) / width), count)
      this.#addState(
        history.state(segment),
        (Math.max(start, begin) - begin) / width,
        (Math.min(history.endTime(segment, now), end) - begin) / width,
        count,
      )
    }
  }

  /** Adds the control of the thread, after `read` for the same columns. */
  readControlChanges(changes: TimedEntries, { begin, count, width, now }: ColumnRange): void {
    const end = Math.min(begin + count * width, now)
    for (
      let entry = Math.max(changes.firstAtOrAfter(begin) - 1, changes.first);
      entry < changes.end;
      entry++
    ) {
      const from = changes.at(entry)
      if (from > end) return
      const to = entry + 1 < changes.end ? Math.min(changes.at(entry + 1), end) : end
      const last = Math.min(Math.floor((to - begin) / width), count - 1)
      for (let column = Math.max(0, Math.floor((from - begin) / width)); column <= last; column++)
        this.controlCodes[column] = Math.max(this.controlCodes[column] ?? 0, changes.code(entry))
    }
  }

  #addWake(column: number, count: number): void {
    if (column >= 0 && column < count) this.wakes[column] = Math.min(65_535, (this.wakes[column] ?? 0) + 1)
  }

  /** `from` and `to` are fractional column numbers. */
  #addState(state: StateCode, from: number, to: number, count: number): void {
    const last = Math.min(Math.floor(to), count - 1)
    for (let column = Math.floor(from); column <= last; column++) {
      const share = Math.max(Math.min(to, column + 1) - Math.max(from, column), minShare)
      if (state === stateCode.Runnable) this.running[column] = (this.running[column] ?? 0) + share
      else if (state === stateCode.Blocked) this.blocked[column] = (this.blocked[column] ?? 0) + share
      else if (share > (this.#maxQuietShares[column] ?? 0)) {
        this.#maxQuietShares[column] = share
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
      this.controlCodes = new Uint8Array(count)
      this.#maxQuietShares = new Float32Array(count)
    }
    this.running.fill(0, 0, count)
    this.blocked.fill(0, 0, count)
    this.quiet.fill(noState, 0, count)
    this.wakes.fill(0, 0, count)
    this.controlCodes.fill(0, 0, count)
    this.#maxQuietShares.fill(0, 0, count)
  }
}

export const noState = 255

/** A state that began and ended within the clock's precision is shown too. */
const minShare = 1e-6
