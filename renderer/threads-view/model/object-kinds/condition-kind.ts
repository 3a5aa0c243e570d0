import type { OperationEvent } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription } from './kind-description.ts'
import { holderText, holdText, lockSeriesWeight, lockWaitSign } from './lock-kinds.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // A bell.
  shape: 'M6 .8a3.5 3.5 0 0 1 3.5 3.5V7L11 8.8H1L2.5 7V4.3A3.5 3.5 0 0 1 6 .8z M4.5 9.6h3a1.5 1.5 0 0 1-3 0z',
  text: () => m.threads_wait_for_condition(),
}

export const conditionKind: KindDescription = {
  sortPosition: 4,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'waiting',
    of: ({ waiters }) => waiters.length,
    after: ({ act, value }) => (act === 'wait' ? value : undefined),
  },
  series: { of: ({ waiters }) => waiters.length, isReportedBy: () => false, weight: lockSeriesWeight },
  // Only its waiters change, and they follow from the states of threads.
  applyOperation: () => {},
  waits: {
    // After a notification a thread acquires the lock of the condition again.
    sign: (operation) => (operation === 'acquire' ? lockWaitSign : waitSign),
    endedBy: 'anyWaker',
    endTogether: false,
    areRecordedAtStart: true,
    contentText: () => '',
    text: (object) => m.threads_waits_on({ object }),
    wakerText: () => m.threads_waker_notified(),
  },
  acquisition: undefined,
  texts: { value: holderText, result: resultText },
}

function resultText(event: OperationEvent): string {
  if (event.act === 'notify') return m.threads_condition_woke({ count: event.value })
  return event.act === 'wait' ? m.threads_condition_waiting({ count: event.value }) : holdText(event)
}
