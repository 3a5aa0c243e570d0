import { m } from '../../../../shared/i18n/messages.js'
import type { KindDescription } from './kind-description.ts'
import type { WaitSign } from './wait-sign.ts'

const waitSign: WaitSign = {
  // Two ways that become one.
  shape: 'M.8 1h2.1L6 5l3.1-4h2.1L6.9 6.6V11H5.1V6.6z',
  text: () => m.threads_wait_for_thread(),
}

/** The object in which threads wait for the end of a thread: each slot of the thread table has one. */
export const threadKind: KindDescription = {
  sortPosition: 11,
  isHiddenWithoutWaiters: true,
  value: undefined,
  series: undefined,
  applyOperation: () => {},
  waits: {
    sign: () => waitSign,
    endedBy: 'joinedThread',
    endTogether: true,
    areRecordedAtStart: false,
    contentText: () => '',
    text: (object) => m.threads_waits_for_end({ object }),
    wakerText: () => m.threads_waker_released(),
  },
  acquisition: undefined,
  texts: { value: () => undefined, result: () => '' },
}
