import {
  type ObjectView,
  operationFailed,
  type ProcessView,
  type StateEvent,
  type ThreadState,
  type ThreadView,
} from '@skein/threading/inspect'
import { isOperationEvent, isStateEvent, isWakeEvent, type RecordedEvent } from '../model/event-store.ts'
import { isLock, kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import { objectLabel } from '../model/text-format.ts'
import { FtraceText, type Task } from './ftrace-text.ts'
import { LockTracks } from './lock-tracks.ts'
import { derivedCategories, eventCategories, type TraceJson } from './trace-format.ts'
import { WakeFlows } from './wake-flows.ts'

/** What all processes of a trace share: unique numbers, and the text of the kernel's events. */
export class TraceNumbers {
  readonly ftrace = new FtraceText()
  readonly #start: number
  #tasks = 0
  #flows = 0

  /** When the trace begins, in ms since 1970. */
  constructor(start: number) {
    this.#start = start
  }

  /** Returns a time in ms since 1970 as whole ns since the trace began. */
  ns(at: number): number {
    return Math.max(0, Math.round((at - this.#start) * 1e6))
  }

  nextTask(): number {
    return ++this.#tasks
  }

  nextFlow(): number {
    return ++this.#flows
  }
}

interface Slice {
  readonly name: string
  readonly cat: string
  readonly from: number
  readonly args: object
}

const mainThread = 1

/** Turns the samples of one process into trace events. */
export class TraceWriter {
  readonly #numbers: TraceNumbers
  readonly #tasks = new Map<number, Task>()
  /** The open slice of each thread, by its ident. */
  readonly #slices = new Map<number, Slice>()
  /** Threads that have ended, by their tid. */
  readonly #ends = new Map<number, { readonly task: Task; readonly slice: Slice; to: number }>()
  readonly #objects = new Map<number, ObjectView>()
  readonly #values = new Map<number, number>()
  readonly #counterIds = new Map<string, number>()
  readonly #flows: WakeFlows
  readonly #locks: LockTracks
  readonly #pid: number
  #out: TraceJson[] = []

  constructor(process: string, numbers: TraceNumbers) {
    this.#numbers = numbers
    this.#pid = numbers.nextTask()
    this.#flows = new WakeFlows(
      () => numbers.nextFlow(),
      (event) => this.#emitFlow(event),
    )
    this.#locks = new LockTracks(
      this.#pid,
      () => numbers.nextTask(),
      (event) => this.#out.push(event),
    )
    this.#metadata('process_name', this.#pid, { name: process })
    this.#addTask(mainThread, 'main', this.#pid)
  }

  /** Returns the trace events of a sample. */
  write(view: ProcessView): TraceJson[] {
    for (const thread of view.threads) this.#nameTask(thread)
    for (const object of view.objects) this.#objects.set(object.id, object)
    const events = [...view.events, ...view.wakes, ...view.operations].sort((one, other) => one.at - other.at)
    for (const event of events) if (event.at <= view.at) this.#writeEvent(event)
    for (const thread of view.threads) if (!this.#slices.has(thread.id)) this.#observeThread(thread, view.at)
    for (const object of view.objects) this.#observeObject(object, view.at)
    for (const event of events) if (event.at > view.at) this.#writeEvent(event)
    return this.#takeOutput()
  }

  /** Returns the trace events that end all open slices. */
  finish(at: number): TraceJson[] {
    const to = this.#numbers.ns(at)
    this.#flows.finish()
    for (const [thread, slice] of this.#slices) this.#close(this.#task(thread), slice, to)
    for (const [tid, { task, slice, to: end }] of this.#ends) {
      this.#close(task, slice, end)
      this.#ends.delete(tid)
    }
    this.#slices.clear()
    this.#locks.finish(to)
    return this.#takeOutput()
  }

  #takeOutput(): TraceJson[] {
    const taken = this.#out
    this.#out = []
    return taken
  }

  #writeEvent(event: RecordedEvent): void {
    const task = this.#task(event.thread)
    const at = this.#numbers.ns(event.at)
    if (isStateEvent(event)) this.#writeStateEvent(event, task, at)
    else if (isWakeEvent(event)) {
      const woken = this.#task(event.woken)
      this.#flows.addWake(event, task, woken, at)
      this.#numbers.ftrace.wake(task, at, woken)
    } else {
      const name = `${event.act} ${this.#label(event.object)}`
      this.#out.push({
        name,
        cat: eventCategories.act,
        ph: 'i',
        s: 't',
        ts: at / 1000,
        ...ids(task),
        args: event,
      })
      this.#applyOperation(event, at)
    }
  }

  #writeStateEvent(event: StateEvent, task: Task, reportedAt: number): void {
    const before = this.#slices.get(event.thread)
    const at = Math.max(reportedAt, before?.from ?? 0)
    if (before) this.#close(task, before, at)
    this.#slices.delete(event.thread)
    const name = this.#stateName(event.state, event.object)
    const slice = { name, cat: eventCategories.state, from: at, args: event }
    if (event.state === 'Terminated') this.#ends.set(task.tid, { task, slice, to: at })
    else this.#slices.set(event.thread, slice)
    this.#numbers.ftrace.enter(task, at, event.state)
    this.#flows.addStateEvent(event, at)
  }

  /** A wake can be recorded after the waker's end. Then the slice of the end lasts until the wake. */
  #emitFlow(event: TraceJson): void {
    const end = this.#ends.get(event.tid)
    if (end && event.ph !== 'M') end.to = Math.max(end.to, Math.round(event.ts * 1000))
    this.#out.push(event)
  }

  #close(task: Task, { name, cat, from, args }: Slice, to: number): void {
    const dur = Math.max(0, to - from) / 1000
    this.#out.push({ name, cat, ph: 'X', ts: from / 1000, dur, ...ids(task), args })
  }

  /** Opens a slice for a thread without events: it has been in its state since before the recording. */
  #observeThread({ id, state, since, waiting }: ThreadView, at: number): void {
    if (state === 'Terminated') return
    const from = this.#numbers.ns(Math.min(since, at))
    const name = this.#stateName(state, waiting?.object ?? 0)
    this.#slices.set(id, { name, cat: derivedCategories.seen, from, args: { thread: id, state } })
    this.#numbers.ftrace.enter(this.#task(id), from, state)
  }

  #observeObject(object: ObjectView, at: number): void {
    const ns = this.#numbers.ns(at)
    if (isLock(object.kind)) this.#observeLock(object, object.holder, ns)
    else this.#writeCounter(object, kindDescriptions[object.kind].value?.of(object), ns)
  }

  #applyOperation(event: RecordedEvent, ns: number): void {
    const object = this.#objects.get(event.object)
    if (object === undefined || !isOperationEvent(event) || event.value === operationFailed) return
    const value = kindDescriptions[object.kind].value?.after(event)
    if (value === undefined) return
    if (isLock(object.kind)) this.#observeLock(object, value || undefined, ns)
    else this.#writeCounter(object, value, ns)
  }

  #observeLock({ id }: ObjectView, holder: number | undefined, ns: number): void {
    this.#locks.observe(id, this.#label(id), this.#holder(holder), ns)
  }

  #writeCounter(object: ObjectView, value: number | undefined, ns: number): void {
    const unit = kindDescriptions[object.kind].value?.unit
    if (value === undefined || unit === undefined) return
    if (this.#values.get(object.id) === value) return
    this.#values.set(object.id, value)
    const name = this.#label(object.id)
    const first = this.#counterIds.get(name) ?? object.id
    this.#counterIds.set(name, first)
    const id = first === object.id ? {} : { id: `#${object.id}` }
    const counter = { name, cat: derivedCategories.counter, ph: 'C', ts: ns / 1000, ...id } as const
    this.#out.push({ ...counter, pid: this.#pid, tid: this.#pid, args: { [unit]: value } })
  }

  #holder(thread: number | undefined) {
    return thread === undefined ? undefined : { thread, name: this.#task(thread).name }
  }

  #stateName(state: ThreadState, object: number): string {
    const isWaiting = state === 'Blocked' || state === 'Waiting' || state === 'Timed waiting'
    return isWaiting ? `wait ${this.#label(object)}` : state
  }

  #label(id: number): string {
    const object = this.#objects.get(id)
    return object === undefined ? `object #${id}` : objectLabel(object.kind, object.name, id)
  }

  #task(thread: number): Task {
    return this.#tasks.get(thread) ?? this.#addTask(thread, `thread ${thread}`, this.#numbers.nextTask())
  }

  #nameTask({ id, name }: ThreadView): void {
    if (this.#tasks.get(id)?.name !== name)
      this.#addTask(id, name, this.#tasks.get(id)?.tid ?? this.#numbers.nextTask())
  }

  #addTask(thread: number, name: string, tid: number): Task {
    const task = { tid, pid: this.#pid, name }
    this.#tasks.set(thread, task)
    this.#metadata('thread_name', tid, { name })
    this.#metadata('thread_sort_index', tid, { sort_index: tid })
    return task
  }

  #metadata(name: string, tid: number, args: { name: string } | { sort_index: number }): void {
    this.#out.push({ name, ph: 'M', pid: this.#pid, tid, args })
  }
}

const ids = ({ pid, tid }: Task) => ({ pid, tid })
