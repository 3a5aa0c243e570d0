import {
  header,
  maxObjectRecords,
  maxThreads,
  maxWaitRecords,
  object,
  objectAt,
  objectKindCodes,
  objectsEnd,
  thread,
  threadAt,
  waitRecord,
  waitRecordAt,
} from '../../../../shared/threading/src/core/layout.ts'
import { words } from '../../../../shared/threading/src/core/memory.ts'
import { Machine, type Task } from './machine.ts'
import type { Scenario } from './scenario.ts'
import { kinds, type Step } from './steps.ts'

/** The schedule as lines, one for each step: which thread did what to which word. */
export function describeSchedule(
  scenario: Scenario,
  choices: readonly number[],
  switchTakes: number,
): string {
  const lines: string[] = []
  let place = 0
  let last: Task | undefined
  const machine = new Machine(
    scenario,
    () => choices[place++] ?? 0,
    switchTakes,
    (task, step, result, timedOut) => {
      if (last !== task) lines.push(`${task.name}:`)
      last = task
      lines.push(`    ${timedOut ? 'its time is up' : describeStep(step, result)}`)
    },
  )
  try {
    machine.run()
  } catch {
    // What was found is told by who found it.
  }
  return lines.join('\n')
}

function describeStep({ kind, index, value, expected, timeout }: Step, result: unknown): string {
  const word = () => nameOfWord(index)
  switch (kind) {
    case kinds.load:
      return `load ${word()} → ${result}`
    case kinds.store:
      return `store ${word()} ← ${value}`
    case kinds.compareAndSet:
      return `compareAndSet ${word()} ${expected} → ${value}: ${result === true ? 'done' : 'it is another'}`
    case kinds.add:
      return `add ${value} to ${word()}, which was ${result}`
    case kinds.wake:
      return `wake ${word()}`
    case kinds.sleep:
      return `sleep while ${word()} is ${value}${timeout === Infinity ? '' : `, at most ${timeout.toFixed(3)} ms`}`
    case kinds.terminate:
      return `the thread with ident ${index} dies`
    case kinds.plain:
      return 'read shared memory'
    case kinds.plainWrite:
      return index < 0 ? 'write several words' : `write ${word()} ← ${value}`
    case kinds.never:
      return 'wait forever'
    default:
      return 'go on'
  }
}

const fieldName = (fields: Readonly<Record<string, number>>, offset: number): string =>
  Object.entries(fields).find(([, at]) => at === offset)?.[0] ?? String(offset)

function nameOfWord(index: number): string {
  if (index < threadAt(0)) return fieldName(header, index)
  if (index < threadAt(maxThreads)) return inTable(threadAt, 'slot', thread, index)
  if (index < objectsEnd(maxObjectRecords)) return objectWord(index)
  if (index < waitRecordAt(maxWaitRecords)) return inTable(waitRecordAt, 'node', waitRecord, index)
  return `word ${index}`
}

function inTable(
  at: (place: number) => number,
  name: string,
  fields: Readonly<Record<string, number>>,
  index: number,
): string {
  const size = at(1) - at(0)
  const place = Math.floor((index - at(0)) / size)
  return `${name} ${place}'s ${fieldName(fields, index - at(place))}`
}

function objectWord(index: number): string {
  const size = objectAt(1) - objectAt(0)
  const id = Math.floor((index - objectAt(0)) / size)
  const kind = objectKindCodes[words[objectAt(id) + object.kind]!] ?? 'object'
  const offset = index - objectAt(id)
  if (offset >= object.fields) return `${kind} ${id}'s field ${offset - object.fields}`
  if (offset >= object.lists)
    return `${kind} ${id}'s list ${(offset - object.lists) >> 1} ${offset % 2 === 0 ? 'first' : 'last'}`
  return `${kind} ${id}'s ${fieldName({ word: object.word, guard: object.guard }, offset)}`
}
