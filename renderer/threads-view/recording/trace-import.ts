import * as v from 'valibot'
import type { ObjectView, ProcessView, ThreadView } from '../../../shared/threading/view.ts'
import { ProcessModel } from '../process-model.ts'
import { isAct, isStateChange, isWake, maxEvents, type RecordedEvent } from './event-ring.ts'
import { mostLooks } from './looks.ts'
import { Pauses } from './pauses.ts'
import { type LookJson, traceVersion } from './trace-format.ts'
import { linesOf } from './trace-lines.ts'
import { eventSchema, headSchema, lookSchema, processNameSchema } from './trace-schema.ts'

/** A full recording of two processes takes about as much. */
const largestFile = 2 ** 31

const mostProcesses = 16

/** Events and looks of a file at the most: two processes of which as much is told as can be recorded. */
const most = { events: 2 * maxEvents, looks: 2 * mostLooks }

/** Why a file cannot be shown, as one sentence. */
class TraceFileError extends Error {
  override name = 'TraceFileError'
}

/** What is known of a file while it is read. */
interface Reading {
  readonly names: Map<number, string>
  readonly events: Map<number, RecordedEvent[]>
  /** Events of all processes. */
  count: number
  readonly mostEvents: number
  readonly looks: LookJson[]
}

/**
 * Reads a trace that Skein exported and records it again, in short tasks. Rejects with a TraceFileError for every
 * other file.
 */
export async function readTrace(file: File, mostEvents = most.events): Promise<ProcessModel[]> {
  if (file.size > largestFile)
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
    this.#lines = linesOf(file)
  }

  /** Undefined at the end. */
  async next(): Promise<string | undefined> {
    this.number++
    const { done, value } = await this.#lines.next()
    return done ? undefined : value
  }
}

async function read(lines: NumberedLines, file: string, mostEvents: number): Promise<Reading> {
  await readHead(lines, file)
  const reading: Reading = { names: new Map(), events: new Map(), count: 0, mostEvents, looks: [] }
  await readUntil(lines, file, '],', (line) => readEvent(JSON.parse(line), reading))
  const isWhole =
    (await lines.next())?.startsWith('"systemTraceEvents":"') && (await lines.next()) === '"recording":['
  if (!isWhole) throw new TraceFileError(notOurs(file))
  await readUntil(lines, file, ']}', (line) => readLook(JSON.parse(line), reading))
  return reading
}

const notOurs = (file: string): string =>
  `${file} is not a trace as Skein exports it: choose a file that “Export trace…” made.`

async function readHead(lines: NumberedLines, file: string): Promise<void> {
  const [first, second, third] = [await lines.next(), await lines.next(), await lines.next()]
  const head = third === '"traceEvents":[' ? parsedHead(`${first}${second}"traceEvents":[]}`) : undefined
  if (head === undefined) throw new TraceFileError(notOurs(file))
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
  const pauses = new Pauses()
  for (;;) {
    const line = await lines.next()
    if (line === undefined) throw new TraceFileError(`${file} ends too early: it was not saved to its end.`)
    if (line === end) return
    if (line !== '') take(line.endsWith(',') ? line.slice(0, -1) : line)
    if (pauses.isDue) await pauses.take()
  }
}

function readEvent(json: unknown, reading: Reading): void {
  const named = v.safeParse(processNameSchema, json)
  if (named.success) addProcess(named.output.pid, named.output.args.name, reading)
  if (!isRecorded(json)) return
  const { pid, args } = v.parse(eventSchema, json)
  const known = reading.events.get(pid)
  if (known === undefined) throw new RangeError(`process ${pid} has no name`)
  known.push(args)
  if (++reading.count > reading.mostEvents) throw new RangeError('too many events')
}

/** Each process is named once, before its events. */
function addProcess(pid: number, name: string, { names, events }: Reading): void {
  if (names.has(pid) || [...names.values()].includes(name)) throw new RangeError(`${name} is named twice`)
  names.set(pid, name)
  events.set(pid, [])
  if (names.size > mostProcesses) throw new RangeError('too many processes')
}

function readLook(json: unknown, { looks }: Reading): void {
  looks.push(v.parse(lookSchema, json))
  if (looks.length > most.looks) throw new RangeError('too many looks')
}

/** Whether an event is one of those that the recording is read from. */
function isRecorded(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('cat' in json) || !('ph' in json)) return false
  return json.cat === 'state' || json.cat === 'act' || (json.cat === 'wake' && json.ph === 's')
}

/** Records what was read, look by look. */
async function record({ names, events, looks }: Reading): Promise<ProcessModel[]> {
  const pauses = new Pauses()
  const models: ProcessModel[] = []
  for (const [pid, name] of names) {
    const model = new ProcessModel(name)
    const own = looks.filter(({ process }) => process === name)
    const brought = await byLook(events.get(pid) ?? [], own, pauses)
    const state = new Shown()
    for (const [index, look] of own.entries()) {
      model.accept(viewOf(look, state, brought[index] ?? []))
      if (pauses.isDue) await pauses.take()
    }
    models.push(model)
  }
  return models
}

/**
 * Which events each look brought: those up to its time, and each thread's in their order, whatever the clocks say.
 * What is later than all looks came with the last.
 */
async function byLook(
  events: readonly RecordedEvent[],
  looks: readonly LookJson[],
  pauses: Pauses,
): Promise<RecordedEvent[][]> {
  const brought: RecordedEvent[][] = looks.map(() => [])
  for (const own of await byThread(events, pauses)) {
    let reached = 0
    for (const event of own.sort((one, other) => one.sequence - other.sequence)) {
      reached = Math.max(lookAt(looks, event.at), reached)
      brought[reached]?.push(event)
      if (pauses.isDue) await pauses.take()
    }
  }
  return brought
}

async function byThread(events: readonly RecordedEvent[], pauses: Pauses): Promise<RecordedEvent[][]> {
  const threads = new Map<number, RecordedEvent[]>()
  for (const event of events) {
    const own = threads.get(event.thread)
    if (own === undefined) threads.set(event.thread, [event])
    else own.push(event)
    if (pauses.isDue) await pauses.take()
  }
  return [...threads.values()]
}

/** The first look at or after a time, or the last of all. */
function lookAt(looks: readonly LookJson[], time: number): number {
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
class Shown {
  readonly threads = new Map<number, ThreadView>()
  readonly objects = new Map<number, ObjectView>()
  seen: Pick<ProcessView, 'threads' | 'objects'> = { threads: [], objects: [] }

  take({ threads, objects, gone, goneObjects }: LookJson): void {
    if (threads.length + objects.length + gone.length + goneObjects.length === 0) return
    for (const id of gone) this.threads.delete(id)
    for (const id of goneObjects) this.objects.delete(id)
    for (const thread of threads) this.threads.set(thread.id, thread)
    for (const object of objects) this.objects.set(object.id, object)
    const sorted = [...this.objects.values()].sort((one, other) => one.id - other.id)
    this.seen = { threads: [...this.threads.values()], objects: sorted }
  }
}

function viewOf(look: LookJson, shown: Shown, events: readonly RecordedEvent[]): ProcessView {
  shown.take(look)
  return {
    process: look.process,
    at: look.at,
    ...shown.seen,
    events: events.filter(isStateChange),
    wakes: events.filter(isWake),
    acts: events.filter(isAct),
    unmarked: look.unmarked,
    dropped: look.dropped,
  }
}
