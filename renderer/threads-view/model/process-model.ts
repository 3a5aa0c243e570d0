import type { ObjectView, ProcessView, ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { ActivityLog } from './activity-log.ts'
import { kindDescriptions } from './object-kinds/object-kinds.ts'
import { ProcessRecording, recordedSpan } from './process-recording.ts'
import { objectLabel } from './text-format.ts'
import type { ThreadHistory } from './thread-history.ts'

/** How far back histories go, in ms. */
export const maxHistorySpan = recordedSpan

/** A thread that ended and was replaced by another of its name leaves the list after this many ms. */
export const replacedThreadRetention = 30_000

/** Old events are forgotten this often, in ms. */
const forgetInterval = 1000

/** The maximum number of names, including those of objects that are gone. */
const maxLabels = 512

/** One process: its newest view, and what happened in the last minute. */
export class ProcessModel {
  readonly name: string
  threadOrder: readonly string[]
  /** The last 60 s: events, samples, and the values of objects over time. */
  recording: ProcessRecording
  view: ProcessView | undefined
  /** The number of events that were overwritten unread since the first sample. */
  dropped = 0
  /** Grows when a thread or an object comes or goes. */
  layoutVersion = 0
  /** Grows when anything but the time may have changed. */
  changeCount = 0
  #droppedBaseline: number | undefined
  #forgetTick = 0
  #droppedLast = 0
  /** In the sequence of their start. */
  #threads = new Map<number, ThreadView>()
  /** Of a model of an earlier moment: the histories up to that moment. */
  #clippedHistories: ReadonlyMap<number, ThreadHistory> | undefined
  #objects = new Map<number, ObjectView>()
  #shownObjects: readonly ObjectView[] = []
  #labels = new Map<number, string>()

  /** The threads named in `threadOrder` are listed first, in this sequence. */
  constructor(name: string, threadOrder: readonly string[] = ['main']) {
    this.name = name
    this.threadOrder = threadOrder
    this.recording = new ProcessRecording(name)
  }

  /** Adds a sample. */
  accept(view: ProcessView): void {
    const isUnchanged = view.threads === this.view?.threads && view.objects === this.view.objects
    if (!isUnchanged) this.changeCount++
    this.view = view
    this.recording.accept(view)
    // The first sample of a reader counts events that were overwritten long before.
    if (this.#droppedBaseline === undefined || view.dropped < this.#droppedLast)
      this.#droppedBaseline = view.dropped - this.dropped
    this.#droppedLast = view.dropped
    this.dropped = view.dropped - this.#droppedBaseline
    if (!isUnchanged) this.#acceptObjects(view)
    const present = new Set<number>()
    for (const thread of view.threads) {
      present.add(thread.id)
      if (!isReplaced(thread, view.threads, view.at)) this.#acceptThread(thread, view.at)
    }
    for (const thread of this.#threads.values()) {
      if (!present.has(thread.id) && thread.state !== 'Terminated') this.#markTerminated(thread, view.at)
    }
    this.#forget(view.at)
  }

  /** What its threads did besides changing their states. */
  get activity(): ActivityLog {
    return this.recording.activity
  }

  thread(id: number): ThreadView | undefined {
    return this.#threads.get(id)
  }

  threadName(id: number): string {
    return this.#threads.get(id)?.name ?? m.threads_thread_number({ id })
  }

  history(id: number): ThreadHistory | undefined {
    return this.#clippedHistories === undefined ? this.recording.history(id) : this.#clippedHistories.get(id)
  }

  object(id: number): ObjectView | undefined {
    return this.#objects.get(id)
  }

  /** `Queue commands`, also for an object that is gone. */
  label(id: number): string {
    return this.#labels.get(id) ?? `object #${id}`
  }

  /** Returns the objects in the sequence shown. */
  objects(): readonly ObjectView[] {
    return [...this.#shownObjects].sort(
      (a, b) => sortPositionOf(a) - sortPositionOf(b) || compareNames(a.name, b.name) || a.id - b.id,
    )
  }

  /** Returns the threads in the sequence shown. Of threads with the same name, the newest comes first. */
  threads(): readonly ThreadView[] {
    const rankOf = ({ name }: ThreadView): number => {
      const rank = this.threadOrder.indexOf(name)
      return rank === -1 ? this.threadOrder.length : rank
    }
    return [...this.#threads.values()]
      .reverse()
      .sort((a, b) => rankOf(a) - rankOf(b) || compareNames(a.name, b.name))
  }

  /** Returns a copy of the present state, to be read while this one goes on. */
  clone(): ProcessModel {
    const copy = new ProcessModel(this.name, this.threadOrder)
    copy.view = this.view
    copy.recording = this.recording.clone()
    copy.dropped = this.dropped
    copy.changeCount = this.changeCount
    copy.#threads = new Map(this.#threads)
    copy.#objects = new Map(this.#objects)
    copy.#shownObjects = this.#shownObjects
    copy.#labels = new Map(this.#labels)
    return copy
  }

  /** Returns the process at a recorded time. Call it only on a copy: it shares the recording. */
  asOf(time: number): ProcessModel {
    const view = this.recording.at(time)
    const copy = new ProcessModel(this.name, this.threadOrder)
    copy.recording = this.recording
    copy.view = view
    copy.dropped = this.dropped
    copy.#labels = this.#labels
    copy.#acceptObjects(view)
    for (const thread of view.threads) {
      if (!isReplaced(thread, view.threads, time)) copy.#threads.set(thread.id, thread)
    }
    for (const ended of this.#threads.values()) {
      if (ended.state === 'Terminated' && ended.since <= time && !copy.#threads.has(ended.id))
        copy.#threads.set(ended.id, ended)
    }
    const clip = ([id, history]: [number, ThreadHistory]) => [id, history.clippedTo(time)] as const
    copy.#clippedHistories = new Map([...this.recording.histories].map(clip))
    return copy
  }

  /** An estimate of the memory of the recording. */
  get bytes(): number {
    return this.recording.bytes
  }

  #acceptThread(thread: ThreadView, at: number): void {
    if (!this.#threads.has(thread.id)) this.layoutVersion++
    this.#threads.set(thread.id, thread)
    this.recording.historyOf(thread.id).confirm(thread, at)
  }

  #acceptObjects(view: ProcessView): void {
    this.#objects.clear()
    for (const object of view.objects) {
      this.#objects.set(object.id, object)
      if (!this.#labels.has(object.id)) {
        this.#labels.set(object.id, objectLabel(object.kind, object.name, object.id))
      }
    }
    const shown = view.objects.filter(isListed)
    if (!haveSameIds(shown, this.#shownObjects)) this.layoutVersion++
    this.#shownObjects = shown
    for (const id of this.#labels.keys()) {
      if (this.#labels.size <= maxLabels) break
      if (!this.#objects.has(id)) this.#labels.delete(id)
    }
  }

  /** A thread that is missing in a sample has ended since the one before. */
  #markTerminated(thread: ThreadView, at: number): void {
    const history = this.recording.historyOf(thread.id)
    const endedAt = history.endedAt()
    const ended: ThreadView = {
      ...thread,
      state: 'Terminated',
      since: endedAt ?? at,
      waiting: undefined,
      waitSequence: undefined,
      awaiting: [],
      until: undefined,
    }
    this.#threads.set(thread.id, ended)
    history.confirm(ended, at)
  }

  #forget(at: number): void {
    for (const thread of this.#threads.values()) {
      if (isReplaced(thread, this.#threads.values(), at)) {
        this.#threads.delete(thread.id)
        this.layoutVersion++
        this.changeCount++
      }
    }
    this.recording.forgetHistories(at - maxHistorySpan, (id) => this.#threads.has(id))
    if (Math.floor(at / forgetInterval) === this.#forgetTick) return
    this.#forgetTick = Math.floor(at / forgetInterval)
    this.activity.forget(at - maxHistorySpan)
    this.activity.retain(
      (id) => this.#threads.has(id),
      (id) => this.#objects.has(id),
    )
  }
}

/** Whether a thread ended a while ago and another of its name started later. `all` in the sequence of their start. */
function isReplaced(thread: ThreadView, all: Iterable<ThreadView>, at: number): boolean {
  if (thread.state !== 'Terminated' || at - thread.since <= replacedThreadRetention) return false
  let isLater = false
  for (const other of all) {
    if (other.id === thread.id) isLater = true
    else if (isLater && other.name === thread.name) return true
  }
  return false
}

const collator = new Intl.Collator('en', { numeric: true })

/** scan-2 before scan-10. */
const compareNames = (a: string, b: string): number => collator.compare(a, b)

const sortPositionOf = ({ kind }: ObjectView): number => kindDescriptions[kind].sortPosition

const isListed = ({ kind, waiters }: ObjectView): boolean =>
  waiters.length > 0 || !kindDescriptions[kind].isHiddenWithoutWaiters

const haveSameIds = (a: readonly ObjectView[], b: readonly ObjectView[]): boolean =>
  a.length === b.length && a.every((object, index) => object.id === b[index]?.id)
