import type { ObjectView, Operation, OperationEvent, WaitOperation } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription, MutableObjectView } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // Items one above the other.
  shape: 'M1 1.5h10v2.2H1z M1 4.9h10v2.2H1z M1 8.3h10v2.2H1z',
  text: () => m.threads_wait_for_queue(),
}

const changesDepth = (operation: Operation): boolean => operation === 'put' || operation === 'get'

/** `Queue`, `LifoQueue` and `PriorityQueue` differ only in the sequence of their items. */
const describeQueue = (sortPosition: number): KindDescription => ({
  sortPosition,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'items',
    of: ({ depth }) => depth,
    after: ({ act, value }) => (changesDepth(act) ? value : undefined),
  },
  series: { of: ({ depth }) => depth, isReportedBy: changesDepth, weight: 1 },
  applyOperation,
  waits: {
    sign: () => waitSign,
    endedBy: 'anyWaker',
    endTogether: false,
    areRecordedAtStart: false,
    text: waitText,
    contentText,
    wakerText,
  },
  acquisition: {
    operation: 'get',
    isFirst: () => true,
    contentionText: (counts) => m.threads_contention_gets(counts),
  },
  texts: { value: depthText, result: resultText },
})

function applyOperation(object: MutableObjectView, { act, value }: OperationEvent): void {
  if (act === 'taskDone') object.unfinished = value
  else if (changesDepth(act)) object.depth = value
}

function contentText({ depth, maxSize, unfinished }: ObjectView, operation?: WaitOperation): string {
  if (operation === 'join' && unfinished !== undefined) return m.threads_unfinished({ count: unfinished })
  if (depth === undefined) return ''
  return maxSize === undefined
    ? m.threads_items({ count: depth })
    : m.threads_items_bounded({ count: depth, max: maxSize })
}

function depthText({ depth, maxSize }: ObjectView): string | undefined {
  if (depth === undefined) return undefined
  return maxSize === undefined ? String(depth) : `${depth} / ${maxSize}`
}

function resultText({ act, value }: OperationEvent): string {
  if (act === 'taskDone') return m.threads_unfinished({ count: value })
  return changesDepth(act) ? m.threads_items({ count: value }) : ''
}

const waitText = (object: string, operation?: WaitOperation): string =>
  operation === 'put' ? m.threads_waits_for_room({ object }) : m.threads_waits_on({ object })

function wakerText(operation: WaitOperation): string {
  if (operation === 'put') return m.threads_waker_emptied()
  return operation === 'join' ? m.threads_waker_worked_off() : m.threads_waker_fed()
}

export const queueKind = describeQueue(0)
export const lifoQueueKind = describeQueue(1)
export const priorityQueueKind = describeQueue(2)
