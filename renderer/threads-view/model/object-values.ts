import {
  type ObjectKind,
  type ObjectView,
  type OperationEvent,
  operationFailed,
} from '@skein/threading/inspect'

/** What of an object is drawn over time: the word for its number. Undefined for a kind that has none. */
export const valueUnits: Readonly<Record<ObjectKind, string | undefined>> = {
  Queue: 'items',
  LifoQueue: 'items',
  PriorityQueue: 'items',
  Semaphore: 'permits',
  BoundedSemaphore: 'permits',
  Event: 'flag',
  Cell: 'value',
  Lock: 'holder',
  RLock: 'holder',
  Condition: 'waiting',
  Barrier: 'arrived',
  Thread: undefined,
}

/**
 * The number that tells an object's state: a queue's items, a semaphore's permits, an event's flag as 0 or 1, a cell's
 * number, the ident of a lock's holder or 0, how many wait in a condition, how many have come to a barrier.
 */
export function objectValue(object: ObjectView): number | undefined {
  switch (valueUnits[object.kind]) {
    case 'items':
      return object.depth
    case 'permits':
      return object.permits
    case 'flag':
      return object.flag === undefined ? undefined : Number(object.flag)
    case 'value':
      return object.value
    case 'holder':
      return object.holder ?? 0
    case 'waiting':
      return object.waiters.length
    case 'arrived':
      return object.arrived
    default:
      return undefined
  }
}

/** That number after an act; undefined where the act does not tell it. */
export function objectValueAfter(
  kind: ObjectKind,
  { act, value, thread }: OperationEvent,
): number | undefined {
  if (value === operationFailed) return undefined
  switch (valueUnits[kind]) {
    case 'items':
      return act === 'put' || act === 'get' ? value : undefined
    case 'permits':
      return act === 'acquire' || act === 'release' ? value : undefined
    case 'flag':
      return act === 'set' || act === 'clear' ? value : undefined
    case 'value':
      return act === 'read' || act === 'write' ? value : undefined
    case 'holder':
      if (act === 'acquire') return thread
      return act === 'release' ? (value === 0 ? 0 : thread) : undefined
    case 'waiting':
      return act === 'wait' ? value : undefined
    case 'arrived':
      return act === 'wait' ? value : undefined
    default:
      return undefined
  }
}
