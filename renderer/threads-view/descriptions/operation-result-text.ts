import type { ObjectKind, OperationEvent } from '@skein/threading/inspect'
import { operationFailed } from '@skein/threading/inspect'
import { formatCount } from '../model/text-format.ts'

/** Returns an object's value after an operation as a text; empty if there is none to show. */
export function operationResultText({ act, value }: OperationEvent, kind: ObjectKind | undefined): string {
  if (value === operationFailed) return 'without success'
  switch (act) {
    case 'put':
    case 'get':
      return formatCount(value, 'item', 'items')
    case 'taskDone':
      return `${value} unfinished`
    case 'read':
    case 'write':
      return String(value)
    case 'notify':
      return `woke ${value}`
    case 'set':
    case 'clear':
      return value === 1 ? 'set' : 'clear'
    case 'acquire':
    case 'release':
      return kind === 'Semaphore' || kind === 'BoundedSemaphore'
        ? formatCount(value, 'permit', 'permits')
        : lockDepthText(value)
    case 'wait':
      return waitResultText(value, kind)
    default:
      return ''
  }
}

const lockDepthText = (depth: number): string =>
  depth === 0 ? 'free' : depth === 1 ? 'held' : `held ${depth} times`

function waitResultText(value: number, kind: ObjectKind | undefined): string {
  if (kind === 'Event') return value === 1 ? 'set' : 'clear'
  return kind === 'Condition' ? formatCount(value, 'waits', 'wait') : `${value} arrived`
}
