import { m } from '../../../../shared/i18n/messages.js'

/** How a wait is drawn. */
export interface WaitSign {
  /** A path in a box of 12 by 12, to be filled by the even-odd rule. */
  readonly shape: string
  /** `a queue`: what a thread waits for. */
  readonly text: () => string
}

export const sleepSign: WaitSign = {
  // A moon.
  shape: 'M4.6 .8A5.4 5.4 0 1 0 11.2 7.6A4.8 4.8 0 0 1 4.6 .8z',
  text: () => m.threads_wait_for_time(),
}

/** A thread that is held from outside, before an operation. */
export const gateSign: WaitSign = {
  // Two bars: the sign for a pause.
  shape: 'M2.2 1h2.8v10H2.2z M7 1h2.8v10H7z',
  text: () => m.threads_wait_for_user(),
}
