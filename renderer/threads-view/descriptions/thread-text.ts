import type { ThreadView } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { ProcessModel } from '../model/process-model.ts'
import { formatElapsed, noValueText } from '../model/text-format.ts'

/** What a thread waits on. Both fields are empty if it does not wait. */
export interface WaitText {
  readonly object: string
  readonly operation: string
}

const noWaitText: WaitText = { object: '', operation: '' }

export function describeWait(process: ProcessModel, thread: ThreadView): WaitText {
  if (thread.gate) return describeGate(process, thread, thread.gate)
  if (thread.waiting) {
    return { object: process.label(thread.waiting.object), operation: thread.waiting.operation }
  }
  if (thread.awaiting.length === 0) return noWaitText
  return { object: awaitedLabels(process, thread.awaiting), operation: m.threads_wait_async() }
}

/** Describes the operation before which a thread is paused or slowed. */
function describeGate(
  process: ProcessModel,
  { control, slowness }: ThreadView,
  { object, act }: NonNullable<ThreadView['gate']>,
): WaitText {
  const isPaused = control === 'paused'
  const factor = slowness
  if (act === 'begin') {
    const operation = isPaused ? m.threads_gate_paused() : m.threads_gate_slowed({ factor })
    return { object: m.threads_gate_first_step(), operation }
  }
  const operation = isPaused
    ? m.threads_gate_paused_operation({ operation: act })
    : m.threads_gate_slowed_operation({ factor, operation: act })
  if (act === 'start') return { object: m.threads_gate_new_thread(), operation }
  const isUnknownThread = act === 'join' && !process.object(object)
  return { object: isUnknownThread ? m.threads_gate_other_thread() : process.label(object), operation }
}

/** Returns the objects that a thread waits for asynchronously, each once. */
function awaitedLabels(process: ProcessModel, awaiting: ThreadView['awaiting']): string {
  const objects = new Set(awaiting.map(({ object }) => object))
  // The sequence in which main starts its waits changes all the time, so it would be hard to read.
  return [...objects]
    .sort((a, b) => a - b)
    .map((object) => process.label(object))
    .join(', ')
}

/** Returns which thread holds the object that a thread waits on. */
export function holderText(process: ProcessModel, thread: ThreadView): string {
  const object = thread.waiting && process.object(thread.waiting.object)
  return object?.holder ? process.threadName(object.holder) : noValueText
}

/** Returns the objects that a thread holds. */
export function heldObjectsText(process: ProcessModel, thread: number): string {
  const held = process.view?.objects.filter((object) => object.holder === thread) ?? []
  return held.length === 0
    ? m.threads_holds_nothing()
    : held.map((object) => process.label(object.id)).join(', ')
}

/** Returns which thread ended a thread's last wait, and through what. */
export function lastWakerText(process: ProcessModel, thread: ThreadView): string {
  if (!thread.wokenBy || thread.wokenBy.thread === 0) return noValueText
  const name = process.threadName(thread.wokenBy.thread)
  if (thread.wokenBy.object === 0) return name
  return m.threads_waker_through({ name, object: process.label(thread.wokenBy.object) })
}

/** Returns the time until a wait times out; empty for a wait without a timeout. */
export function remainingText(thread: ThreadView, at: number): string {
  return thread.until === undefined ? '' : formatElapsed(thread.until - at)
}

export function remainingTitle(thread: ThreadView, at: number): string {
  const left = remainingText(thread, at)
  return left === '' ? '' : m.threads_ends_by_itself({ duration: left })
}
