import type { ObjectView, Operation, ThreadView } from '@skein/threading/inspect'
import { wakeOperationFor } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessDirectory } from '../model/process-directory.ts'
import { formatElapsed } from '../model/text-format.ts'
import type { WakerStats } from './waker-stats.ts'
import { hasEnded, type Waker, wakersOf } from './wakers.ts'

/** How many threads are followed, each waiting for the next. */
const maxLinks = 4

const mainThreadId = 1

/** Returns one sentence that says why a thread does not go on, or that it does. */
export function describeReason(
  thread: ThreadView,
  directory: ProcessDirectory,
  wakerStats: WakerStats,
  at: number,
): string {
  const { name, state, error, waiting, gate } = thread
  if (state === 'New') return m.threads_reason_new({ name })
  if (state === 'Terminated')
    return error === undefined
      ? m.threads_reason_returned({ name })
      : m.threads_reason_failed({ name, error: withFullStop(error) })
  if (waiting !== undefined) return new WaitReason(thread, directory, wakerStats).sentence(at)
  if (gate !== undefined) return m.threads_reason_held({ name, hold: describeHold(thread, directory) })
  const objects = [...new Set(thread.awaiting.map(({ object }) => object))].sort((a, b) => a - b)
  return objects.length === 0
    ? m.threads_reason_runs({ name })
    : m.threads_reason_listens({ name, objects: formatList(objects.map((id) => directory.label(id))) })
}

/** Returns `waits on Queue commands` or `is blocked by Lock library`. */
export function describeWaitTarget({ state, waiting }: ThreadView, directory: ProcessDirectory): string {
  const id = waiting?.object ?? 0
  const label = directory.label(id)
  if (state === 'Blocked') return m.threads_blocked_by({ object: label })
  const kind = directory.kind(id)
  const text = kind && kindDescriptions[kind].waits?.text(label, waiting?.operation)
  return text ?? m.threads_waits_on({ object: label })
}

/** Returns `a, b and c`. */
export const formatList = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : m.threads_list({ first: words.slice(0, -1).join(', '), last: words.at(-1) ?? '' })

/** The sentence about a thread that waits, and about the threads that could wake it. */
class WaitReason {
  readonly #thread: ThreadView
  readonly #directory: ProcessDirectory
  readonly #wakerStats: WakerStats
  /** Threads that the sentence has described. */
  readonly #described: Set<number>

  constructor(thread: ThreadView, directory: ProcessDirectory, wakerStats: WakerStats) {
    this.#thread = thread
    this.#directory = directory
    this.#wakerStats = wakerStats
    this.#described = new Set([thread.id])
  }

