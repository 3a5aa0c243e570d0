import { operationNames, wakeOperationNames } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { valueAfterText } from '../descriptions/nearby-operations.ts'
import { hasSegmentFilter, segmentPredicate, type ThreadFilter } from '../filter/thread-filter.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { operationFromCode, stateText } from '../model/state-codes.ts'
import type { ThreadHistory } from '../model/thread-history.ts'
import { findProcess, type ProcessGroup, type Scene, type ThreadKey } from '../model/threads-model.ts'
import type { TimedEntries } from '../model/timed-entries.ts'
import type { Extent } from '../timeline/viewport.ts'

/** One row of the table. */
export interface EventRow {
  readonly at: number
  readonly process: string
  readonly thread: string
  readonly what: string
  readonly object: string
  readonly by: string
}

export interface EventList {
  /** Newest first. */
  readonly rows: readonly EventRow[]
  /** The number of matching events, including those without a row. */
  readonly total: number
}

/** Iterates over the events of one kind of one thread, from the newest to the oldest. */
interface EventCursor {
  readonly first: number
  /** The newest event without a row. */
  next: number
  at(index: number): number
  /** Selects events; all if undefined. */
  readonly matches: ((index: number) => boolean) | undefined
  row(index: number): EventRow
}

/** Returns the matching events within `shown`, at most `maxCount` rows. */
export function queryEvents(
  scene: Scene,
  groups: readonly ProcessGroup[],
  filter: ThreadFilter,
  shown: Extent,
  maxCount: number,
): EventList {
  const sources = groups.flatMap(({ threads }) =>
    threads.flatMap((key) => cursorsOf(scene, key, filter, shown)),
  )
  const all = sources.reduce((sum, source) => sum + countOf(source), 0)
  const rows: EventRow[] = []
  while (rows.length < maxCount) {
    const source = newestCursor(sources)
    if (!source) break
    rows.push(source.row(source.next))
    source.next--
    skipUnmatched(source)
  }
  return { rows, total: all }
}

function cursorsOf(scene: Scene, key: ThreadKey, filter: ThreadFilter, shown: Extent): EventCursor[] {
  const process = findProcess(scene, key.process)
  const history = process?.history(key.id)
  if (!process || !history) return []
  const found = [stateCursor(process, history, key, filter, shown, scene.at)]
  // Operations and wakes have no state and no duration, so a filter by these excludes them.
  if (filter.states.length === 0 && filter.minDuration === 0) {
    const acts = process.activity.operations(key.id)
    const wakes = process.activity.wakesByThread().get(key.id)
    if (acts) found.push(operationCursor(process, acts, key, filter, shown))
    if (wakes) found.push(wakeCursor(process, wakes, key, filter, shown))
  }
  for (const source of found) skipUnmatched(source)
  return found
}

function stateCursor(
  process: ProcessModel,
  history: ThreadHistory,
  key: ThreadKey,
  filter: ThreadFilter,
  shown: Extent,
  now: number,
): EventCursor {
  const isMatch = segmentPredicate(filter, key.process)
  const from = history.segmentAt(shown.from)
  return {
    first: from < history.first || history.start(from) < shown.from ? from + 1 : from,
    next: history.segmentAt(shown.to),
    at: (segment) => history.start(segment),
    matches: isMatch && ((segment) => isMatch(history, segment, now)),
    row(segment) {
      const operation = operationFromCode(history.operation(segment))
      const waker = history.waker(segment)
      const object = history.object(segment)
      return {
        at: history.start(segment),
        process: key.process,
        thread: key.name,
        what: stateText(history.state(segment)) + (operation ? ` (${operation})` : ''),
        object: object === 0 ? '' : process.label(object),
        by: waker === 0 ? '' : process.threadName(waker),
      }
    },
  }
}

const operationCursor = (
  process: ProcessModel,
  ring: TimedEntries,
  key: ThreadKey,
  filter: ThreadFilter,
  shown: Extent,
): EventCursor =>
  ringCursor(process, ring, key, filter, shown, (entry) => {
    const value = valueAfterText(ring, entry)
    return (operationNames[ring.code(entry)] ?? '') + (value === '' ? '' : `: ${value}`)
  })

const wakeCursor = (
  process: ProcessModel,
  ring: TimedEntries,
  key: ThreadKey,
  filter: ThreadFilter,
  shown: Extent,
): EventCursor =>
  ringCursor(process, ring, key, filter, shown, (entry) => {
    return m.threads_event_wakes({
      name: process.threadName(ring.value(entry)),
      operation: wakeOperationNames[ring.code(entry)] ?? '',
    })
  })

function ringCursor(
  process: ProcessModel,
  ring: TimedEntries,
  key: ThreadKey,
  filter: ThreadFilter,
  shown: Extent,
  what: (entry: number) => string,
): EventCursor {
  const object = filter.object
  return {
    first: ring.firstAtOrAfter(shown.from),
    next: endAt(ring, shown.to) - 1,
    at: (entry) => ring.at(entry),
    matches: hasSegmentFilter(filter)
      ? (entry) => object?.process === process.name && ring.object(entry) === object.id
      : undefined,
    row: (entry) => ({
      at: ring.at(entry),
      process: key.process,
      thread: key.name,
      what: what(entry),
      object: process.label(ring.object(entry)),
      by: '',
    }),
  }
}

/** Returns the end of the entries that are not later than a time. */
function endAt(ring: TimedEntries, time: number): number {
  let end = ring.firstAtOrAfter(time)
  while (end < ring.end && ring.at(end) <= time) end++
  return end
}

function countOf(source: EventCursor): number {
  if (!source.matches) return Math.max(0, source.next - source.first + 1)
  let count = 0
  for (let index = source.next; index >= source.first; index--) if (source.matches(index)) count++
  return count
}

function skipUnmatched(source: EventCursor): void {
  while (source.next >= source.first && source.matches?.(source.next) === false) source.next--
}

function newestCursor(sources: readonly EventCursor[]): EventCursor | undefined {
  let newest: EventCursor | undefined
  for (const source of sources) {
    if (source.next < source.first) continue
    if (!newest || source.at(source.next) > newest.at(newest.next)) newest = source
  }
  return newest
}
