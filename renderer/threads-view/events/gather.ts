import { actNames, wakingNames } from '../../../shared/threading/view.ts'
import { type Filter, filtersSegments, meantBy } from '../filter/filter.ts'
import type { Ring } from '../happenings/ring.ts'
import type { ThreadHistory } from '../history.ts'
import type { ProcessModel } from '../process-model.ts'
import { operationOf, stateNames } from '../states.ts'
import { type ProcessGroup, processOf, type Scene, type ThreadKey } from '../threads-model.ts'
import { valueWords } from '../timeline/nearby.ts'
import type { Extent } from '../timeline/viewport.ts'

/** One line of the table. */
export interface EventRow {
  readonly at: number
  readonly process: string
  readonly thread: string
  readonly what: string
  readonly object: string
  readonly by: string
}

export interface Events {
  /** The newest first. */
  readonly rows: readonly EventRow[]
  /** How many there are, with those that were left out. */
  readonly all: number
}

/** Things of one thread in order, of which some are looked for. */
interface Source {
  readonly first: number
  /** The newest that is not listed yet. */
  next: number
  at(index: number): number
  /** Which are looked for; all without it. */
  readonly wanted: ((index: number) => boolean) | undefined
  row(index: number): EventRow
}

/** What the threads did in a stretch of time, at most so many rows. */
export function gatherEvents(
  scene: Scene,
  groups: readonly ProcessGroup[],
  filter: Filter,
  shown: Extent,
  most: number,
): Events {
  const sources = groups.flatMap(({ threads }) =>
    threads.flatMap((key) => sourcesOf(scene, key, filter, shown)),
  )
  const all = sources.reduce((sum, source) => sum + countOf(source), 0)
  const rows: EventRow[] = []
  while (rows.length < most) {
    const source = newestOf(sources)
    if (!source) break
    rows.push(source.row(source.next))
    source.next--
    skip(source)
  }
  return { rows, all }
}

function sourcesOf(scene: Scene, key: ThreadKey, filter: Filter, shown: Extent): Source[] {
  const process = processOf(scene, key.process)
  const history = process?.history(key.id)
  if (!process || !history) return []
  const found = [statesOf(process, history, key, filter, shown, scene.at)]
  // Acts and wakes have no state and last no time: a filter by those means none of them.
  if (filter.states.length === 0 && filter.atLeast === 0) {
    const acts = process.happenings.acts(key.id)
    const wakes = process.happenings.wakers().get(key.id)
    if (acts) found.push(actsOf(process, acts, key, filter, shown))
    if (wakes) found.push(wakesOf(process, wakes, key, filter, shown))
  }
  for (const source of found) skip(source)
  return found
}

function statesOf(
  process: ProcessModel,
  history: ThreadHistory,
  key: ThreadKey,
  filter: Filter,
  shown: Extent,
  now: number,
): Source {
  const meant = meantBy(filter, key.process)
  const from = history.segmentAt(shown.from)
  return {
    first: from < history.first || history.start(from) < shown.from ? from + 1 : from,
    next: history.segmentAt(shown.to),
    at: (segment) => history.start(segment),
    wanted: meant && ((segment) => meant(history, segment, now)),
    row(segment) {
      const operation = operationOf(history.operation(segment))
      const waker = history.waker(segment)
      const object = history.object(segment)
      return {
        at: history.start(segment),
        process: key.process,
        thread: key.name,
        what: stateNames[history.state(segment)] + (operation ? ` (${operation})` : ''),
        object: object === 0 ? '' : process.label(object),
        by: waker === 0 ? '' : process.threadName(waker),
      }
    },
  }
}

const actsOf = (process: ProcessModel, ring: Ring, key: ThreadKey, filter: Filter, shown: Extent): Source =>
  ringSource(process, ring, key, filter, shown, (entry) => {
    const value = valueWords(ring, entry)
    return (actNames[ring.code(entry)] ?? '') + (value === '' ? '' : `: ${value}`)
  })

const wakesOf = (process: ProcessModel, ring: Ring, key: ThreadKey, filter: Filter, shown: Extent): Source =>
  ringSource(process, ring, key, filter, shown, (entry) => {
    return `wakes ${process.threadName(ring.value(entry))} (${wakingNames[ring.code(entry)]})`
  })

function ringSource(
  process: ProcessModel,
  ring: Ring,
  key: ThreadKey,
  filter: Filter,
  shown: Extent,
  what: (entry: number) => string,
): Source {
  const wanted = filter.object
  return {
    first: ring.firstFrom(shown.from),
    next: endOf(ring, shown.to) - 1,
    at: (entry) => ring.at(entry),
    wanted: filtersSegments(filter)
      ? (entry) => wanted?.process === process.name && ring.object(entry) === wanted.id
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

/** The entry after the last that is not later than a time. */
function endOf(ring: Ring, time: number): number {
  let end = ring.firstFrom(time)
  while (end < ring.end && ring.at(end) <= time) end++
  return end
}

function countOf(source: Source): number {
  if (!source.wanted) return Math.max(0, source.next - source.first + 1)
  let count = 0
  for (let index = source.next; index >= source.first; index--) if (source.wanted(index)) count++
  return count
}

function skip(source: Source): void {
  while (source.next >= source.first && source.wanted?.(source.next) === false) source.next--
}

function newestOf(sources: readonly Source[]): Source | undefined {
  let newest: Source | undefined
  for (const source of sources) {
    if (source.next < source.first) continue
    if (!newest || source.at(source.next) > newest.at(newest.next)) newest = source
  }
  return newest
}
