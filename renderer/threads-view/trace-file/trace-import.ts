import type { ObjectView, ProcessView, ThreadView } from '@skein/threading/inspect'
import * as v from 'valibot'
import { m } from '../../../shared/i18n/messages.js'
import {
  isOperationEvent,
  isStateEvent,
  isWakeEvent,
  maxEvents,
  type RecordedEvent,
} from '../model/event-store.ts'
import { ProcessModel } from '../model/process-model.ts'
import { maxSamples } from '../model/recorded-samples.ts'
import { TaskYielder } from './task-yielder.ts'
import { type SampleJson, traceVersion } from './trace-format.ts'
import { readLines } from './trace-lines.ts'
import { eventSchema, headSchema, processNameSchema, sampleSchema } from './trace-schema.ts'

/** A full recording of two processes is about as large. */
const maxFileSize = 2 ** 31

const maxProcesses = 16

/** A file holds at most two full recordings. */
const maxCounts = { events: 2 * maxEvents, samples: 2 * maxSamples }

/** The file cannot be shown. The message says why in one sentence, for the user. */
class TraceFileError extends Error {
  override name = 'TraceFileError'
}

/** What a file holds, as far as it has been read. */
interface TraceContents {
  readonly names: Map<number, string>
  readonly events: Map<number, RecordedEvent[]>
  /** Events of all processes. */
  eventCount: number
  readonly eventLimit: number
  readonly samples: SampleJson[]
}

/**
 * Reads a trace that Skein exported and records it again, in short tasks. Rejects with a TraceFileError for every
 * other file.
 */
export async function readTrace(file: File, eventLimit = maxCounts.events): Promise<ProcessModel[]> {
  const { name } = file
  if (file.size > maxFileSize) throw new TraceFileError(m.threads_trace_too_large({ name }))
  const lines = new NumberedLines(file)
  try {
    return await record(await read(lines, name, eventLimit))
  } catch (error) {
    if (error instanceof TraceFileError) throw error
    throw new TraceFileError(m.threads_trace_damaged({ name, line: lines.number }))
  }
}

class NumberedLines {
  number = 0
  readonly #lines: AsyncGenerator<string>

  constructor(file: File) {
    this.#lines = readLines(file)
  }

  /** Undefined at the end. */
  async next(): Promise<string | undefined> {
    this.number++
    const { done, value } = await this.#lines.next()
    return done ? undefined : value
  }
}

async function read(lines: NumberedLines, file: string, eventLimit: number): Promise<TraceContents> {
  await readHead(lines, file)
  const contents: TraceContents = {
    names: new Map(),
    events: new Map(),
    eventCount: 0,
    eventLimit,
    samples: [],
  }
  await readUntil(lines, file, '],', (line) => readEvent(JSON.parse(line), contents))
  const [kernelEvents, recordingHead] = [await lines.next(), await lines.next()]
  if (!kernelEvents?.startsWith('"systemTraceEvents":"') || recordingHead !== '"recording":[')
    throw await unreadable(lines, file, m.threads_trace_foreign({ name: file }))
  await readUntil(lines, file, ']}', (line) => readSample(JSON.parse(line), contents))
  return contents
}

async function readHead(lines: NumberedLines, file: string): Promise<void> {
  const [first, second, third] = [await lines.next(), await lines.next(), await lines.next()]
  const head = third === '"traceEvents":[' ? parseHead(`${first}${second}"traceEvents":[]}`) : undefined
  if (head === undefined) throw new TraceFileError(m.threads_trace_foreign({ name: file }))
  if (head.otherData.version > traceVersion) throw new TraceFileError(m.threads_trace_newer({ name: file }))
}

