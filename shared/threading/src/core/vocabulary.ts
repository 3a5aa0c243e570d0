/**
 * The names of states, kinds of object and operations. The memory holds the index of a name in its list (see
 * layout.ts); a view holds the name.
 */

/** The states of a thread. Runnable means ready or running. */
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
  'RingBuffer',
] as const
export type ObjectKind = (typeof objectKinds)[number]

/** The operations that a thread can wait in, and those that a trace event names beside a state. */
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
  'write',
] as const
export type WaitOperation = (typeof waitOperationNames)[number]

/**
 * The operations that are recorded: those of a primitive when they end (`wait` of a Condition: when it begins), and the
 * reads and writes of a Cell or a RingBuffer. `begin` is recorded by a thread when it starts to run, `start` by the thread that starts
 * it.
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
  'reset',
] as const
export type Operation = (typeof operationNames)[number]

/** The operations that end the wait of another thread: `wait` at a barrier, `end` of a thread that is joined. */
export const wakeOperationNames = [
  'put',
  'get',
  'set',
  'notify',
  'release',
  'taskDone',
  'wait',
  'end',
  'read',
] as const
export type WakeOperation = (typeof wakeOperationNames)[number]

/** The operation by which another thread ends a wait for an object of this kind. */
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
    case 'RingBuffer':
      return 'read'
    default:
      return 'release'
  }
}

/** The value of an operation that did not succeed: a timeout, Empty, Full, an error. */
export const operationFailed = -0x8000_0000
