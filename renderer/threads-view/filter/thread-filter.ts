import type { ThreadState } from '@skein/threading/inspect'
import type { ProcessModel } from '../model/process-model.ts'
import { stateCode } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import type { ObjectKey, ThreadKey } from '../model/threads-model.ts'
import type { SegmentPredicate } from '../timeline/lane-columns.ts'
import type { Extent } from '../timeline/viewport.ts'

/** What is looked for. Each part that is set narrows it. */
export interface ThreadFilter {
  /** Part of a thread's name. */
  readonly text: string
  /** What a thread waits for, was woken through, or did something to. */
  readonly object: ObjectKey | undefined
  /** One of these states; none stands for all. */
  readonly states: readonly ThreadState[]
  /** For so many ms at the least. */
  readonly minDuration: number
}

export const noFilter: ThreadFilter = { text: '', object: undefined, states: [], minDuration: 0 }

export const isFiltering = (filter: ThreadFilter): boolean =>
  filter.text.trim() !== '' || hasSegmentFilter(filter)

/** Whether it looks for states, and not for names alone. */
export const hasSegmentFilter = ({ object, states, minDuration: atLeast }: ThreadFilter): boolean =>
  object !== undefined || states.length > 0 || atLeast > 0

/** Which segments of a process's threads a filter means; undefined where it means all. */
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

/** Whether a thread has anything that the filter means within a stretch of time. */
export function threadMatches(
  filter: ThreadFilter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
  now: number,
) {
  if (!nameMatches(filter, key.name)) return false
  const meant = segmentPredicate(filter, process.name)
  if (!meant) return true
  const history = process.history(key.id)
  return (
    (history !== undefined && hasSegment(history, meant, shown, now)) ||
    hasOperation(filter, process, key, shown)
  )
}

function hasSegment(history: ThreadHistory, meant: SegmentPredicate, shown: Extent, now: number): boolean {
  let segment = Math.max(history.segmentAt(shown.from), history.first)
  for (; segment < history.end && history.start(segment) <= shown.to; segment++) {
    if (meant(history, segment, now)) return true
  }
  return false
}

/** Who does something to the object that is looked for need not wait for it; only a filter by states leaves that out. */
function hasOperation(
  { object, states, minDuration: atLeast }: ThreadFilter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
): boolean {
  if (object?.process !== process.name || states.length > 0 || atLeast > 0) return false
  const ring = process.activity.operations(key.id)
  if (!ring) return false
  for (let act = ring.firstAtOrAfter(shown.from); act < ring.end && ring.at(act) <= shown.to; act++) {
    if (ring.object(act) === object.id) return true
  }
  return false
}

/** No object has this number. */
const noObject = -1
