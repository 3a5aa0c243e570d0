import {
  emptyObjectFields,
  type ObjectView,
  objectKinds,
  operationNames,
  type StateEvent,
  type ThreadView,
  threadStates,
  waitOperationNames,
  wakeOperationNames,
} from '@skein/threading/inspect'
import * as v from 'valibot'
import { eventCategories, traceProgram } from './trace-format.ts'

/** What a trace file must hold to be opened. Nothing in it is trusted before it is checked. */

/** Milliseconds since 1970, up to the year 2100: loops that add small steps to a much later time would not end. */
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(4.1e12))
/** The end of a timeout can be later. */
const deadline = v.pipe(v.number(), v.minValue(0), v.finite())
const whole = v.pipe(v.number(), v.integer(), v.minValue(-0x8000_0000), v.maxValue(0x7fff_ffff))
const ident = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fff_ffff))
const name = v.pipe(v.string(), v.maxLength(1000))
const idents = v.pipe(v.array(ident), v.maxLength(4096))
const count = v.pipe(v.number(), v.minValue(0), v.finite())

const state = v.picklist(threadStates)
const operation = v.picklist(waitOperationNames)
const through = v.picklist(wakeOperationNames)
const operationKind = v.picklist(operationNames)
const kind = v.picklist(objectKinds)

export const headSchema = v.object({
  otherData: v.object({ program: v.literal(traceProgram), version: v.number() }),
})

const traced = { thread: ident, sequence: ident, at: time, object: ident }

const stateEventSchema = v.pipe(
  v.object({ ...traced, afterGap: v.boolean(), state, operation: v.optional(operation), by: ident }),
  v.transform(({ operation: waitedIn, ...rest }): StateEvent => ({ ...rest, operation: waitedIn })),
)
const wakeEventSchema = v.object({ ...traced, woken: ident, through })
const operationEventSchema = v.object({
  ...traced,
  act: operationKind,
  value: whole,
  holding: v.pipe(ident, v.maxValue(0xffff)),
})

const pid = ident

/** The events that the recording is read from. The others are derived from them. */
export const eventSchema = v.variant('cat', [
  v.object({ cat: v.literal(eventCategories.state), pid, args: stateEventSchema }),
  v.object({ cat: v.literal(eventCategories.act), pid, args: operationEventSchema }),
  v.object({ cat: v.literal(eventCategories.wake), ph: v.literal('s'), pid, args: wakeEventSchema }),
])

export const processNameSchema = v.object({
  ph: v.literal('M'),
  name: v.literal('process_name'),
  pid,
  args: v.object({ name }),
})

const wait = v.object({ object: ident, operation })

const threadSchema = v.pipe(
  v.object({
    id: ident,
    name,
    daemon: v.boolean(),
    isAdopted: v.optional(v.boolean(), false),
    state,
    since: time,
    waiting: v.optional(wait),
    waitSequence: v.optional(whole),
    awaiting: v.pipe(v.array(wait), v.maxLength(4096)),
    until: v.optional(deadline),
    wokenBy: v.optional(v.object({ thread: ident, object: ident })),
    control: v.picklist(['free', 'paused']),
    slowness: count,
    gate: v.optional(v.object({ object: ident, act: operationKind })),
    error: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
  }),
  v.transform((thread): ThreadView => ({ ...absentThreadFields, ...thread })),
)

const absentThreadFields = {
  waiting: undefined,
  waitSequence: undefined,
  until: undefined,
  wokenBy: undefined,
  gate: undefined,
  error: undefined,
}

const objectSchema = v.pipe(
  v.object({
    id: ident,
    kind,
    name,
    holder: v.optional(ident),
    waiters: idents,
    depth: v.optional(whole),
    maxSize: v.optional(whole),
    flag: v.optional(v.boolean()),
    permits: v.optional(whole),
    unfinished: v.optional(whole),
    arrived: v.optional(whole),
    parties: v.optional(whole),
    value: v.optional(v.number()),
    lost: v.optional(count),
    generation: v.optional(v.number()),
    underruns: v.optional(count),
  }),
  v.transform((object): ObjectView => ({ ...emptyObjectFields, ...object })),
)

export const sampleSchema = v.object({
  process: name,
  at: time,
  threads: v.array(threadSchema),
  objects: v.array(objectSchema),
  gone: idents,
  goneObjects: idents,
  unmarked: count,
  dropped: count,
})
