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

/** A full recording of two processes takes about as much. */
const maxFileSize = 2 ** 31

const maxProcesses = 16

/** Events and looks of a file at the most: two processes of which as much is told as can be recorded. */
const maxCounts = { events: 2 * maxEvents, looks: 2 * maxSamples }

/** Why a file cannot be shown, as one sentence. */
class TraceFileError extends Error {
  override name = 'TraceFileError'
}

/** What is known of a file while it is read. */
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
export async function readTrace(file: File, mostEvents = maxCounts.events): Promise<ProcessModel[]> {
  if (file.size > maxFileSize)
    throw new TraceFileError(`${file.name} is larger than 2 GB, which is too large.`)
  const lines = new NumberedLines(file)
  try {
    return await record(await read(lines, file.name, mostEvents))
  } catch (error) {
    if (error instanceof TraceFileError) throw error
    throw new TraceFileError(`${file.name} is damaged in line ${lines.number}: export the trace anew.`)
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

async function read(lines: NumberedLines, file: string, mostEvents: number): Promise<TraceContents> {
  await readHead(lines, file)
  const reading: TraceContents = {
    names: new Map(),
    events: new Map(),
    eventCount: 0,
    eventLimit: mostEvents,
    samples: [],
  }
  await readUntil(lines, file, '],', (line) => readEvent(JSON.parse(line), reading))
  const isWhole =
    (await lines.next())?.startsWith('"systemTraceEvents":"') && (await lines.next()) === '"recording":['
  if (!isWhole) throw new TraceFileError(notSkeinTraceMessage(file))
  await readUntil(lines, file, ']}', (line) => readSample(JSON.parse(line), reading))
  return reading
}

const notSkeinTraceMessage = (file: string): string => m.threads_trace_invalid({ name: file })

async function readHead(lines: NumberedLines, file: string): Promise<void> {
  const [first, second, third] = [await lines.next(), await lines.next(), await lines.next()]
  const head = third === '"traceEvents":[' ? parsedHead(`${first}${second}"traceEvents":[]}`) : undefined
  if (head === undefined) throw new TraceFileError(notSkeinTraceMessage(file))
  if (head.otherData.version > traceVersion)
    throw new TraceFileError(`${file} was made by a newer Skein: update Skein to open it.`)
}

function parsedHead(text: string): v.InferOutput<typeof headSchema> | undefined {
  try {
    return v.parse(headSchema, JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Takes each line up to the one that ends the list, without the comma at its end. */
async function readUntil(
  lines: NumberedLines,
  file: string,
  end: string,
  take: (line: string) => void,
): Promise<void> {
  const pauses = new TaskYielder()
  for (;;) {
    const line = await lines.next()
    if (line === undefined) throw new TraceFileError(`${file} ends too early: it was not saved to its end.`)
    if (line === end) return
    if (line !== '') take(line.endsWith(',') ? line.slice(0, -1) : line)
    if (pauses.isDue) await pauses.yieldTask()
  }
}

function readEvent(json: unknown, reading: TraceContents): void {
  const named = v.safeParse(processNameSchema, json)
  if (named.success) addProcess(named.output.pid, named.output.args.name, reading)
  if (!isRecorded(json)) return
  const { pid, args } = v.parse(eventSchema, json)
  const known = reading.events.get(pid)
  if (known === undefined) throw new RangeError(`process ${pid} has no name`)
  known.push(args)
  if (++reading.eventCount > reading.eventLimit) throw new RangeError('too many events')
}

/** Each process is named once, before its events. */
function addProcess(pid: number, name: string, { names, events }: TraceContents): void {
  if (names.has(pid) || [...names.values()].includes(name)) throw new RangeError(`${name} is named twice`)
  names.set(pid, name)
  events.set(pid, [])
  if (names.size > maxProcesses) throw new RangeError('too many processes')
}

function readSample(json: unknown, { samples: looks }: TraceContents): void {
  looks.push(v.parse(sampleSchema, json))
  if (looks.length > maxCounts.looks) throw new RangeError('too many looks')
}

/** Whether an event is one of those that the recording is read from. */
function isRecorded(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('cat' in json) || !('ph' in json)) return false
  return json.cat === 'state' || json.cat === 'act' || (json.cat === 'wake' && json.ph === 's')
}

/** Records what was read, look by look. */
async function record({ names, events, samples: looks }: TraceContents): Promise<ProcessModel[]> {
  const pauses = new TaskYielder()
  const models: ProcessModel[] = []
  for (const [pid, name] of names) {
    const model = new ProcessModel(name)
    const own = looks.filter(({ process }) => process === name)
    const brought = await groupBySample(events.get(pid) ?? [], own, pauses)
    const state = new ObservedState()
    for (const [index, look] of own.entries()) {
      model.accept(processViewOf(look, state, brought[index] ?? []))
      if (pauses.isDue) await pauses.yieldTask()
    }
    models.push(model)
  }
  return models
}

/**
 * Which events each look brought: those up to its time, and each thread's in their order, whatever the clocks say.
 * What is later than all looks came with the last.
 */
async function groupBySample(
  events: readonly RecordedEvent[],
  looks: readonly SampleJson[],
  pauses: TaskYielder,
): Promise<RecordedEvent[][]> {
  const brought: RecordedEvent[][] = looks.map(() => [])
  for (const own of await groupByThread(events, pauses)) {
    let reached = 0
    for (const event of own.sort((one, other) => one.sequence - other.sequence)) {
      reached = Math.max(sampleIndexAt(looks, event.at), reached)
      brought[reached]?.push(event)
      if (pauses.isDue) await pauses.yieldTask()
    }
  }
  return brought
}

async function groupByThread(
  events: readonly RecordedEvent[],
  pauses: TaskYielder,
): Promise<RecordedEvent[][]> {
  const threads = new Map<number, RecordedEvent[]>()
  for (const event of events) {
    const own = threads.get(event.thread)
    if (own === undefined) threads.set(event.thread, [event])
    else own.push(event)
    if (pauses.isDue) await pauses.yieldTask()
  }
  return [...threads.values()]
}

/** The first look at or after a time, or the last of all. */
function sampleIndexAt(looks: readonly SampleJson[], time: number): number {
  let low = 0
  let high = looks.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((looks[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Threads and objects as the looks so far show them. */
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
  look: SampleJson,
  shown: ObservedState,
  events: readonly RecordedEvent[],
): ProcessView {
  shown.apply(look)
  return {
    process: look.process,
    at: look.at,
    ...shown.state,
    events: events.filter(isStateEvent),
    wakes: events.filter(isWakeEvent),
    operations: events.filter(isOperationEvent),
    unrecordedCount: look.unmarked,
    dropped: look.dropped,
  }
}
