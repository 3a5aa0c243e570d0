import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // A fence.
  shape: 'M1 .8h1.8v10.4H1z M9.2 .8H11v10.4H9.2z M2.8 3.4h6.4v1.6H2.8z M2.8 7h6.4v1.6H2.8z',
  text: () => m.threads_wait_for_barrier(),
}

export const barrierKind: KindDescription = {
  sortPosition: 8,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'arrived',
    of: ({ arrived }) => arrived,
    after: ({ act, value }) => (act === 'wait' ? value : undefined),
  },
  series: { of: ({ arrived }) => arrived, isReportedBy: () => false, weight: 1 },
  applyOperation: (object, { value }) => {
    object.arrived = value
  },
  waits: {
    sign: () => waitSign,
    endedBy: 'anyWaker',
    endTogether: false,
    areRecordedAtStart: true,
    contentText: ({ arrived, parties }) =>
      arrived === undefined ? '' : m.threads_arrived_of({ count: arrived, parties: parties ?? 0 }),
    text: (object) => m.threads_waits_on({ object }),
    wakerText: () => m.threads_waker_met(),
  },
  acquisition: undefined,
  texts: {
    value: () => undefined,
    result: ({ act, value }) => (act === 'wait' ? m.threads_arrived({ count: value }) : ''),
  },
}
