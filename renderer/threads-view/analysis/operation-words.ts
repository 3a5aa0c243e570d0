import type { ActEvent, ObjectKind } from '../../../shared/threading/view.ts'
import { noSuccess } from '../../../shared/threading/view.ts'
import { count } from '../words.ts'

/** What an object held after an operation, in words; empty where that is nothing to tell. */
export function valueWords({ act, value }: ActEvent, kind: ObjectKind | undefined): string {
  if (value === noSuccess) return 'without success'
  switch (act) {
    case 'put':
    case 'get':
      return count(value, 'item', 'items')
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
        ? count(value, 'permit', 'permits')
        : heldWords(value)
    case 'wait':
      return waitWords(value, kind)
    default:
      return ''
  }
}

const heldWords = (depth: number): string =>
  depth === 0 ? 'free' : depth === 1 ? 'held' : `held ${depth} times`

function waitWords(value: number, kind: ObjectKind | undefined): string {
  if (kind === 'Event') return value === 1 ? 'set' : 'clear'
  return kind === 'Condition' ? count(value, 'waits', 'wait') : `${value} arrived`
}
