import type { ObjectView, Operation, ThreadView } from '../../../shared/threading/view.ts'
import { endedThrough } from '../../../shared/threading/view.ts'
import { count, depthText, elapsed } from '../words.ts'
import type { Cast } from './cast.ts'
import type { Feeders } from './feeders.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** Links that are followed from a thread to those who could wake it. */
const maxLinks = 4

/** One sentence that says why a thread does not go on, or that it does. */
export function why(thread: ThreadView, cast: Cast, feeders: Feeders, at: number): string {
  const { name, state, error } = thread
  if (state === 'New') return `${name} has not begun yet.`
  if (state === 'Terminated')
    return error === undefined
      ? `${name} ended by returning.`
      : `${name} ended by an error: ${sentenceOf(error)}`
  if (thread.waiting !== undefined) return whyWaiting(thread, cast, feeders, at)
  if (thread.gate !== undefined) return `${name} is ${heldAt(thread, cast)}.`
  return `${name} runs, or is ready to${listening(thread, cast)}.`
}

const sentenceOf = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** `paused before get of Queue commands`. */
function heldAt({ control, gate, slowness }: ThreadView, cast: Cast): string {
  const how = control === 'paused' ? 'paused' : `slowed ×${slowness}, and stands`
  if (gate === undefined) return how
  if (gate.act === 'begin') return `${how} before its first step`
  if (gate.act === 'start') return `${how} before start of another thread`
  if (gate.act === 'join' && cast.object(gate.object) === undefined)
    return `${how} before join of another thread`
  return `${how} before ${gate.act} of ${cast.label(gate.object)}`
}

function listening({ awaiting }: ThreadView, cast: Cast): string {
  const objects = [...new Set(awaiting.map(({ object }) => object))].sort((a, b) => a - b)
  if (objects.length === 0) return ''
  return `, and listens to ${listed(objects.map((object) => cast.label(object)))} without blocking`
}

function whyWaiting(thread: ThreadView, cast: Cast, feeders: Feeders, at: number): string {
  const object = cast.object(thread.waiting?.object ?? 0)
  const content = object === undefined ? '' : contentOf(object, thread.waiting?.operation)
  const left = thread.until === undefined ? '' : ` (${elapsed(thread.until - at)} left)`
  const lasted = `for ${elapsed(at - thread.since)}${left}`
  return `${thread.name} ${waitsOn(thread, cast)}${content} ${lasted}${wakersPart(thread, cast, feeders)}.`
}

/** `waits on Queue commands`, `is blocked by Lock library`. */
export function waitsOn({ state, waiting }: ThreadView, cast: Cast): string {
  const label = cast.label(waiting?.object ?? 0)
  if (state === 'Blocked') return `is blocked by ${label}`
  if (cast.kind(waiting?.object ?? 0) === 'Thread') return `waits for the end of ${label}`
  return waiting?.operation === 'put' ? `waits for room in ${label}` : `waits on ${label}`
}

/** ` (0 items)`. */
function contentOf(object: ObjectView, operation: Operation | undefined): string {
  const { depth, maxSize, flag, permits, arrived, parties, unfinished } = object
  if (operation === 'join' && unfinished !== undefined) return ` (${unfinished} unfinished)`
  if (depth !== undefined)
    return maxSize === undefined
      ? ` (${count(depth, 'item', 'items')})`
      : ` (${depthText(depth, maxSize)} items)`
  if (flag !== undefined) return flag ? ' (set)' : ' (clear)'
  if (permits !== undefined) return ` (${count(permits, 'permit', 'permits')})`
  return arrived === undefined ? '' : ` (${arrived} of ${parties ?? 0} arrived)`
}

/** `; usually fed by input, which waits on Queue inputs, fed by main`. */
function wakersPart(thread: ThreadView, cast: Cast, feeders: Feeders): string {
  const wakers = wakersOf(thread, cast, feeders)
  if (wakers.length === 0) return isKnown(thread, cast) ? '' : `; ${verb(thread, cast)} nobody seen yet`
  const seen = new Set([thread.id])
  if (isKnown(thread, cast)) return surely(thread, wakers[0]!, cast, feeders, seen, 1)
  const usual = usualOf(wakers, thread, cast, feeders)
  const start = `; usually ${verb(thread, cast)}`
  if (usual.length === 1) return `${start} ${oneWaker(usual[0]!, cast, feeders, seen, 1)}`
  const told = usual.find(({ thread: other }) => other?.waiting !== undefined)
  const rest =
    told === undefined ? '' : `; ${told.name}${fate(told, cast, feeders, seen, 1).replace(/^, which/, '')}`
  return `${start} ${listed(usual.map(({ name }) => name))}${rest}`
}

/** Whether it is certain who ends the wait, not only usual. */
const isKnown = ({ state, waiting }: ThreadView, cast: Cast): boolean =>
  state === 'Blocked' || cast.kind(waiting?.object ?? 0) === 'Thread'

function usualOf(
  wakers: readonly Waker[],
  { waiting }: ThreadView,
  cast: Cast,
  feeders: Feeders,
): readonly Waker[] {
  const object = cast.object(waiting?.object ?? 0)
  if (object === undefined || waiting === undefined) return wakers
  const usual = feeders.usual(object.id, endedThrough(object.kind, waiting.operation))
  return wakers.filter(({ name }) => usual.includes(name))
}

function oneWaker(waker: Waker, cast: Cast, feeders: Feeders, seen: Set<number>, links: number): string {
  return `${waker.name}${fate(waker, cast, feeders, seen, links)}`
}

/** `, held by selector, which is runnable`. Who is joined was named already. */
function surely(
  thread: ThreadView,
  waker: Waker,
  cast: Cast,
  feeders: Feeders,
  seen: Set<number>,
  links: number,
): string {
  if (cast.kind(thread.waiting?.object ?? 0) === 'Thread') return fate(waker, cast, feeders, seen, links)
  return `, ${verb(thread, cast)} ${oneWaker(waker, cast, feeders, seen, links)}`
}

/** What keeps a waker from waking: `, which waits on Queue inputs, fed by main`. Nothing for main, which always runs. */
function fate(waker: Waker, cast: Cast, feeders: Feeders, seen: Set<number>, links: number): string {
  const { thread } = waker
  if (thread === undefined || hasEnded(waker)) return ', which has ended'
  if (seen.has(thread.id)) return ': they wait in a circle'
  seen.add(thread.id)
  if (thread.waiting !== undefined) {
    const next = links < maxLinks ? wakersOf(thread, cast, feeders)[0] : undefined
    const onward = next === undefined ? '' : surely(thread, next, cast, feeders, seen, links + 1)
    return `, which ${waitsOn(thread, cast)}${onward}`
  }
  if (thread.gate !== undefined) return `, which is ${heldAt(thread, cast)}`
  return thread.id === mainId ? '' : ', which is runnable'
}

const mainId = 1

/** What the waker does, said from the object's side. */
function verb({ waiting }: ThreadView, cast: Cast): string {
  const object = cast.object(waiting?.object ?? 0)
  return object === undefined || waiting === undefined ? 'woken by' : verbOf(object, waiting.operation)
}

export function verbOf({ kind }: ObjectView, operation: Operation): string {
  if (kind === 'Lock' || kind === 'RLock') return 'held by'
  switch (endedThrough(kind, operation)) {
    case 'put':
      return 'fed by'
    case 'get':
      return 'emptied by'
    case 'taskDone':
      return 'worked off by'
    case 'set':
      return 'set by'
    case 'notify':
      return 'notified by'
    case 'wait':
      return 'met by'
    default:
      return 'released by'
  }
}

/** `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
