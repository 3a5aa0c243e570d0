import type { Operation } from '@skein/threading/inspect'
import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // A flag on its pole.
  shape: 'M1.8 .8h1.6v10.4H1.8z M3.4 1.2H11L9.2 3.9L11 6.6H3.4z',
  text: () => m.threads_wait_for_event(),
}

const changesFlag = (operation: Operation): boolean => operation === 'set' || operation === 'clear'

const flagText = (isSet: boolean): string => (isSet ? m.threads_flag_set() : m.threads_flag_clear())

const flagNumber = (flag: boolean | undefined): number | undefined =>
  flag === undefined ? undefined : Number(flag)

export const eventKind: KindDescription = {
  sortPosition: 5,
  isHiddenWithoutWaiters: false,
  value: {
    unit: 'flag',
    of: ({ flag }) => flagNumber(flag),
    after: ({ act, value }) => (changesFlag(act) ? value : undefined),
  },
  series: { of: ({ flag }) => flagNumber(flag), isReportedBy: changesFlag, weight: 1 },
  applyOperation: (object, { act, value }) => {
    if (changesFlag(act)) object.flag = value !== 0
  },
  waits: {
    sign: () => waitSign,
    endedBy: 'anyWaker',
    endTogether: true,
    areRecordedAtStart: false,
    contentText: ({ flag }) => (flag === undefined ? '' : flagText(flag)),
    text: (object) => m.threads_waits_on({ object }),
    wakerText: () => m.threads_waker_set(),
  },
  acquisition: {
    operation: 'wait',
    isFirst: () => true,
    contentionText: (counts) => m.threads_contention_waits(counts),
  },
  texts: {
    value: ({ flag }) => (flag === undefined ? undefined : flagText(flag)),
    result: ({ act, value }) => (changesFlag(act) || act === 'wait' ? flagText(value === 1) : ''),
  },
}