  sentence(at: number): string {
    const { name, since, until } = this.#thread
    const elapsed = formatElapsed(at - since)
    const duration =
      until === undefined ? elapsed : m.threads_reason_left({ elapsed, left: formatElapsed(until - at) })
    return m.threads_reason_waiting({ name, wait: this.#waitText(), duration, wakers: this.#wakersText() })
  }

  /** `waits on Queue commands (0 items)`. */
  #waitText(): string {
    const wait = describeWaitTarget(this.#thread, this.#directory)
    const object = this.#objectOf(this.#thread)
    const content =
      object && kindDescriptions[object.kind].waits?.contentText(object, this.#thread.waiting?.operation)
    return content ? m.threads_reason_content({ wait, content }) : wait
  }

  /** `; usually fed by input, which waits on Queue inputs, fed by main`. */
  #wakersText(): string {
    const wakers = wakersOf(this.#thread, this.#directory, this.#wakerStats)
    const [first] = wakers
    const isCertain = this.#isWakerCertain(this.#thread)
    const waker = this.#wakerText(this.#thread)
    if (first === undefined) return isCertain ? '' : m.threads_reason_no_waker({ waker })
    if (isCertain) return this.#certainWakerText(this.#thread, first, 1)
    const usual = this.#usualWakers(wakers)
    const [only] = usual
    const names = m.threads_reason_usual_wakers({ waker, names: formatList(usual.map(({ name }) => name)) })
    if (usual.length === 1 && only !== undefined) return names + this.#stateText(only, 1)
    const blocked = usual.find(({ thread }) => thread?.waiting !== undefined)?.thread
    return blocked === undefined ? names : names + this.#blockedWakerText(blocked)
  }

  /** The usual wakers. */
  #usualWakers(wakers: readonly Waker[]): readonly Waker[] {
    const { waiting } = this.#thread
    const object = this.#objectOf(this.#thread)
    if (object === undefined || waiting === undefined) return wakers
    const through = wakeOperationFor(object.kind, waiting.operation)
    const usual = this.#wakerStats.frequentNamesOf(object.id, through)
    return wakers.filter(({ name }) => usual.includes(name))
  }

  /** `, held by selector, which is runnable`. A thread that is joined is named by the wait itself. */
  #certainWakerText(thread: ThreadView, waker: Waker, links: number): string {
    const state = this.#stateText(waker, links)
    if (this.#isJoin(thread)) return state
    return m.threads_reason_waker({ waker: this.#wakerText(thread), name: waker.name }) + state
  }

  /** `; input waits on Queue inputs, fed by main`: one of several wakers. */
  #blockedWakerText(thread: ThreadView): string {
    const { name } = thread
    if (this.#described.has(thread.id)) return m.threads_reason_next({ name }) + this.#circleText()
    this.#described.add(thread.id)
    return m.threads_reason_next_waits({ name, wait: this.#waitChainText(thread, 1) })
  }

  /** `, which waits on Queue inputs, fed by main`: why a waker does not wake. Nothing for main, which always runs. */
  #stateText(waker: Waker, links: number): string {
    const { thread } = waker
    if (thread === undefined || hasEnded(waker)) return m.threads_reason_waker_ended()
    if (this.#described.has(thread.id)) return this.#circleText()
    this.#described.add(thread.id)
    if (thread.waiting !== undefined)
      return m.threads_reason_waker_waits({ wait: this.#waitChainText(thread, links) })
    if (thread.gate !== undefined)
      return m.threads_reason_waker_held({ hold: describeHold(thread, this.#directory) })
    return thread.id === mainThreadId ? '' : m.threads_reason_waker_runnable()
  }

  /** `: they wait in a circle`. Nothing if one of the waits has been ended: its thread does not run yet. */
  #circleText(): string {
    const waits = [...this.#described].map((id) => this.#directory.thread(id)?.waitSequence)
    return waits.includes(0) ? '' : m.threads_reason_circle()
  }

  /** `waits on Queue inputs, fed by main`. */
  #waitChainText(thread: ThreadView, links: number): string {
    const wait = describeWaitTarget(thread, this.#directory)
    const [next] = links < maxLinks ? wakersOf(thread, this.#directory, this.#wakerStats) : []
    return next === undefined ? wait : wait + this.#certainWakerText(thread, next, links + 1)
  }

  /** `fed by`. */
  #wakerText(thread: ThreadView): string {
    const object = this.#objectOf(thread)
    const waits = object && kindDescriptions[object.kind].waits
    if (waits === undefined || thread.waiting === undefined) return m.threads_waker_unknown()
    return waits.wakerText(thread.waiting.operation)
  }

  /** Whether only one thread can end the wait. */
  #isWakerCertain(thread: ThreadView): boolean {
    return thread.state === 'Blocked' || this.#isJoin(thread)
  }

  #isJoin(thread: ThreadView): boolean {
    const object = this.#objectOf(thread)
    return object !== undefined && kindDescriptions[object.kind].waits?.endedBy === 'joinedThread'
  }

  #objectOf({ waiting }: ThreadView): ObjectView | undefined {
    return this.#directory.object(waiting?.object ?? 0)
  }
}

/** Returns `paused before get of Queue commands`. */
function describeHold({ control, gate, slowness }: ThreadView, directory: ProcessDirectory): string {
  const operation = gate === undefined ? '' : describeNextOperation(gate, directory)
  return control === 'paused'
    ? m.threads_hold_paused({ operation })
    : m.threads_hold_slowed({ factor: slowness, operation })
}

function describeNextOperation(
  { act, object }: { readonly act: Operation; readonly object: number },
  directory: ProcessDirectory,
): string {
  if (act === 'begin') return m.threads_hold_first_step()
  if (act === 'start') return m.threads_hold_start()
  if (act === 'join' && directory.object(object) === undefined) return m.threads_hold_join()
  return m.threads_hold_operation({ operation: act, object: directory.label(object) })
}

const withFullStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
