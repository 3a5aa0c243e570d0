import type { ObjectView, Operation } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // A ticket.
  shape: 'M.8 2.6h10.4v2.2a1.2 1.2 0 0 0 0 2.4v2.2H.8V7.2a1.2 1.2 0 0 0 0-2.4z M5.4 3.8v4.4h1.3V3.8z',
  text: () => m.threads_wait_for_semaphore(),
}

const changesPermits = (operation: Operation): boolean => operation === 'acquire' || operation === 'release'

export const semaphoreKind: KindDescription = {
  sortPosition: 6,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'permits',
    of: ({ permits }) => permits,
    after: ({ act, value }) => (changesPermits(act) ? value : undefined),
  },
  series: { of: ({ permits }) => permits, isReportedBy: changesPermits, weight: 1 },
  applyOperation: (object, { value }) => {
    object.permits = value
  },
  waits: {
    sign: () => waitSign,
    endedBy: 'anyWaker',
    endTogether: false,
    areRecordedAtStart: false,
    contentText: (object) => permitsText(object) ?? '',
    text: (object) => m.threads_waits_on({ object }),
    wakerText: () => m.threads_waker_released(),
  },
  acquisition: {
    operation: 'acquire',
    isFirst: () => true,
    contentionText: (counts) => m.threads_contention_acquisitions(counts),
  },
  texts: {
    value: permitsText,
    result: ({ act, value }) => (changesPermits(act) ? m.threads_permits({ count: value }) : ''),
  },
}

export const boundedSemaphoreKind: KindDescription = { ...semaphoreKind, sortPosition: 7 }

function permitsText({ permits }: ObjectView): string | undefined {
  return permits === undefined ? undefined : m.threads_permits({ count: permits })
}
