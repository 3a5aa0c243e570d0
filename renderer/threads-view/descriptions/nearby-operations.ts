import { operationFailed, operationNames } from '@skein/threading/inspect'
import type { ProcessModel } from '../model/process-model.ts'
import { formatCount, formatTimeOfDay } from '../model/text-format.ts'
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
  const texts = lines.sort((a, b) => a.at - b.at).map(({ at, text }) => `${text} at ${formatTimeOfDay(at)}`)
  return more === 0 ? texts : [...texts, `and ${formatCount(more, 'more thing', 'more things')} close by`]
}

/** `put in Queue commands: 3 afterwards`. */
function describeOperation(process: ProcessModel, ring: TimedEntries, entry: number): string {
  const act = `${operationText(ring, entry)} ${process.label(ring.object(entry))}`
  const value = valueAfterText(ring, entry)
  return value === '' ? act : `${act}: ${value}`
}

function describeWake(process: ProcessModel, ring: TimedEntries, entry: number): string {
  return `woke ${process.threadName(ring.value(entry))} through ${process.label(ring.object(entry))}`
}

/** `put`, `get without success`. */
function operationText(ring: TimedEntries, entry: number): string {
  const name = operationTexts[operationNames[ring.code(entry)] ?? 'begin']
  return ring.value(entry) === operationFailed ? `${name} without success:` : name
}

const operationTexts = {
  begin: 'began,',
  acquire: 'acquired',
  release: 'released',
  put: 'put into',
  get: 'got from',
  taskDone: 'task done in',
  set: 'set',
  clear: 'cleared',
  notify: 'notified',
  wait: 'waits in',
  join: 'joined',
  start: 'started',
  read: 'read',
  write: 'wrote',
} as const

/** Returns the object's value after the operation; empty if there is none to show. */
export function valueAfterText(ring: TimedEntries, entry: number): string {
  const value = ring.value(entry)
  if (value === operationFailed) return ''
  switch (operationNames[ring.code(entry)]) {
    case 'put':
    case 'get':
      return `${formatCount(value, 'item', 'items')} afterwards`
    case 'taskDone':
      return `${value} unfinished`
    case 'notify':
      return `${value} woken`
    case 'read':
    case 'write':
      return String(value)
    default:
      return ''
  }
}
