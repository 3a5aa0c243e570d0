import type { ProcessModel } from '../model/process-model.ts'
import { operationFromCode, stateCode, stateNames } from '../model/state-codes.ts'
import { formatCount, formatDuration, formatTimeOfDay } from '../model/text-format.ts'
import type { ThreadHistory } from '../model/thread-history.ts'

/** What a place in a lane tells: one line each. Empty lines say nothing. */
export interface SegmentDescription {
  readonly state: string
  readonly cause: string
  readonly when: string
}

/** Tells what happened in a lane between two moments, the most telling first; undefined where nothing is known. */
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

/** Tells of one segment; `close` is the time around it whose other changes are counted. */
export function describeSegment(
  process: ProcessModel,
  history: ThreadHistory,
  segment: number,
  now: number,
  close?: { readonly from: number; readonly to: number },
): SegmentDescription {
  const state = stateNames[history.state(segment)]
  const start = history.start(segment)
  const finish = history.endTime(segment, now)
  const lasted = formatDuration(finish - start)
  const others = close ? countChanges(history, close.from, close.to) - 1 : 0
  const goesOn = segment === history.end - 1
  return {
    state: goesOn ? `${state} for ${lasted} so far` : `${state} for ${lasted}`,
    cause: describeCause(process, history, segment) + describeEnd(process, history, segment),
    when:
      `from ${formatTimeOfDay(start)} ${goesOn ? 'on' : `to ${formatTimeOfDay(finish)}`}, began ${formatDuration(now - start)} ago` +
      (others > 0 ? `, with ${formatCount(others, 'other change', 'other changes')} close by` : ''),
  }
}

/** Who ended a wait. */
function describeEnd(process: ProcessModel, history: ThreadHistory, segment: number): string {
  const state = history.state(segment)
  const waits = state >= stateCode.Blocked && state <= stateCode['Timed waiting']
  const waker = waits && segment + 1 < history.end ? history.waker(segment + 1) : 0
  return waker === 0 ? '' : `, ended by ${process.threadName(waker)}`
}

/** Why a thread came into a segment's state: what it waits for, or who woke it through what. */
export function describeCause(process: ProcessModel, history: ThreadHistory, segment: number): string {
  const object = history.object(segment)
  const label = object === 0 ? '' : process.label(object)
  const waker = history.waker(segment)
  if (waker !== 0) {
    const by = `woken by ${process.threadName(waker)}`
    return label === '' ? by : `${by} through ${label}`
  }
  if (label === '') return ''
  const operation = operationFromCode(history.operation(segment))
  if (history.state(segment) === stateCode.Runnable) return `no longer waits on ${label}`
  return operation === undefined ? `on ${label}` : `on ${label} (${operation})`
}

/** Blocked before woken before running before quiet; of equals the later. */
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
