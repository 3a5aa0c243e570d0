import { type Operation, operationFailed, operationNames } from '@skein/threading/inspect'
import { m } from '../../../shared/i18n/messages.js'
import type { ProcessModel } from '../model/process-model.ts'
import { formatTimeOfDay } from '../model/text-format.ts'
import type { TimedEntries } from '../model/timed-entries.ts'

/** The maximum number of operations and wakes that are listed one by one. */
const maxLines = 3

/** Returns what a thread did and which threads it woke between two times, one line each. */
export function describeNearbyOperations(
  process: ProcessModel,
  thread: number,
  from: number,
  to: number,
): readonly string[] {
  const { activity } = process
  const lines: { at: number; text: string }[] = []
  let more = 0
  const addLines = (
    ring: TimedEntries | undefined,
    words: (ring: TimedEntries, entry: number) => string,
  ): void => {
    if (!ring) return
    for (let entry = ring.firstAtOrAfter(from); entry < ring.end && ring.at(entry) <= to; entry++) {
      if (lines.length >= maxLines) more++
      else lines.push({ at: ring.at(entry), text: words(ring, entry) })
    }
  }
  addLines(activity.operations(thread), (ring, entry) => describeOperation(process, ring, entry))
  addLines(activity.wakesByThread().get(thread), (ring, entry) => describeWake(process, ring, entry))
  const texts = lines
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => m.threads_nearby_line({ text, time: formatTimeOfDay(at) }))
  return more === 0 ? texts : [...texts, m.threads_nearby_more({ count: more })]
}

/** Returns `put into Queue commands: 3 items afterwards`. */
function describeOperation(process: ProcessModel, ring: TimedEntries, entry: number): string {
  const operation = operationNames[ring.code(entry)] ?? 'begin'
  const object = process.label(ring.object(entry))
  if (ring.value(entry) === operationFailed) return m.threads_nearby_failed({ operation, object })
  const text = operationTexts[operation]({ object })
  const value = valueAfterText(ring, entry)
  return value === '' ? text : m.threads_nearby_value({ text, value })
}

const describeWake = (process: ProcessModel, ring: TimedEntries, entry: number): string =>
  m.threads_nearby_woke({
    name: process.threadName(ring.value(entry)),
    object: process.label(ring.object(entry)),
  })

const operationTexts: Readonly<Record<Operation, (inputs: { object: string }) => string>> = {
  begin: m.threads_nearby_begin,
  acquire: m.threads_nearby_acquire,
  release: m.threads_nearby_release,
  put: m.threads_nearby_put,
  get: m.threads_nearby_get,
  taskDone: m.threads_nearby_task_done,
  set: m.threads_nearby_set,
  clear: m.threads_nearby_clear,
  notify: m.threads_nearby_notify,
  wait: m.threads_nearby_wait,
  join: m.threads_nearby_join,
  start: m.threads_nearby_start,
  read: m.threads_nearby_read,
  write: m.threads_nearby_write,
  reset: m.threads_nearby_reset,
}

/** Returns the object's value after the operation; empty if there is none to show. */
export function valueAfterText(ring: TimedEntries, entry: number): string {
  const value = ring.value(entry)
  if (value === operationFailed) return ''
  switch (operationNames[ring.code(entry)]) {
    case 'put':
    case 'get':
      return m.threads_items_afterwards({ count: value })
    case 'taskDone':
      return m.threads_unfinished({ count: value })
    case 'notify':
      return m.threads_woken_count({ count: value })
    case 'read':
    case 'write':
      return String(value)
    default:
      return ''
  }
}
