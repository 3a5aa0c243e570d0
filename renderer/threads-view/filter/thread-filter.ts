import type { ThreadState } from '@skein/threading/inspect'
import type { ProcessModel } from '../model/process-model.ts'
import { stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import type { ObjectKey, ThreadKey } from '../model/threads-model.ts'
import type { SegmentPredicate } from '../timeline/lane-columns.ts'
import type { Extent } from '../timeline/viewport.ts'

/** What the user filters by. Each part that is set narrows the result. */
export interface ThreadFilter {
  /** Part of a thread's name. */
  readonly text: string
  /** The object that a thread waits for, was woken through, or operates on. */
  readonly object: ObjectKey | undefined
  /** The states to show; empty for all. */
  readonly states: readonly ThreadState[]
  /** The minimum duration of a state in ms. */
  readonly minDuration: number
}

export const noFilter: ThreadFilter = { text: '', object: undefined, states: [], minDuration: 0 }

export const isFiltering = (filter: ThreadFilter): boolean =>
  filter.text.trim() !== '' || hasSegmentFilter(filter)

/** Returns whether the filter selects segments, and not only names. */
export const hasSegmentFilter = ({ object, states, minDuration }: ThreadFilter): boolean =>
  object !== undefined || states.length > 0 || minDuration > 0

/** Returns the predicate of the segments that match the filter; undefined if all match. */
export function segmentPredicate(filter: ThreadFilter, process: string): SegmentPredicate | undefined {
  if (!hasSegmentFilter(filter)) return undefined
  const codes = new Set<number>(filter.states.map((state) => stateCode[state]))
  const object = filter.object?.process === process ? filter.object.id : filter.object && noObject
  return (history, segment, now) =>
    (codes.size === 0 || codes.has(history.state(segment))) &&
    (object === undefined || history.object(segment) === object) &&
    (filter.minDuration === 0 || history.endTime(segment, now) - history.start(segment) >= filter.minDuration)
}

export const nameMatches = (filter: ThreadFilter, name: string): boolean =>
  name.toLowerCase().includes(filter.text.trim().toLowerCase())

/** Returns whether a thread has a segment or operation within `shown` that matches the filter. */
export function threadMatches(
  filter: ThreadFilter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
  now: number,
) {
  if (!nameMatches(filter, key.name)) return false
  const isMatch = segmentPredicate(filter, process.name)
  if (!isMatch) return true
  const history = process.history(key.id)
  return (
    (history !== undefined && hasSegment(history, isMatch, shown, now)) ||
    hasOperation(filter, process, key, shown)
  )
}

function hasSegment(history: ThreadHistory, isMatch: SegmentPredicate, shown: Extent, now: number): boolean {
  let segment = Math.max(history.segmentAt(shown.from), history.first)
  for (; segment < history.end && history.start(segment) <= shown.to; segment++) {
    if (isMatch(history, segment, now)) return true
  }
  return false
}

/**
 * A thread can operate on an object without waiting for it. A filter by state or duration excludes
 * operations.
 */
function hasOperation(
  { object, states, minDuration }: ThreadFilter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
): boolean {
  if (object?.process !== process.name || states.length > 0 || minDuration > 0) return false
  const ring = process.activity.operations(key.id)
  if (!ring) return false
  for (let entry = ring.firstAtOrAfter(shown.from); entry < ring.end && ring.at(entry) <= shown.to; entry++) {
    if (ring.object(entry) === object.id) return true
  }
  return false
}

/** No object has this number. */
const noObject = -1
