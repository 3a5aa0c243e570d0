import { objectKinds as kindNames, operationNames, threadStates, waitOperationNames } from './process-view.ts'

/**
 * Where everything lies in the process's memory. Offsets are in 32-bit words unless a name says bytes.
 * Words that different threads write often lie on different cache lines (16 words): side by side they cost
 * three times as much.
 *
 *   header | thread records | object records | wait nodes | trace rings | heap
 */

export const maxThreads = 64
export const maxObjects = 4096
export const maxWaitRecords = 1024
/** Events that a thread's trace ring holds. A power of two. */
export const traceRingCapacity = 1024

const headerWords = 256
const threadWords = 64
const objectWords = 32
const waitRecordWords = 16
const traceEventWords = 8

/** Names longer than this many UTF-8 bytes are cut. */
export const maxNameBytes = 44

export const header = {
  magic: 0,
  nextObject: 16,
  waitRecordsGuard: 32,
  lastWaitRecord: 33,
  heapGuard: 48,
  /** First never-used unit of the heap. */
  heapTop: 49,
  /** How often blocks were given back to the shared lists, and that number when free neighbours were merged last. */
  freed: 50,
  merged: 51,
  /** First free block of each size class, 0 for none. */
  freeBlocks: 64,
  startedThreads: 112,
  namedThreads: 113,
  /** 1 while nothing is recorded. */
  tracingOff: 114,
  /** 0 while nobody watches operations or holds threads at them; else the sum of `watching`'s bits. */
  instrumentation: 115,
  /** How often somebody who watches looked. */
  sampleCount: 116,
  /** `thread.control` and `thread.slowness` of threads that start from now on; slowness 0 as 1. */
  initialControl: 117,
  initialSlowness: 118,
  /** How often `watchActs` was switched on. */
  recordingCount: 119,
  name: 128,
} as const

export const magic = 0x534b_454e

export const threadTable = headerWords
export const objectTable = threadTable + maxThreads * threadWords
export const waitRecordTable = objectTable + maxObjects * objectWords
export const traceRingTable = waitRecordTable + maxWaitRecords * waitRecordWords
export const heapStart = traceRingTable + maxThreads * traceRingCapacity * traceEventWords

/** A thread's record. */
export const thread = {
  /** What the slot is: see `slot`. */
  slotState: 0,
  ident: 1,
  /** The word a pooled worker sleeps on: 1 when it has a target to run. */
  command: 2,
  daemon: 3,
  /** 1 once `killThread` was called: it may die at any step. 2 once it has ended by itself, and cannot be killed. */
  killed: 4,
  /** 1 once its worker runs the library: one that dies before would die again in the next worker. */
  booted: 5,
  /** Its target and arguments: the four words of an encoded item. */
  call: 8,
  /** Heap address of the text of the error that ended it; 0 for none. */
  error: 6,
  /** How many threads were started before it. */
  startSequence: 7,
  /** Odd while the fields from here to `until` are being written. */
  version: 16,
  state: 17,
  object: 18,
  operation: 19,
  wokenBy: 20,
  wokenThrough: 21,
  /** Two words each: milliseconds since 1970. `until` is 0 without a timeout. */
  since: 22,
  deadline: 24,
  /** Events ever written to its trace ring. */
  traceEventCount: 32,
  /** The operation it stands before because it is held there: object and act; act 0 for none. */
  gateObject: 34,
  gateOperation: 35,
  /** Whether it may go on at its next operation: see `control`. */
  control: 36,
  /** How many times as long its time between two operations is made; 0 as 1. */
  slowness: 37,
  /** Two words: operations that were not recorded. */
  unrecordedCount: 38,
  /** How often it came to stand before an operation. */
  stopCount: 40,
  name: 48,
} as const

/** What a thread's record stands for. */
export const slotState = {
  free: 0,
  /** A worker was made and does not run our code yet. */
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
} as const

/** An object's record. The first `maxThreads` records belong to the threads: who joins waits there. */
export const object = {
  /** Lock: the owner's ident, 0 when free. Event: the flag. */
  word: 0,
  /** Ident of the thread inside the object's short critical section, 0 for none. */
  guard: 1,
  /** First and last waiting node of up to three lists; 0 for none. */
  lists: 2,
  kind: 8,
  /** Kinds use these as they need. */
  fields: 9,
  name: 20,
} as const

/** A wait node: one wait of one thread. Node n < maxThreads is for the blocking waits of the thread in slot n. */
export const waitRecord = {
  /** 0 while it waits, 1 once it was granted, 2 when it may try its luck, 3 when it was interrupted, 4 when it was refused. The word the thread sleeps on. */
  outcome: 0,
  ident: 1,
  next: 2,
  previous: 3,
  /** Object and list it is queued in; object 0 for none. */
  object: 4,
  list: 5,
  operation: 6,
  waker: 7,
  /** Two words: milliseconds since 1970. */
  since: 8,
  /** 1 while an asynchronous wait uses it. */
  used: 10,
} as const

/** What a thread does at its next operation on a primitive. The word it sleeps on there. */
export const control = { free: 0, paused: 1, step: 2 } as const

/** The bits of `header.watched`. */
export const instrumentationFlags = { operations: 1, control: 2 } as const

/** A trace event. */
export const traceEvent = {
  /** For an act, the lock that its thread acquired last before this one; 0 for none. */
  holding: 0,
  /** The state that was entered, `wakeMark` or `actMark`. */
  state: 1,
  object: 2,
  /** The operation waited in; for a wake, the object's list; for an act, its number. */
  operation: 3,
  /** Who ended the wait before; for a wake, who was woken; for an act, its value. */
  by: 4,
  /** The thread's ident: a slot serves one thread after another. */
  ident: 5,
  /** Two words: milliseconds since 1970. */
  at: 6,
} as const

export const threadAt = (slotNumber: number): number => threadTable + slotNumber * threadWords
export const objectAt = (id: number): number => objectTable + id * objectWords
export const waitRecordAt = (index: number): number => waitRecordTable + index * waitRecordWords
export const traceEventAt = (slotNumber: number, sequence: number): number =>
  traceRingTable + (slotNumber * traceRingCapacity + (sequence & (traceRingCapacity - 1))) * traceEventWords

/** Idents are never used again: a slot's next thread is numbered `maxThreads` higher. main is 1. */
export const slotOf = (ident: number): number => (ident - 1) % maxThreads

/** In the place of a state: a trace event that says whom its thread woke. */
export const wakeEventCode = 6
/** In the place of a state: a trace event that says what its thread did to an object. */
export const operationEventCode = 7

/** The place of a name in these lists is its number in memory. */
export { threadStates }
export const waitOperationCodes = [undefined, ...waitOperationNames] as const
export const operationCodes = [undefined, ...operationNames] as const
export const objectKindCodes = [undefined, ...kindNames, 'SharedMemory'] as const

export const stateCode = (state: (typeof threadStates)[number]): number => threadStates.indexOf(state)
export const waitOperationCode = (operation: (typeof waitOperationCodes)[number]): number =>
  waitOperationCodes.indexOf(operation)
