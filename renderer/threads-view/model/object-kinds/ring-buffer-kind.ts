import type { ObjectView, Operation, OperationEvent, WaitOperation } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription, MutableObjectView } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // A ring.
  shape: 'M6 .8A5.2 5.2 0 1 0 6 11.2A5.2 5.2 0 1 0 6 .8z M6 3.4A2.6 2.6 0 1 1 6 8.6A2.6 2.6 0 1 1 6 3.4z',
  text: () => m.threads_wait_for_ring(),
}

const changesFill = (operation: Operation): boolean => operation === 'read' || operation === 'write'

/** Frames of samples between two threads. Its series is the fill. */
export const ringBufferKind: KindDescription = {
  sortPosition: 3,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'frames',
    of: ({ depth }) => depth,
    after: ({ act, value }) => (changesFill(act) ? value : undefined),
  },
  series: { of: ({ depth }) => depth, isReportedBy: changesFill, weight: 1 },
  applyOperation,
  waits: {
    sign: () => waitSign,
    endedBy: 'anyWaker',
    endTogether: false,
    areRecordedAtStart: false,
    text: waitText,
    contentText: ({ depth }) => (depth === undefined ? '' : m.threads_frames({ count: depth })),
    wakerText: () => m.threads_waker_read(),
  },
  acquisition: undefined,
  texts: { value: valueText, result: resultText },
}

function applyOperation(object: MutableObjectView, { act, value }: OperationEvent): void {
  if (changesFill(act)) object.depth = value
  else if (act === 'reset') object.generation = value
}

function waitText(object: string, operation?: WaitOperation): string {
  return operation === 'write' ? m.threads_waits_for_room({ object }) : m.threads_waits_on({ object })
}

/** Returns `81,920 / 192,000, generation 7, 2 underruns`. */
function valueText({ depth, maxSize, generation, underruns }: ObjectView): string | undefined {
  if (depth === undefined || maxSize === undefined) return undefined
  const parts = [m.threads_frames_bounded({ count: depth, max: maxSize })]
  if (generation !== undefined) parts.push(m.threads_generation({ number: generation }))
  if (underruns !== undefined && underruns > 0) parts.push(m.threads_underruns({ count: underruns }))
  return parts.join(', ')
}

function resultText({ act, value }: OperationEvent): string {
  if (act === 'reset') return m.threads_generation({ number: value })
  return changesFill(act) ? m.threads_frames({ count: value }) : ''
}
