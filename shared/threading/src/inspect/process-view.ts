import type { ObjectFields } from '../core/object-fields.ts'
import type { ObjectKind, Operation, ThreadState, WaitOperation, WakeOperation } from '../core/vocabulary.ts'

/**
 * What the memory shows of a process. Times are milliseconds since 1970. An event has the sequence number that its
 * thread gave it: all events of a thread, of whatever kind, share one sequence.
 */

/** The threads and objects of a process at one moment, and the events since the reader's previous sample. */
export interface ProcessView {
  /** The name that `startProcess` was given. */
  readonly process: string
  readonly at: number
  readonly threads: readonly ThreadView[]
  readonly objects: readonly ObjectView[]
  /** Changes of state, those of each thread in order. */
  readonly events: readonly StateEvent[]
  /** Wake-ups, those of each waker in order. */
  readonly wakes: readonly WakeEvent[]
  /** Operations, those of each thread in order. Empty unless `setOperationRecording` is on. */
  readonly operations: readonly OperationEvent[]
  /** Operations that were counted and not recorded: each thread records a limited number between two samples. */
  readonly unrecordedCount: number
  /** Events that were overwritten before this reader read them, including those from before its first sample. */
  readonly dropped: number
}

/** A thread. */
export interface ThreadView {
  /** Its ident: 1 is main. A number is not used again while the process lives. */
  readonly id: number
  readonly name: string
  readonly daemon: boolean
  /** Whether the library did not start it: it cannot be paused or ended. */
  readonly isAdopted: boolean
  readonly state: ThreadState
  /** When it entered this state. */
  readonly since: number
  /** The object that it waits for, and the operation that it waits in. Undefined unless it waits or is blocked. */
  readonly waiting: { readonly object: number; readonly operation: WaitOperation } | undefined
  /**
   * Identifies the wait among those of this thread. 0 if the wait began or ended while the memory was read, or if the
   * thread already has the lock and has not noticed it. Undefined unless it waits or is blocked, and in recordings of
   * earlier versions.
   */
  readonly waitSequence: number | undefined
  /** Its asynchronous waits, the oldest first. It goes on running meanwhile. */
  readonly awaiting: readonly { readonly object: number; readonly operation: WaitOperation }[]
  /** When its wait times out; undefined without a timeout. */
  readonly until: number | undefined
  /** The thread that ended its last wait, and the object through which it did. */
  readonly wokenBy: { readonly thread: number; readonly object: number } | undefined
  /** Whether it is paused before its operations. */
  readonly control: 'free' | 'paused'
  /** The factor by which the time between two of its operations is stretched: 1 to 1000. */
  readonly slowness: number
  /** The operation before which it is paused or delayed. Undefined while it runs or waits. */
  readonly gate: { readonly object: number; readonly act: Operation } | undefined
  /** Why it ended, unless its target returned. */
  readonly error: string | undefined
}

/** An object that threads can wait for. */
export interface ObjectView extends ObjectFields {
  readonly id: number
  readonly kind: ObjectKind
  readonly name: string
  /**
   * The threads that wait for it, in order of arrival. A thread with several asynchronous waits appears several times.
   */
  readonly waiters: readonly number[]
}

/** A thread changed its state. */
export interface StateEvent {
  readonly thread: number
  readonly sequence: number
  /** Whether the event just before it in its thread was overwritten before it was read. */
  readonly afterGap: boolean
  readonly at: number
  readonly state: ThreadState
  /** The object that the thread waits for, or through which it was woken. 0 for none. */
  readonly object: number
  readonly operation: WaitOperation | undefined
  /** The thread that woke it, 0 for none. */
  readonly by: number
}

/** A thread ended the wait of another. It is the cause of that thread's next change of state. */
export interface WakeEvent {
  /** The waker. */
  readonly thread: number
  readonly sequence: number
  /** On the waker's clock. */
  readonly at: number
  readonly woken: number
  readonly object: number
  /** The waker's operation on the object. */
  readonly through: WakeOperation
}

/** A thread did an operation on an object. */
export interface OperationEvent {
  readonly thread: number
  readonly sequence: number
  /** On the thread's clock. */
  readonly at: number
  /**
   * For `begin`, `start` and `join`: the object at which the thread in question is joined, `threadSlot` of its ident.
   */
  readonly object: number
  readonly act: Operation
  /**
   * What the object holds afterwards: the items in a queue (`taskDone`: the unfinished ones), the permits of a
   * semaphore, the depth of a lock, the flag of an event, the number in a cell, the waiters of a condition (`notify`:
   * how many it woke), the arrivals at a barrier, the frames in a ring buffer (`reset`: its generation).
   * `operationFailed` if the operation did not succeed.
   */
  readonly value: number
  /** For `acquire`: the lock that the thread acquired last before this one and still holds. 0 for none. */
  readonly holding: number
}
