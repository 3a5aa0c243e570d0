import { m } from '../../../shared/i18n/messages.js'
import type { ProcessModel } from '../model/process-model.ts'
import { operationFromCode, stateCode, stateText } from '../model/state-codes.ts'
import { formatDuration, formatTimeOfDay } from '../model/text-format.ts'
import type { ThreadHistory } from '../model/thread-history.ts'

/** The description of a point in a lane, one line per field. A field can be empty. */
export interface SegmentDescription {
  readonly state: string
  readonly cause: string
  readonly when: string
}

/**
 * Describes the most relevant segment of a lane between two times; undefined if no segment is recorded there.
 */
export function describeMostRelevantSegment(
  process: ProcessModel,
  history: ThreadHistory,
  from: number,
  to: number,
  now: number,
): SegmentDescription | undefined {
  const segment = mostRelevantSegment(history, from, to, now)
  return segment === undefined ? undefined : describeSegment(process, history, segment, now, { from, to })
}

/** Describes one segment. Counts the other changes within `close`. */
export function describeSegment(
  process: ProcessModel,
  history: ThreadHistory,
  segment: number,
  now: number,
  close?: { readonly from: number; readonly to: number },
): SegmentDescription {
  const state = stateText(history.state(segment))
  const start = history.start(segment)
  const end = history.endTime(segment, now)
  const duration = formatDuration(end - start)
  const others = close ? countChanges(history, close.from, close.to) - 1 : 0
  const isCurrent = segment === history.end - 1
  const times = { start: formatTimeOfDay(start), elapsed: formatDuration(now - start) }
  const when = isCurrent
    ? m.threads_segment_when_current(times)
    : m.threads_segment_when({ ...times, end: formatTimeOfDay(end) })
  return {
    state: isCurrent
      ? m.threads_segment_current({ state, duration })
      : m.threads_segment({ state, duration }),
    cause: describeCauseAndEnd(process, history, segment),
    when: others > 0 ? m.threads_segment_other_changes({ when, count: others }) : when,
  }
}

/** Returns the cause and, for a wait, the thread that ended it. */
function describeCauseAndEnd(process: ProcessModel, history: ThreadHistory, segment: number): string {
  const state = history.state(segment)
  const isWait = state >= stateCode.Blocked && state <= stateCode['Timed waiting']
  const waker = isWait && segment + 1 < history.end ? history.waker(segment + 1) : 0
  const cause = describeCause(process, history, segment)
  return waker === 0 ? cause : m.threads_segment_ended_by({ cause, name: process.threadName(waker) })
}

/** Returns why a segment began: what the thread waits for, or which thread woke it and through what. */
export function describeCause(process: ProcessModel, history: ThreadHistory, segment: number): string {
  const object = history.object(segment)
  const label = object === 0 ? '' : process.label(object)
  const waker = history.waker(segment)
  if (waker !== 0) {
    const name = process.threadName(waker)
    return label === ''
      ? m.threads_cause_woken({ name })
      : m.threads_cause_woken_through({ name, object: label })
  }
  if (label === '') return ''
  const operation = operationFromCode(history.operation(segment))
  if (history.state(segment) === stateCode.Runnable) return m.threads_cause_wait_ended({ object: label })
  return operation === undefined
    ? m.threads_cause_wait({ object: label })
    : m.threads_cause_wait_operation({ object: label, operation })
}

/** Returns the most relevant segment: Blocked before woken before running before waiting, then the latest. */
function mostRelevantSegment(
  history: ThreadHistory,
  from: number,
  to: number,
  now: number,
): number | undefined {
  let best: number | undefined
  let bestWeight = -1
  const first = Math.max(history.segmentAt(from), history.first)
  for (let segment = first; segment < history.end && history.start(segment) <= to; segment++) {
    if (history.endTime(segment, now) < from) continue
    const weight = relevanceOf(history, segment)
    if (weight >= bestWeight) {
      best = segment
      bestWeight = weight
    }
  }
  return best
}

function relevanceOf(history: ThreadHistory, segment: number): number {
  const state = history.state(segment)
  if (state === stateCode.Blocked) return 3
  if (state !== stateCode.Runnable) return 0
  return history.waker(segment) === 0 ? 1 : 2
}

const countChanges = (history: ThreadHistory, from: number, to: number): number =>
  Math.max(1, history.segmentAt(to) - Math.max(history.segmentAt(from), history.first - 1))
