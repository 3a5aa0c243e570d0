import type { ObjectView, ThreadView, WaitOperation } from '@skein/threading/inspect'
import { wakeOperationFor } from '@skein/threading/inspect'
import type { ProcessDirectory } from '../model/process-directory.ts'
import { formatCount, formatDepth, formatElapsed } from '../model/text-format.ts'
import type { WakerStats } from './waker-stats.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** Links that are followed from a thread to those who could wake it. */
const maxLinks = 4

/** One sentence that says why a thread does not go on, or that it does. */
export function describeReason(
  thread: ThreadView,
  cast: ProcessDirectory,
  feeders: WakerStats,
  at: number,
): string {
  const { name, state, error } = thread
  if (state === 'New') return `${name} has not begun yet.`
  if (state === 'Terminated')
    return error === undefined
      ? `${name} ended by returning.`
      : `${name} ended by an error: ${withFullStop(error)}`
  if (thread.waiting !== undefined) return describeWaiting(thread, cast, feeders, at)
  if (thread.gate !== undefined) return `${name} is ${describeHold(thread, cast)}.`
  return `${name} runs, or is ready to${describeAwaiting(thread, cast)}.`
}

const withFullStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** `paused before get of Queue commands`. */
function describeHold({ control, gate, slowness }: ThreadView, cast: ProcessDirectory): string {
  const how = control === 'paused' ? 'paused' : `slowed ×${slowness}, and stands`
  if (gate === undefined) return how
  if (gate.act === 'begin') return `${how} before its first step`
  if (gate.act === 'start') return `${how} before start of another thread`
  if (gate.act === 'join' && cast.object(gate.object) === undefined)
    return `${how} before join of another thread`
  return `${how} before ${gate.act} of ${cast.label(gate.object)}`
}

function describeAwaiting({ awaiting }: ThreadView, cast: ProcessDirectory): string {
  const objects = [...new Set(awaiting.map(({ object }) => object))].sort((a, b) => a - b)
  if (objects.length === 0) return ''
  return `, and listens to ${formatList(objects.map((object) => cast.label(object)))} without blocking`
}

function describeWaiting(
  thread: ThreadView,
  cast: ProcessDirectory,
  feeders: WakerStats,
  at: number,
): string {
  const object = cast.object(thread.waiting?.object ?? 0)
  const content = object === undefined ? '' : describeContent(object, thread.waiting?.operation)
  const left = thread.until === undefined ? '' : ` (${formatElapsed(thread.until - at)} left)`
  const lasted = `for ${formatElapsed(at - thread.since)}${left}`
  return `${thread.name} ${describeWaitTarget(thread, cast)}${content} ${lasted}${describeWakers(thread, cast, feeders)}.`
}

/** `waits on Queue commands`, `is blocked by Lock library`. */
export function describeWaitTarget({ state, waiting }: ThreadView, cast: ProcessDirectory): string {
  const label = cast.label(waiting?.object ?? 0)
  if (state === 'Blocked') return `is blocked by ${label}`
  if (cast.kind(waiting?.object ?? 0) === 'Thread') return `waits for the end of ${label}`
  return waiting?.operation === 'put' ? `waits for room in ${label}` : `waits on ${label}`
}

/** ` (0 items)`. */
function describeContent(object: ObjectView, operation: WaitOperation | undefined): string {
  const { depth, maxSize, flag, permits, arrived, parties, unfinished } = object
  if (operation === 'join' && unfinished !== undefined) return ` (${unfinished} unfinished)`
  if (depth !== undefined)
    return maxSize === undefined
      ? ` (${formatCount(depth, 'item', 'items')})`
      : ` (${formatDepth(depth, maxSize)} items)`
  if (flag !== undefined) return flag ? ' (set)' : ' (clear)'
  if (permits !== undefined) return ` (${formatCount(permits, 'permit', 'permits')})`
  return arrived === undefined ? '' : ` (${arrived} of ${parties ?? 0} arrived)`
}

