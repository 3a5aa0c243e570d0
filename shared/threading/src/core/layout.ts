import { objectKinds, operationNames, threadStates, waitOperationNames } from './vocabulary.ts'

/**
 * Where everything lies in the process's memory. Offsets count 32-bit words unless a name says bytes; a field is one
 * word wide unless its comment says otherwise. src/README.md draws the tables and names each field's writers.
 * Words that different threads write often lie on different cache lines (16 words): on one line they cost three times
 * as much.
 *
 *   header | thread records | object records | wait records | trace rings | heap
 */

const headerWords = 256
const threadWords = 64
const objectWords = 48
const waitRecordWords = 16
const traceEventWords = 8

/** Names longer than this many UTF-8 bytes are cut. */
export const maxNameBytes = 44

/** How much each table holds. */
export interface TableSizes {
  /** Threads that run at once, main included: 2 to 1024. */
  readonly maxThreads: number
  /** Primitives that exist at once: 1 to 1,048,576. */
  readonly maxObjects: number
  /** Asynchronous waits at once, of all threads together: 1 to 65,536. */
  readonly maxWaits: number
  /** Events that each thread keeps for an inspector: a power of two from 2 to 65,536. */
  readonly traceEvents: number
}

export const defaultSizes: TableSizes = {
  maxThreads: 64,
  maxObjects: 4096,
  maxWaits: 960,
  traceEvents: 1024,
}

export const header = {
  magic: 0,
  /** The sizes of the tables, written before any other thread attaches. */
  maxThreads: 1,
  maxObjects: 2,
  maxWaits: 3,
  traceEvents: 4,
  /** The index of the first object record that was never used. */
  nextObject: 16,
  objectsGuard: 17,
  /** The index of the first record of a disposed object, 0 for none. */
  freeObject: 18,
  lastWaitRecord: 33,
  heapGuard: 48,
  /** The first unit of the heap that was never used. */
  heapTop: 49,
  /** How often blocks were given back to the shared lists, and that number when free neighbours were last merged. */
  freed: 50,
  merged: 51,
  /** 40 words: the first block of each list of free blocks, 0 for none. */
  freeBlocks: 64,
  startedThreads: 112,
  namedThreads: 113,
  /** 1 while nothing is recorded. */
  tracingOff: 114,
  /** The sum of `instrumentationFlags`: 0 while no operation is recorded and no thread is controlled. */
  instrumentation: 115,
  /** How many samples an inspector took. */
  sampleCount: 116,
  /** `thread.control` and `thread.slowness` of the threads that start from now on; slowness 0 means 1. */
  initialControl: 117,
  initialSlowness: 118,
  /** How often the recording of operations was switched on. */
  recordingCount: 119,
  /** 12 words: the length in bytes and the UTF-8. */
  name: 128,
} as const

/** The letters "thrd": identifies the memory of a process. */
export const magic = 0x7468_7264

export const threadTable = headerWords

/** The capacity of each table and where it begins. Set once in each realm, by `setTableSizes`. */
export let maxThreads: number
export let maxObjectRecords: number
export let maxWaitRecords: number
export let traceRingCapacity: number
let objectTable: number
let waitRecordTable: number
let traceRingTable: number
export let heapStart: number

/**
 * Computes where the tables begin. Each thread slot has an object record, at which its thread is joined, and a wait
 * record.
 */
export function setTableSizes(sizes: TableSizes): void {
  maxThreads = sizes.maxThreads
  maxObjectRecords = maxThreads + sizes.maxObjects
  maxWaitRecords = maxThreads + sizes.maxWaits
  traceRingCapacity = sizes.traceEvents
  objectTable = threadTable + maxThreads * threadWords
  waitRecordTable = objectTable + maxObjectRecords * objectWords
  traceRingTable = waitRecordTable + maxWaitRecords * waitRecordWords
  heapStart = traceRingTable + maxThreads * traceRingCapacity * traceEventWords
}
setTableSizes(defaultSizes)

