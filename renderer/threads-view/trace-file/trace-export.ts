import type { ProcessView } from '@skein/threading/inspect'
import type { ProcessRecording } from '../model/process-recording.ts'
import { ftraceHead } from './ftrace-text.ts'
import { type SampleJson, traceProgram, traceVersion } from './trace-format.ts'
import { TraceNumbers, TraceWriter } from './trace-writer.ts'

/**
 * Returns recordings as Chrome's trace JSON, piece by piece. Each event and each sample has its own line, so that a file
 * of any size can be read in pieces. `recording` comes last, because readers that do not know it stop there.
 */
export function* traceText(recordings: readonly ProcessRecording[]): Generator<string> {
  const start = Math.min(...recordings.map((recording) => recording.earliest ?? Number.POSITIVE_INFINITY))
  const numbers = new TraceNumbers(Number.isFinite(start) ? start : 0)
  const kernel: string[] = []
  yield `${headText(recordings, Number.isFinite(start) ? start : 0)}"traceEvents":[\n`
  yield* jsonLines(traceEvents(recordings, numbers, kernel))
  yield `],\n"systemTraceEvents":"${escapeJsonString(ftraceHead)}`
  for (const piece of kernel) yield piece
  yield '",\n"recording":[\n'
  yield* jsonLines(sampleLines(recordings))
  yield ']}\n'
}

function headText(recordings: readonly ProcessRecording[], startedAt: number): string {
  const otherData = {
    program: traceProgram,
    version: traceVersion,
    startedAt,
    start: new Date(startedAt).toISOString(),
    events: recordings.reduce((sum, { events }) => sum + events.end - events.first, 0),
    dropped: recordings.reduce((sum, { events }) => sum + events.dropped, 0),
  }
  return `{"displayTimeUnit":"ms",\n"otherData":${JSON.stringify(otherData)},\n`
}

function* traceEvents(
  recordings: readonly ProcessRecording[],
  numbers: TraceNumbers,
  kernel: string[],
): Generator<object> {
  const writers = new Map(recordings.map(({ process }) => [process, new TraceWriter(process, numbers)]))
  for (const view of mergeByTime(recordings.map((recording) => recording.views()))) {
    yield* writers.get(view.process)?.write(view) ?? []
    kernel.push(kernelText(numbers.ftrace.take(numbers.ns(view.at))))
  }
  for (const { process, to } of recordings) yield* writers.get(process)?.finish(to) ?? []
  kernel.push(kernelText(numbers.ftrace.take(Number.POSITIVE_INFINITY)))
}

const kernelText = (lines: readonly string[]): string =>
  escapeJsonString(lines.map((line) => `${line}\n`).join(''))

/** Escapes text for a JSON string. */
const escapeJsonString = (text: string): string => JSON.stringify(text).slice(1, -1)

function* sampleLines(recordings: readonly ProcessRecording[]): Generator<SampleJson> {
  const befores = new Map<string, ProcessView>()
  for (const view of mergeByTime(recordings.map((recording) => recording.views()))) {
    yield sampleJson(view, befores.get(view.process))
    befores.set(view.process, view)
  }
}

function sampleJson(view: ProcessView, before: ProcessView | undefined): SampleJson {
  const { process, at, unrecordedCount: unmarked, dropped } = view
  const threads = difference(view.threads, before?.threads ?? [])
  const objects = difference(view.objects, before?.objects ?? [])
  return {
    process,
    at,
    threads: threads.changed,
    objects: objects.changed,
    gone: threads.gone,
    goneObjects: objects.gone,
    unmarked,
    dropped,
  }
}

/** Compares by identity: an unchanged view is the same object. */
function difference<View extends { readonly id: number }>(now: readonly View[], before: readonly View[]) {
  if (now === before) return { changed: [], gone: [] }
  const previous = new Map(before.map((view) => [view.id, view]))
  const present = new Set(now.map(({ id }) => id))
  return {
    changed: now.filter((view) => previous.get(view.id) !== view),
    gone: [...previous.keys()].filter((id) => !present.has(id)),
  }
}

/** Returns the views of several processes by time. */
export function* mergeByTime(all: readonly Iterator<ProcessView>[]): Generator<ProcessView> {
  const heads = all.map((views) => ({ views, next: views.next() }))
  for (;;) {
    const remaining = heads.filter(({ next }) => !next.done)
    if (remaining.length === 0) return
    const first = remaining.reduce((one, other) => (other.next.value.at < one.next.value.at ? other : one))
    yield first.next.value
    first.next = first.views.next()
  }
}

/** Returns each value as a line of JSON, with commas between them. */
function* jsonLines(values: Iterable<object>): Generator<string> {
  let separator = ''
  for (const value of values) {
    yield `${separator}${JSON.stringify(value)}`
    separator = ',\n'
  }
  yield '\n'
}