/** `; usually fed by input, which waits on Queue inputs, fed by main`. */
function describeWakers(thread: ThreadView, cast: ProcessDirectory, feeders: WakerStats): string {
  const wakers = wakersOf(thread, cast, feeders)
  if (wakers.length === 0)
    return isCertain(thread, cast) ? '' : `; ${wakerPhrase(thread, cast)} nobody seen yet`
  const seen = new Set([thread.id])
  if (isCertain(thread, cast)) return describeCertainWaker(thread, wakers[0]!, cast, feeders, seen, 1)
  const usual = frequentWakers(wakers, thread, cast, feeders)
  const start = `; usually ${wakerPhrase(thread, cast)}`
  if (usual.length === 1) return `${start} ${describeWaker(usual[0]!, cast, feeders, seen, 1)}`
  const told = usual.find(({ thread: other }) => other?.waiting !== undefined)
  const rest =
    told === undefined
      ? ''
      : `; ${told.name}${describeWakerState(told, cast, feeders, seen, 1).replace(/^, which/, '')}`
  return `${start} ${formatList(usual.map(({ name }) => name))}${rest}`
}

/** Whether it is certain who ends the wait, not only usual. */
const isCertain = ({ state, waiting }: ThreadView, cast: ProcessDirectory): boolean =>
  state === 'Blocked' || cast.kind(waiting?.object ?? 0) === 'Thread'

function frequentWakers(
  wakers: readonly Waker[],
  { waiting }: ThreadView,
  cast: ProcessDirectory,
  feeders: WakerStats,
): readonly Waker[] {
  const object = cast.object(waiting?.object ?? 0)
  if (object === undefined || waiting === undefined) return wakers
  const usual = feeders.frequentNamesOf(object.id, wakeOperationFor(object.kind, waiting.operation))
  return wakers.filter(({ name }) => usual.includes(name))
}

function describeWaker(
  waker: Waker,
  cast: ProcessDirectory,
  feeders: WakerStats,
  seen: Set<number>,
  links: number,
): string {
  return `${waker.name}${describeWakerState(waker, cast, feeders, seen, links)}`
}

/** `, held by selector, which is runnable`. Who is joined was named already. */
function describeCertainWaker(
  thread: ThreadView,
  waker: Waker,
  cast: ProcessDirectory,
  feeders: WakerStats,
  seen: Set<number>,
  links: number,
): string {
  if (cast.kind(thread.waiting?.object ?? 0) === 'Thread')
    return describeWakerState(waker, cast, feeders, seen, links)
  return `, ${wakerPhrase(thread, cast)} ${describeWaker(waker, cast, feeders, seen, links)}`
}

/** What keeps a waker from waking: `, which waits on Queue inputs, fed by main`. Nothing for main, which always runs. */
function describeWakerState(
  waker: Waker,
  cast: ProcessDirectory,
  feeders: WakerStats,
  seen: Set<number>,
  links: number,
): string {
  const { thread } = waker
  if (thread === undefined || hasEnded(waker)) return ', which has ended'
  if (seen.has(thread.id)) return ': they wait in a circle'
  seen.add(thread.id)
  if (thread.waiting !== undefined) {
    const next = links < maxLinks ? wakersOf(thread, cast, feeders)[0] : undefined
    const onward =
      next === undefined ? '' : describeCertainWaker(thread, next, cast, feeders, seen, links + 1)
    return `, which ${describeWaitTarget(thread, cast)}${onward}`
  }
  if (thread.gate !== undefined) return `, which is ${describeHold(thread, cast)}`
  return thread.id === mainThreadId ? '' : ', which is runnable'
}

const mainThreadId = 1

/** What the waker does, said from the object's side. */
function wakerPhrase({ waiting }: ThreadView, cast: ProcessDirectory): string {
  const object = cast.object(waiting?.object ?? 0)
  return object === undefined || waiting === undefined ? 'woken by' : wakerPhraseOf(object, waiting.operation)
}

export function wakerPhraseOf({ kind }: ObjectView, operation: WaitOperation): string {
  if (kind === 'Lock' || kind === 'RLock') return 'held by'
  switch (wakeOperationFor(kind, operation)) {
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
export const formatList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