/** A thread's record. */
export const thread = {
  /** What the slot is: see `slotState`. Its worker sleeps on this word until a thread is started. */
  slotState: 0,
  ident: 1,
  daemon: 3,
  /** 1 once `killThread` was called: the thread may die at any step. 2 once it ended by itself and cannot be killed. */
  killed: 4,
  /** How far its worker is: see `workerState`. */
  worker: 5,
  /** Heap address of the text of the error that ended it; 0 for none. */
  error: 6,
  /** How many threads were started before it. */
  startSequence: 7,
  /** 4 words: its target and arguments, as an encoded item; the last is 0 once the thread has read it. */
  call: 8,
  /** Odd while the fields from `state` to `deadline` are being written. */
  version: 16,
  state: 17,
  object: 18,
  operation: 19,
  wokenBy: 20,
  wokenThrough: 21,
  /** 2 words each: milliseconds since 1970. `deadline` is 0 without a timeout. */
  since: 22,
  deadline: 24,
  /** Events ever written to its trace ring. */
  traceEventCount: 32,
  /** The object and the operation before which it is paused or delayed; operation 0 for none. */
  gateObject: 34,
  gateOperation: 35,
  /** What it does at its next operation: see `control`. */
  control: 36,
  /** By how much its time between two operations is multiplied; 0 means 1. */
  slowness: 37,
  /** 2 words: operations that were not recorded. */
  unrecordedCount: 38,
  /** How often it stopped before an operation. */
  stopCount: 40,
  /** 12 words: the length in bytes and the UTF-8. */
  name: 48,
} as const

/**
 * The states of a thread slot. A negative number is none of them: it is the negated ident of the thread that has claimed
 * the slot, to start a thread there.
 */
export const slotState = {
  free: 0,
  /** Its worker was made and does not run the library yet. */
  booting: 1,
  /** Its worker sleeps and can be claimed. */
  idle: 2,
  /** A Thread runs, or is about to. */
  taken: 3,
  /** Its thread ended; the worker sleeps and can be claimed. */
  ended: 4,
  /** Its worker is gone. */
  dead: 5,
  /** main's own. */
  main: 6,
  /** main's own, after it ended while other threads ran on. */
  mainEnded: 8,
  /** Its worker is gone or about to be terminated, and recovery has not finished. */
  recovering: 7,
  /** A thread runs that the library did not start. */
  adopted: 9,
} as const

/** How far the worker of a slot is. */
export const workerState = {
  /** It does not run the library yet. If it dies now, it would die again if it were replaced. */
  made: 0,
  /** It runs the library. */
  running: 1,
  /** It exits by itself. */
  exiting: 2,
  /** It was terminated before it ran the library, and must not begin to. */
  refused: 3,
} as const

/** An object's record. The first `maxThreads` records belong to the threads: their joiners wait there. */
export const object = {
  /** The word of the kind. Lock: the owner's ident, 0 when free. Event: the flag. */
  word: 0,
  /** The ident of the thread in the object's guarded section, 0 for none. */
  guard: 1,
  /** 6 words: the first and last wait record of up to three lists; 0 for none. */
  lists: 2,
  /** 21 words that each kind uses as it needs. */
  fields: 9,
  /** Counts the waits in the lists, wrapping, without 0. */
  lastArrival: 30,
  /** The arrival of the last waiter that the thread in the guard is about to grant; 0 for none. */
  grantLimit: 31,
  /** The third cache line is written when the object is made and when it is disposed of. */
  /** The object's id; negative once it was disposed of. */
  id: 32,
  kind: 33,
  /** In the record of a disposed object: the index of the next such record, 0 for none. */
  nextFree: 34,
  /** The ident of the thread at whose end the object is disposed of; 0 for an object that lives until `dispose`. */
  owner: 35,
  /** 12 words: the length in bytes and the UTF-8. */
  name: 36,
} as const

