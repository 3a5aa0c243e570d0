/** The states of a thread, in the words every view shows. Runnable means ready or running. */
export const threadStates = ['New', 'Runnable', 'Blocked', 'Waiting', 'Timed waiting', 'Terminated'] as const
export type ThreadState = (typeof threadStates)[number]

export const objectKinds = [
  'Thread',
  'Lock',
  'RLock',
  'Condition',
  'Semaphore',
  'BoundedSemaphore',
  'Event',
  'Barrier',
  'Queue',
  'LifoQueue',
  'PriorityQueue',
  'Cell',
] as const
export type ObjectKind = (typeof objectKinds)[number]

/** What a thread does to an object: what it waits in, or what a trace event records. */
export const waitOperationNames = [
  'acquire',
  'wait',
  'get',
  'put',
  'join',
  'set',
  'clear',
  'notify',
  'release',
] as const
export type WaitOperation = (typeof waitOperationNames)[number]

/**
 * What a thread did: an operation of a primitive, once it was done (`wait` of a Condition: as it began), or the
 * reading or writing of a watched Cell. `begin` is a thread's own beginning, `start` what its starter did.
 */
export const operationNames = [
  'begin',
  'acquire',
  'release',
  'put',
  'get',
  'taskDone',
  'set',
  'clear',
  'notify',
  'wait',
  'join',
  'start',
  'read',
  'write',
] as const
export type Operation = (typeof operationNames)[number]

/** What ends the wait of another: `wait` in a barrier, `end` of a thread that is joined. */
export const wakeOperationNames = [
  'put',
  'get',
  'set',
  'notify',
  'release',
  'taskDone',
  'wait',
  'end',
] as const
export type WakeOperation = (typeof wakeOperationNames)[number]

/** What another thread does to end a wait for an object. */
export function wakeOperationFor(kind: ObjectKind, operation: WaitOperation): WakeOperation {
  switch (kind) {
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      return operation === 'put' ? 'get' : operation === 'join' ? 'taskDone' : 'put'
    case 'Event':
      return 'set'
    case 'Condition':
      return 'notify'
    case 'Barrier':
      return 'wait'
    case 'Thread':
      return 'end'
    default:
      return 'release'
  }
}

/** The fields of an object that its kind does not have. */
export const emptyObjectFields = {
  holder: undefined,
  depth: undefined,
  maxSize: undefined,
  flag: undefined,
  permits: undefined,
  unfinished: undefined,
  arrived: undefined,
  parties: undefined,
  value: undefined,
  lost: undefined,
}

/** One thread as memory shows it. Times are milliseconds since 1970, on the process's own clock. */
export interface ThreadView {
  /** Its place among the process's threads: 1 is main; a number is not used again while the process lives. */
  readonly id: number
  readonly name: string
  readonly daemon: boolean
  readonly state: ThreadState
  /** When it entered this state. */
  readonly since: number
  /** What it waits for: the object and the operation. Undefined unless it waits or is blocked. */
  readonly waiting: { readonly object: number; readonly operation: WaitOperation } | undefined
  /** What it waits for without being blocked, as main does: it goes on running meanwhile. Oldest first. */
  readonly awaiting: readonly { readonly object: number; readonly operation: WaitOperation }[]
  /** When its wait ends by itself; undefined without a timeout. */
  readonly until: number | undefined
  /** The thread that ended its last wait, and the object it did that through. */
  readonly wokenBy: { readonly thread: number; readonly object: number } | undefined
  /** Whether it is held at its operations from outside. */
  readonly control: 'free' | 'paused'
  /** How many times as long the time between two of its operations is made: 1 to 1000. */
  readonly slowness: number
  /** The operation it stands before because it is paused, stepped or slowed. Undefined while it runs or waits. */
  readonly gate: { readonly object: number; readonly act: Operation } | undefined
  /** Why it ended, where it did not end by returning. */
  readonly error: string | undefined
}