function parseHead(text: string): v.InferOutput<typeof headSchema> | undefined {
  try {
    return v.parse(headSchema, JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Passes on each line of a list, without the comma at its end, up to the line that ends the list. */
async function readUntil(
  lines: NumberedLines,
  file: string,
  end: string,
  acceptLine: (line: string) => void,
): Promise<void> {
  const yielder = new TaskYielder()
  for (;;) {
    const line = await lines.next()
    if (line === undefined) throw new TraceFileError(m.threads_trace_incomplete({ name: file }))
    if (line === end) return
    try {
      if (line !== '') acceptLine(line.endsWith(',') ? line.slice(0, -1) : line)
    } catch {
      throw await unreadable(lines, file, m.threads_trace_damaged({ name: file, line: lines.number }))
    }
    if (yielder.isDue) await yielder.yieldTask()
  }
}

/** Returns the error for a line that cannot be read. If it is the last line, the file was cut off. */
async function unreadable(lines: NumberedLines, file: string, message: string): Promise<TraceFileError> {
  const isLast = (await lines.next()) === undefined
  return new TraceFileError(isLast ? m.threads_trace_incomplete({ name: file }) : message)
}

function readEvent(json: unknown, contents: TraceContents): void {
  const named = v.safeParse(processNameSchema, json)
  if (named.success) addProcess(named.output.pid, named.output.args.name, contents)
  if (!isRecorded(json)) return
  const { pid, args } = v.parse(eventSchema, json)
  const known = contents.events.get(pid)
  if (known === undefined) throw new RangeError(`process ${pid} has no name`)
  known.push(args)
  if (++contents.eventCount > contents.eventLimit) throw new RangeError('too many events')
}

/** Each process is named once, before its events. */
function addProcess(pid: number, name: string, { names, events }: TraceContents): void {
  if (names.has(pid) || [...names.values()].includes(name)) throw new RangeError(`${name} is named twice`)
  names.set(pid, name)
  events.set(pid, [])
  if (names.size > maxProcesses) throw new RangeError('too many processes')
}

function readSample(json: unknown, { samples }: TraceContents): void {
  samples.push(v.parse(sampleSchema, json))
  if (samples.length > maxCounts.samples) throw new RangeError('too many samples')
}

/** Whether the recording is read from this event. The others are derived. */
function isRecorded(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('cat' in json) || !('ph' in json)) return false
  return json.cat === 'state' || json.cat === 'act' || (json.cat === 'wake' && json.ph === 's')
}

/** Records what was read, sample by sample. */
async function record({ names, events, samples }: TraceContents): Promise<ProcessModel[]> {
  const yielder = new TaskYielder()
  const models: ProcessModel[] = []
  for (const [pid, name] of names) {
    const model = new ProcessModel(name)
    const own = samples.filter(({ process }) => process === name)
    const eventsBySample = await groupBySample(events.get(pid) ?? [], own, yielder)
    const state = new ObservedState()
    for (const [index, sample] of own.entries()) {
      model.accept(processViewOf(sample, state, eventsBySample[index] ?? []))
      if (yielder.isDue) await yielder.yieldTask()
    }
    models.push(model)
  }
  return models
}

/**
 * Returns the events that each sample brought: those up to its time, each thread's in their sequence, whatever the
 * clocks say. Later events came with the last sample.
 */
async function groupBySample(
  events: readonly RecordedEvent[],
  samples: readonly SampleJson[],
  yielder: TaskYielder,
): Promise<RecordedEvent[][]> {
  const eventsBySample: RecordedEvent[][] = samples.map(() => [])
  for (const own of await groupByThread(events, yielder)) {
    let reached = 0
    for (const event of own.sort((one, other) => one.sequence - other.sequence)) {
      reached = Math.max(sampleIndexAt(samples, event.at), reached)
      eventsBySample[reached]?.push(event)
      if (yielder.isDue) await yielder.yieldTask()
    }
  }
  return eventsBySample
}

async function groupByThread(
  events: readonly RecordedEvent[],
  yielder: TaskYielder,
): Promise<RecordedEvent[][]> {
  const threads = new Map<number, RecordedEvent[]>()
  for (const event of events) {
    const own = threads.get(event.thread)
    if (own === undefined) threads.set(event.thread, [event])
    else own.push(event)
    if (yielder.isDue) await yielder.yieldTask()
  }
  return [...threads.values()]
}

/** Returns the index of the first sample at a time or later, or of the last sample. */
function sampleIndexAt(samples: readonly SampleJson[], time: number): number {
  let low = 0
  let high = samples.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((samples[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Threads and objects as the samples so far show them. */
class ObservedState {
  readonly threads = new Map<number, ThreadView>()
  readonly objects = new Map<number, ObjectView>()
  state: Pick<ProcessView, 'threads' | 'objects'> = { threads: [], objects: [] }

  apply({ threads, objects, gone, goneObjects }: SampleJson): void {
    if (threads.length + objects.length + gone.length + goneObjects.length === 0) return
    for (const id of gone) this.threads.delete(id)
    for (const id of goneObjects) this.objects.delete(id)
    for (const thread of threads) this.threads.set(thread.id, thread)
    for (const object of objects) this.objects.set(object.id, object)
    const sorted = [...this.objects.values()].sort((one, other) => one.id - other.id)
    this.state = { threads: [...this.threads.values()], objects: sorted }
  }
}

function processViewOf(
  sample: SampleJson,
  observed: ObservedState,
  events: readonly RecordedEvent[],
): ProcessView {
  observed.apply(sample)
  return {
    process: sample.process,
    at: sample.at,
    ...observed.state,
    events: events.filter(isStateEvent),
    wakes: events.filter(isWakeEvent),
    operations: events.filter(isOperationEvent),
    unrecordedCount: sample.unmarked,
    dropped: sample.dropped,
  }
}
