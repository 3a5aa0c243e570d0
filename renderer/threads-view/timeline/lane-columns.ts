import { type StateCode, stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import type { TimedEntries } from '../model/timed-entries.ts'

/** Whether a segment is one of those that are meant. */
export type SegmentPredicate = (history: ThreadHistory, segment: number, now: number) => boolean

/** Columns to be read: `count` from one on that begins at `begin`, each `width` ms long. */
export interface ColumnRange {
  readonly begin: number
  readonly count: number
  readonly width: number
  /** What comes after it stays empty. */
  readonly now: number
}

/**
 * A stretch of a thread's history cut into columns of equal time, each as wide as a pixel: how much of its
 * time a thread ran or was blocked in it, which of the quiet states it was in most, how often it was woken, how it was
 * held from outside. So a state shorter than a column still leaves a trace, as strong as its share.
 */
export class LaneColumns {
  /** Shares of the column's time, 0 … 1. */
  running = new Float32Array(0)
  blocked = new Float32Array(0)
  /** The longest of the other states, or `noState` where nothing is known. */
  quiet = new Uint8Array(0)
  wakes = new Uint16Array(0)
  /** The strongest way in which the thread was held, see `hold`. */
  controlCodes = new Uint8Array(0)
  #longest = new Float32Array(0)

  /** Reads the segments that are meant; all of them without `meant`. */
  read(history: ThreadHistory, stretch: ColumnRange, meant?: SegmentPredicate): void {
    const { begin, count, width, now } = stretch
    this.#clear(count)
    const end = Math.min(begin + count * width, now)
    for (
      let segment = Math.max(history.segmentAt(begin), history.first);
      segment < history.end && history.start(segment) <= end;
      segment++
    ) {
      if (meant && !meant(history, segment, now)) continue
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

  /** Adds how the thread was held, to what was read of the same stretch. */
  readControlChanges(holds: TimedEntries, { begin, count, width, now }: ColumnRange): void {
    const end = Math.min(begin + count * width, now)
    for (let entry = Math.max(holds.firstAtOrAfter(begin) - 1, holds.first); entry < holds.end; entry++) {
      const from = holds.at(entry)
      if (from > end) return
      const to = entry + 1 < holds.end ? Math.min(holds.at(entry + 1), end) : end
      const last = Math.min(Math.floor((to - begin) / width), count - 1)
      for (let column = Math.max(0, Math.floor((from - begin) / width)); column <= last; column++)
        this.controlCodes[column] = Math.max(this.controlCodes[column] ?? 0, holds.code(entry))
    }
  }

  #addWake(column: number, count: number): void {
    if (column >= 0 && column < count) this.wakes[column] = Math.min(65_535, (this.wakes[column] ?? 0) + 1)
  }

  /** `from` and `to` are places counted in columns. */
  #addState(state: StateCode, from: number, to: number, count: number): void {
    const last = Math.min(Math.floor(to), count - 1)
    for (let column = Math.floor(from); column <= last; column++) {
      const share = Math.max(Math.min(to, column + 1) - Math.max(from, column), minShare)
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
      this.controlCodes = new Uint8Array(count)
      this.#longest = new Float32Array(count)
    }
    this.running.fill(0, 0, count)
    this.blocked.fill(0, 0, count)
    this.quiet.fill(noState, 0, count)
    this.wakes.fill(0, 0, count)
    this.controlCodes.fill(0, 0, count)
    this.#longest.fill(0, 0, count)
  }
}

export const noState = 255

/** A state that began and ended within the clock's precision was there all the same. */
const minShare = 1e-6