/** One synchronisation object as memory shows it. Fields that its kind does not have are undefined. */
export interface ObjectView {
  readonly id: number
  readonly kind: ObjectKind
  readonly name: string
  /** The thread that holds it (locks), or the holder of its lock (conditions). */
  readonly holder: number | undefined
  /** Threads that wait for it, first come first. A thread can stand here more than once (main waits asynchronously). */
  readonly waiters: readonly number[]
  /** Items in a queue. */
  readonly depth: number | undefined
  /** A queue's bound; undefined when unbounded. */
  readonly maxSize: number | undefined
  /** An event's flag. */
  readonly flag: boolean | undefined
  /** A semaphore's permits left. */
  readonly permits: number | undefined
  /** Items of a queue that were put and not yet marked by `taskDone`. */
  readonly unfinished: number | undefined
  /** A barrier's threads that have come, and how many pass together. */
  readonly arrived: number | undefined
  readonly parties: number | undefined
  /** A watched cell's number, and how many of its updates were lost: overwritten by a thread that had read before. */
  readonly value: number | undefined
  readonly lost: number | undefined
}

/** One line of a thread's history. */
export interface StateEvent {
  readonly thread: number
  /** Its number among the thread's state changes and wakes. */
  readonly sequence: number
  /** Whether events of its thread from right before it were overwritten unread. */
  readonly afterGap: boolean
  /** Milliseconds since 1970. */
  readonly at: number
  readonly state: ThreadState
  /** The object the state is about: what it waits for, or what it was woken through. 0 for none. */
  readonly object: number
  readonly operation: WaitOperation | undefined
  /** The thread that woke it, 0 for none. */
  readonly by: number
}

/** A thread ended the wait of another. It is the cause of that thread's next change of state. */
export interface WakeEvent {
  /** The waker. */
  readonly thread: number
  /** Counts with the same numbers as the thread's state changes. */
  readonly sequence: number
  /** Milliseconds since 1970, on the waker's clock. */
  readonly at: number
  readonly woken: number
  readonly object: number
  /** What it did to the object: put, get, set, notify, release, taskDone or wait (a barrier), or end (joined). */
  readonly through: WakeOperation
}

/** A thread did something to an object. */
export interface OperationEvent {
  readonly thread: number
  /** Counts with the same numbers as the thread's state changes and wakes. */
  readonly sequence: number
  /** Milliseconds since 1970, on the thread's clock. */
  readonly at: number
  /** A thread's number modulo the table for `begin`, `start` and `join`: its joining object, see `ObjectView`. */
  readonly object: number
  readonly act: Operation
  /**
   * What the object holds afterwards: a queue's items (`taskDone`: those unfinished), a semaphore's permits, a lock's
   * depth, an event's flag, a cell's number, who waits in a condition (`notify`: how many it woke), a barrier's
   * arrivals. `noSuccess` where the operation ended without what it wanted: a timeout, Empty, Full, an error.
   */
  readonly value: number
  /** For `acquire`: the lock that the thread acquired last before and still holds, 0 for none. */
  readonly holding: number
}

/** The value of an act that did not get what it wanted. */
export const operationFailed = -0x8000_0000

/** A process's threads and objects at one moment, and what happened since the last look. */
export interface ProcessView {
  /** The name that `startProcess` was given. */
  readonly process: string
  readonly at: number
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
  /** State changes since the reader's last look, each thread's in order. */
  readonly events: readonly StateEvent[]
  /** Wakes since the reader's last look, each waker's in order. */
  readonly wakes: readonly WakeEvent[]
  /** What threads did since the reader's last look, each thread's in order; only while `watchActs` is on. */
  readonly operations: readonly OperationEvent[]
  /** Acts that were never recorded: a thread records a number of them between two looks, and counts the rest. */
  readonly unrecordedCount: number
  /** Events that were overwritten before this reader saw them, those from before its first look included. */
  readonly dropped: number
}
