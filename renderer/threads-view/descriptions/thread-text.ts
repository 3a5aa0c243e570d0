import type { ThreadView } from '@skein/threading/inspect'
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
  return { object: awaitedLabels(process, thread.awaiting), operation: 'async' }
}

/** Describes the operation before which a thread is paused or slowed. */
function describeGate(
  process: ProcessModel,
  { control, slowness }: ThreadView,
  { object, act }: NonNullable<ThreadView['gate']>,
): WaitText {
  const held = control === 'paused' ? 'paused' : `slowed ×${slowness}`
  if (act === 'begin') return { object: 'its first step', operation: `${held} before` }
  if (act === 'start') return { object: 'a new thread', operation: `${held} before start` }
  const label = act === 'join' && !process.object(object) ? 'another thread' : process.label(object)
  return { object: label, operation: `${held} before ${act}` }
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
  return held.length === 0 ? 'nothing' : held.map((object) => process.label(object.id)).join(', ')
}

/** Returns which thread ended a thread's last wait, and through what. */
export function lastWakerText(process: ProcessModel, thread: ThreadView): string {
  if (!thread.wokenBy || thread.wokenBy.thread === 0) return noValueText
  const by = process.threadName(thread.wokenBy.thread)
  return thread.wokenBy.object === 0 ? by : `${by} through ${process.label(thread.wokenBy.object)}`
}

/** Returns the time until a wait times out; empty for a wait without a timeout. */
export function remainingText(thread: ThreadView, at: number): string {
  return thread.until === undefined ? '' : formatElapsed(thread.until - at)
}

export function remainingTitle(thread: ThreadView, at: number): string {
  const left = remainingText(thread, at)
  return left === '' ? '' : `ends by itself in ${left}`
}