/** One wait of one thread. Record n < maxThreads is for the blocking waits of the thread in slot n. */
export const waitRecord = {
  /** Whether and how the wait ended: see `waitOutcome`. The word the thread sleeps on. */
  outcome: 0,
  ident: 1,
  next: 2,
  previous: 3,
  /** Object and list it is queued in; object 0 for none. */
  object: 4,
  list: 5,
  operation: 6,
  waker: 7,
  /** 2 words: milliseconds since 1970. */
  since: 8,
  /** Of a record for asynchronous waits: the ident of the thread that uses it, 0 for none. */
  used: 10,
  /**
   * Grows with each wait of the record. It is written before the other fields of the wait, and `object` after them: fields
   * that are read while `object` is not 0, between two readings of the same number, belong to one wait.
   */
  sequence: 11,
  /** The object's word when the wait began. Of a lock: the ident of its owner. */
  initialWord: 12,
  /** The number of the wait in its object: waiters are granted in its order. */
  arrival: 13,
  /** The condition that notified the thread, until `wait` returns; and `lastArrival` of the condition at that moment. */
  notification: 14,
  notificationLimit: 15,
} as const

/** Whether and how a wait ended. */
export const waitOutcome = {
  waiting: 0,
  granted: 1,
  /** The waiter makes its attempt again, and stays in the list. */
  hinted: 2,
  /** The thread was killed. */
  interrupted: 3,
  /** The wait ended without what the waiter waited for. */
  refused: 4,
} as const

/** What a thread does at its next operation on a primitive. The word it sleeps on there. */
export const control = { free: 0, paused: 1, step: 2 } as const

/** The bits of `header.instrumentation`. */
export const instrumentationFlags = { operations: 1, control: 2 } as const

/** A trace event. */
export const traceEvent = {
  /** Of an operation: the lock that its thread acquired last before this one and still holds; 0 for none. */
  holding: 0,
  /** The state that was entered, `wakeEventCode` or `operationEventCode`. */
  state: 1,
  object: 2,
  /** Of a state: the operation waited in. Of a wake-up: the object's list. Of an operation: its code. */
  operation: 3,
  /** Of a state: the thread that ended the wait before. Of a wake-up: the woken thread. Of an operation: its value. */
  by: 4,
  /** The thread's ident: a slot serves one thread after another. */
  ident: 5,
  /** 2 words: milliseconds since 1970. */
  at: 6,
} as const

export const threadAt = (slotNumber: number): number => threadTable + slotNumber * threadWords
/** Where the records of the first `count` objects end. */
export const objectsEnd = (count: number): number => objectTable + count * objectWords
/** The record of an object. The next object in the same record has an id that is `maxObjectRecords` higher. */
export const objectAt = (id: number): number => objectTable + (id % maxObjectRecords) * objectWords
/** How a wait record names its object: main is joined at object 0, and 0 is none there. */
export const waitObject = (id: number): number => id || maxObjectRecords
export const waitRecordAt = (index: number): number => waitRecordTable + index * waitRecordWords
export const traceEventAt = (slotNumber: number, sequence: number): number =>
  traceRingTable + (slotNumber * traceRingCapacity + (sequence & (traceRingCapacity - 1))) * traceEventWords

/**
 * The slot of the thread with this ident, from 0 to `maxThreads` - 1. A slot runs one thread at a time; its next thread
 * has an ident that is `maxThreads` higher. The main thread is 1, in slot 0.
 */
export const slotOf = (ident: number): number => (ident - 1) % maxThreads

/** In place of a state: the event is a wake-up. */
export const wakeEventCode = 6
/** In place of a state: the event is an operation. */
export const operationEventCode = 7

/** The index of a name in these lists is its code in memory. */
export { threadStates }
export const waitOperationCodes = [undefined, ...waitOperationNames] as const
export const operationCodes = [undefined, ...operationNames] as const
export const objectKindCodes = [undefined, ...objectKinds, 'SharedMemory'] as const

export const stateCode = (state: (typeof threadStates)[number]): number => threadStates.indexOf(state)
export const waitOperationCode = (operation: (typeof waitOperationCodes)[number]): number =>
  waitOperationCodes.indexOf(operation)
