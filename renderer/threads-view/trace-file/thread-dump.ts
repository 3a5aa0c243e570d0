import {
  findDeadlocks,
  type ObjectView,
  type OperationEvent,
  operationFailed,
  type ThreadView,
} from '@skein/threading/inspect'
import type { ProcessModel } from '../model/process-model.ts'
import { formatDuration, formatTimeOfDay } from '../model/text-format.ts'
import type { Scene } from '../model/threads-model.ts'

/** The maximum number of operations of each thread. */
const maxOperations = 5

/** Returns every thread and object of a moment as text, like a JVM's thread dump. */
export function formatThreadDump({ at, processes }: Scene): string {
  const day = new Date(at).toLocaleDateString('sv')
  const lines = processes.flatMap((process) => processLines(process, at))
  return [`Skein thread dump, ${day} ${formatTimeOfDay(at)}`, ...lines].join('\n').concat('\n')
}

function processLines(process: ProcessModel, at: number): string[] {
  const threads = process.threads()
  if (threads.length === 0) return ['', `Process ${process.name}: not seen yet`]
  const operations = process.recording.lastOperations(maxOperations, at)
  return [
    '',
    `Process ${process.name}: ${threads.length} ${threads.length === 1 ? 'thread' : 'threads'}`,
    ...threads.flatMap((thread) => [
      '',
      ...threadLines(process, thread, operations.get(thread.id) ?? [], at),
    ]),
    '',
    'Objects:',
    ...indented(process.objects().map((object) => objectLine(process, object))),
    '',
    ...deadlockLines(process),
  ]
}

const indented = (lines: readonly string[]): string[] =>
  lines.length === 0 ? ['    none'] : lines.map((line) => `    ${line}`)

function threadLines(
  process: ProcessModel,
  thread: ThreadView,
  operations: readonly OperationEvent[],
  at: number,
): string[] {
  const { id, name, daemon, state, since, waiting, awaiting, until, wokenBy, gate, slowness } = thread
  const facts = [
    `${state} for ${formatDuration(at - since)}${waiting ? ` in ${waitText(process, waiting)}` : ''}`,
  ]
  if (until !== undefined) facts.push(`its wait ends by itself in ${formatDuration(until - at)}`)
  const holder = waiting && process.object(waiting.object)?.holder
  if (holder) facts.push(`held by ${threadText(process, holder)}`)
  if (awaiting.length > 0)
    facts.push(`waits beside its work for ${awaiting.map((wait) => waitText(process, wait)).join(', ')}`)
  if (wokenBy)
    facts.push(
      `last woken by ${threadText(process, wokenBy.thread)} through ${process.label(wokenBy.object)}`,
    )
  if (gate) facts.push(`held before ${gate.act} of ${process.label(gate.object)}`)
  if (thread.control === 'paused') facts.push('paused')
  if (slowness > 1) facts.push(`slowed ${slowness} times`)
  if (thread.error !== undefined) facts.push(`ended by ${thread.error}`)
  facts.push(`holds ${locksText(process, id)}`)
  const done = operations.map(
    (operation) => `${formatDuration(at - operation.at)} ago: ${operationText(process, operation)}`,
  )
  return [
    `"${name}" #${id}${daemon ? ' daemon' : ''}`,
    ...indented(facts),
    ...(done.length === 0 ? [] : ['    last operations:', ...done.map((line) => `        ${line}`)]),
  ]
}

const waitText = (
  process: ProcessModel,
  wait: { readonly object: number; readonly operation: string },
): string => `${wait.operation} of ${process.label(wait.object)}`

const threadText = (process: ProcessModel, id: number): string => `"${process.threadName(id)}" #${id}`

function locksText(process: ProcessModel, thread: number): string {
  const held = process.objects().filter(({ holder }) => holder === thread)
  return held.length === 0 ? 'no lock' : held.map(({ id }) => process.label(id)).join(', ')
}

function operationText(process: ProcessModel, { act, object, value }: OperationEvent): string {
  if (act === 'begin') return 'begin'
  const result = value === operationFailed ? 'without success' : `leaves ${value}`
  return `${act} ${process.label(object)}, ${result}`
}

function objectLine(process: ProcessModel, object: ObjectView): string {
  const facts: string[] = []
  const { holder, depth, maxSize, flag, permits, unfinished, arrived, parties, value, lost, waiters } = object
  const { generation, underruns } = object
  if (holder) facts.push(`held by ${threadText(process, holder)}`)
  const unit = object.kind === 'RingBuffer' ? 'frames' : 'items'
  if (depth !== undefined) facts.push(`${depth}${maxSize === undefined ? '' : ` of ${maxSize}`} ${unit}`)
  if (unfinished !== undefined) facts.push(`${unfinished} unfinished`)
  if (flag !== undefined) facts.push(flag ? 'set' : 'clear')
  if (permits !== undefined) facts.push(`${permits} permits`)
  if (arrived !== undefined) facts.push(`${arrived} of ${parties} have arrived`)
  if (value !== undefined) facts.push(`value ${value}`)
  if (lost !== undefined && lost > 0) facts.push(`${lost} updates lost`)
  if (generation !== undefined) facts.push(`generation ${generation}, ${underruns} underruns`)
  if (waiters.length > 0)
    facts.push(`waited for by ${waiters.map((id) => threadText(process, id)).join(', ')}`)
  return `${process.label(object.id)}: ${facts.length === 0 ? 'free' : facts.join(', ')}`
}

function deadlockLines(process: ProcessModel): string[] {
  const deadlocks = process.view ? findDeadlocks(process.view) : []
  if (deadlocks.length === 0) return ['No deadlock was found.']
  return deadlocks.flatMap(({ links }) => [
    `Deadlock of ${links.length} threads:`,
    ...links.map(
      ({ thread, waitsFor, heldBy }) =>
        `    ${threadText(process, thread)} waits for ${process.label(waitsFor)}, which ${threadText(process, heldBy)} holds`,
    ),
  ])
}
