import type { ThreadState } from '../../../shared/threading/view.ts'
import type { ThreadHistory } from '../history.ts'
import type { Meant } from '../lane-columns.ts'
import type { ProcessModel } from '../process-model.ts'
import { stateCode } from '../states.ts'
import type { ObjectKey, ThreadKey } from '../threads-model.ts'
import type { Extent } from '../timeline/viewport.ts'

/** What is looked for. Each part that is set narrows it. */
export interface Filter {
  /** Part of a thread's name. */
  readonly text: string
  /** What a thread waits for, was woken through, or did something to. */
  readonly object: ObjectKey | undefined
  /** One of these states; none stands for all. */
  readonly states: readonly ThreadState[]
  /** For so many ms at the least. */
  readonly atLeast: number
}

export const noFilter: Filter = { text: '', object: undefined, states: [], atLeast: 0 }

export const isFiltering = (filter: Filter): boolean => filter.text.trim() !== '' || filtersSegments(filter)

/** Whether it looks for states, and not for names alone. */
export const filtersSegments = ({ object, states, atLeast }: Filter): boolean =>
  object !== undefined || states.length > 0 || atLeast > 0

/** Which segments of a process's threads a filter means; undefined where it means all. */
export function meantBy(filter: Filter, process: string): Meant | undefined {
  if (!filtersSegments(filter)) return undefined
  const codes = new Set<number>(filter.states.map((state) => stateCode[state]))
  const object = filter.object?.process === process ? filter.object.id : filter.object && noObject
  return (history, segment, now) =>
    (codes.size === 0 || codes.has(history.state(segment))) &&
    (object === undefined || history.object(segment) === object) &&
    (filter.atLeast === 0 || history.finish(segment, now) - history.start(segment) >= filter.atLeast)
}

export const nameMatches = (filter: Filter, name: string): boolean =>
  name.toLowerCase().includes(filter.text.trim().toLowerCase())

/** Whether a thread has anything that the filter means within a stretch of time. */
export function threadMatches(
  filter: Filter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
  now: number,
) {
  if (!nameMatches(filter, key.name)) return false
  const meant = meantBy(filter, process.name)
  if (!meant) return true
  const history = process.history(key.id)
  return (
    (history !== undefined && hasSegment(history, meant, shown, now)) || hasAct(filter, process, key, shown)
  )
}

function hasSegment(history: ThreadHistory, meant: Meant, shown: Extent, now: number): boolean {
  let segment = Math.max(history.segmentAt(shown.from), history.first)
  for (; segment < history.end && history.start(segment) <= shown.to; segment++) {
    if (meant(history, segment, now)) return true
  }
  return false
}

/** Who does something to the object that is looked for need not wait for it; only a filter by states leaves that out. */
function hasAct(
  { object, states, atLeast }: Filter,
  process: ProcessModel,
  key: ThreadKey,
  shown: Extent,
): boolean {
  if (object?.process !== process.name || states.length > 0 || atLeast > 0) return false
  const ring = process.happenings.acts(key.id)
  if (!ring) return false
  for (let act = ring.firstFrom(shown.from); act < ring.end && ring.at(act) <= shown.to; act++) {
    if (ring.object(act) === object.id) return true
  }
  return false
}

/** No object has this number. */
const noObject = -1
