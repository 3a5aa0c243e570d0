import { load } from '../core/atomic.ts'
import {
  control,
  maxThreads,
  operationCodes,
  slotState,
  thread,
  threadAt,
  threadStates,
  waitOperationCodes,
  waitRecord,
  waitRecordAt,
} from '../core/layout.ts'
import { doubles, readName, words } from '../core/memory.ts'
import { compareStarts, readError } from '../threads/thread-slots.ts'
import type { ThreadView } from './process-view.ts'
import type { Wait } from './read-waits.ts'

/** A writer that died may have left a version odd: what is read then is used as it is. */
const maxTries = 100

/** The threads that run, and those that ended and whose slots were not reused, in the order of their start. */
export function readThreads(waits: readonly Wait[]): ThreadView[] {
  return startedSlots().map((slotNumber) => readThread(slotNumber, waits))
}

function startedSlots(): number[] {
  const slots: number[] = []
  for (let slotNumber = 0; slotNumber < maxThreads; slotNumber++)
    if (hasThread(slotNumber)) slots.push(slotNumber)
  return slots.sort(compareStarts)
}

function hasThread(slotNumber: number): boolean {
  const record = threadAt(slotNumber)
  const state = load(record + thread.slotState)
  const isStarted =
    state === slotState.main ||
    state === slotState.mainEnded ||
    state === slotState.taken ||
    state === slotState.adopted ||
    state === slotState.ended ||
    state === slotState.dead
  return isStarted && load(record + thread.ident) !== 0
}

function readThread(slotNumber: number, waits: readonly Wait[]): ThreadView {
  const record = threadAt(slotNumber)
  const id = load(record + thread.ident)
  const state = readState(record, slotNumber)
  return {
    id,
    name: readName(record + thread.name),
    daemon: words[record + thread.daemon] === 1,
    isAdopted: load(record + thread.slotState) === slotState.adopted,
    ...state,
    awaiting: waits
      .filter((wait) => wait.isAsync && wait.ident === id)
      .map(({ object, operation }) => ({ object, operation })),
    ...readControl(record),
    error: readError(slotNumber),
  }
}

function readControl(record: number): Pick<ThreadView, 'control' | 'slowness' | 'gate'> {
  const operation = operationCodes[load(record + thread.gateOperation)]
  return {
    control: load(record + thread.control) === control.free ? 'free' : 'paused',
    slowness: Math.max(1, words[record + thread.slowness]!),
    gate: operation && { object: words[record + thread.gateObject]!, act: operation },
  }
}

type StateFields = Pick<ThreadView, 'state' | 'since' | 'waiting' | 'waitSequence' | 'until' | 'wokenBy'>

/** Reads the fields that belong together, and reads them again if their thread was writing them meanwhile. */
function readState(record: number, slotNumber: number): StateFields {
  for (let tries = 0; ; tries++) {
    const version = load(record + thread.version)
    const fields = readStateFields(record, slotNumber)
    const isConsistent = version % 2 === 0 && load(record + thread.version) === version
    if (isConsistent) return fields
    if (tries >= maxTries) return { ...fields, waitSequence: fields.waiting && 0 }
  }
}

function readStateFields(record: number, slotNumber: number): StateFields {
  const operation = waitOperationCodes[words[record + thread.operation]!]
  const object = words[record + thread.object]!
  const until = doubles[(record + thread.deadline) >> 1]!
  const wokenBy = words[record + thread.wokenBy]!
  return {
    state: threadStates[words[record + thread.state]!] ?? 'Runnable',
    since: doubles[(record + thread.since) >> 1]!,
    waiting: operation === undefined ? undefined : { object, operation },
    // The thread does not wait again before it has published that this wait is over.
    waitSequence: operation === undefined ? undefined : load(waitRecordAt(slotNumber) + waitRecord.sequence),
    until: until === 0 ? undefined : until,
    wokenBy: wokenBy === 0 ? undefined : { thread: wokenBy, object: words[record + thread.wokenThrough]! },
  }
}
